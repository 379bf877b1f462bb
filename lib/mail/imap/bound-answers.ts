import { setImmediate as turn } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import { MailError } from '../errors.ts';
import { boundLists } from './bound-lists.ts';
import { translateError } from './translate-error.ts';
import { countUidSet } from './uid-set.ts';
import { failConnection, type Handler, innerOf, textOf } from './wire.ts';

/** Untagged answers to one command, besides what the mailbox may have to tell of each message. */
const maxLines = 20_000;
/** More than a message's forty largest texts together; of folders, twenty thousand with names of 200 bytes. */
const maxBytes = 128 * 1024 * 1024;
const maxListBytes = 4 * 1024 * 1024;
/** imapflow lets nobody else have a turn before it has read all that the socket gave at once. */
const linesPerTurn = 50;
/** A FETCH answer of more bytes is made smaller before it is read, and others have their turn after it. */
const costlyBytes = 32 * 1024;
/** So many messages a server may count on: what it says of EXISTS is its own word. */
const maxCounted = 200_000;

/**
 * Ends the connection of a server that floods: the command under way fails with `protocol`. A command may be answered by
 * 20,000 lines and two for each message (FETCH and EXPUNGE come unasked, RFC 9051 §7.5), and by 128 MiB; a list of
 * folders by 4 MiB. One message's lists are cut to what is shown of them.
 */
export function boundAnswers(client: ImapFlow): void {
  const inner = innerOf(client);
  const handleResponse = inner.handleResponse.bind(client);
  inner.handleResponse = async (answer) => {
    const { payload } = answer;
    const isCostly = payload.length > costlyBytes && /^\* \d+ FETCH /i.test(payload.toString('latin1', 0, 32));
    const isDone = await handleResponse(isCostly ? { ...answer, ...boundLists(answer) } : answer);
    if (isCostly) await turn();
    return isDone;
  };
  const handlerOf = inner.getUntaggedHandler.bind(client);
  let command: unknown = null;
  let lines = 0;
  let count = 0;
  let before = 0;
  // imapflow rejects the command itself only with the lost connection, which would be tried again.
  client.on('error', (error) => {
    const fault = translateError(error);
    if (fault.code === 'tooLarge') inner.rejectCurrentRequest(fault);
  });
  inner.getUntaggedHandler = (keyword, attributes) => {
    const { received } = client.stats();
    if (inner.currentRequest !== command) {
      command = inner.currentRequest;
      lines = 0;
      count = 0;
      before = received;
    }
    lines += 1;
    // Each EXPUNGE makes it one less.
    count = Math.max(count, Math.min(client.mailbox ? client.mailbox.exists : 0, maxCounted));
    // imapflow visits every number that VANISHED names (RFC 7162 §3.2.10), before anything else has its turn.
    const vanished = /^VANISHED$/i.test(keyword) ? countUidSet(textOf(attributes?.at(-1)) ?? '') : 0;
    // Told unasked (RFC 5465), folders come among what a FETCH answers.
    const isFetch = inner.currentRequest && /FETCH$/.test(inner.currentRequest.command);
    const bytes = /^(X?LIST|LSUB|STATUS)$/i.test(keyword) && !isFetch ? maxListBytes : maxBytes;
    if (lines <= maxLines + 2 * count && received - before <= bytes && vanished <= count) {
      const handle = handlerOf(keyword, attributes);
      return lines % linesPerTurn === 0 ? inTurn(handle) : handle;
    }
    failConnection(client, new MailError('protocol', 'the server answers far more than was asked'));
    return undefined;
  };
}

const inTurn =
  (handle: Handler | undefined): Handler =>
  async (response) => {
    await handle?.(response);
    await turn();
  };

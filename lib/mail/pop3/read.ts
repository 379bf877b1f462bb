import type { Readable } from 'node:stream';
import type { CallOptions, PartStream } from '../driver.ts';
import { MailError } from '../errors.ts';
import { parsePop3MessageId } from '../ids.ts';
import { attachedMessageOf, within } from '../mime/attached-message.ts';
import { trustOf } from '../mime/authentication.ts';
import { holdsMessage } from '../mime/choose.ts';
import { openPartOf } from '../mime/open-part.ts';
import { readMessage } from '../mime/read-message.ts';
import type { Message } from '../model.ts';
import type { Pop3Account } from './account.ts';
import { listByName, listInbox } from './list-inbox.ts';
import { keepBytes, recentBytes } from './recent.ts';
import { checkOpen } from './refresh.ts';
import { withMaildrop } from './session.ts';
import { type Spool, spoolMessage } from './spool.ts';
import { summariseMessage, translateSummary } from './summarise.ts';

/** Reads a message from what is kept here, else by RETR. Throws `stale` when it has gone, `notFound` for a forged id. */
export async function getMessage(
  account: Pop3Account,
  request: { id: string },
  options: CallOptions = {},
): Promise<Message> {
  const uidl = parsePop3MessageId(request.id);
  const { stream, sizeBytes } = await takeMessage(account, uidl, options);
  const parsed = await readMessage(stream);
  const row = (await account.store.find(account.accountId, [uidl])).get(uidl);
  if (!row) throw new MailError('stale', 'the message has gone');
  row.header = summariseMessage(parsed, row.firstSeenAt, true);
  await account.store.saveHeaders(account.accountId, new Map([[uidl, row.header]]));
  const { cc, bcc, replyTo, sender, messageId, inReplyTo, references, list, receiptTo } = parsed.headers;
  const { textBody, htmlBody, attachments, report, protection, warnings } = parsed;
  return {
    ...translateSummary({ ...row, sizeBytes }),
    ...{ cc, bcc, replyTo, sender, messageId, inReplyTo, references, list, receiptTo },
    ...trustOf(parsed.headers, account.access.server.authservIds),
    ...{ textBody, htmlBody, attachments, report, protection, warnings },
  };
}

/** An attached message, opened in place. Throws `notFound` where the part holds none. */
export async function openMessage(
  account: Pop3Account,
  { id, partId }: { id: string; partId: string },
  options: CallOptions = {},
): Promise<Message> {
  const { stream, type, name } = await openPart(account, { id, partId }, options);
  if (!holdsMessage({ partId, type, name })) {
    stream.destroy();
    throw new MailError('notFound', 'no message in this part', { detail: partId });
  }
  const { headers, root, sizeBytes, ...contents } = await readMessage(stream);
  const uidl = parsePop3MessageId(id);
  const row = (await account.store.find(account.accountId, [uidl])).get(uidl);
  if (!row) throw new MailError('stale', 'the message has gone');
  const { mailboxId, receivedAt } = translateSummary(row);
  return attachedMessageOf({ id, mailboxId, receivedAt, partId, sizeBytes }, headers, root, within(partId, contents));
}

/** Opens one part, decoded; `getMessage` names them. Throws `notFound` when there is no such part. */
export async function openPart(
  account: Pop3Account,
  request: { id: string; partId: string },
  options: CallOptions = {},
): Promise<PartStream> {
  const { stream } = await takeMessage(account, parsePop3MessageId(request.id), options);
  return openPartOf(stream, request.partId);
}

/** The message as the server gave it. */
export async function openRaw(
  account: Pop3Account,
  request: { id: string },
  options: CallOptions = {},
): Promise<PartStream> {
  const message = await takeMessage(account, parsePop3MessageId(request.id), options);
  return { ...message, type: 'message/rfc822', charset: null, name: null };
}

interface Taken {
  stream: Readable;
  sizeBytes: number;
}

/** Opened at once: what is not being read may be let go of at any time. */
const taken = (spool: Spool): Taken => ({ stream: spool.open(), sizeBytes: spool.sizeBytes });

/** What is kept here is read from here, whether the server can be reached or not. Null: it is on the server alone. */
async function openKept({ accountId, contents, store }: Pop3Account, uidl: string): Promise<Taken | null> {
  const content = (await store.find(accountId, [uidl])).get(uidl)?.content ?? null;
  const sizeBytes = content === null ? null : await contents.sizeOf(accountId, content);
  return content === null || sizeBytes === null ? null : { stream: contents.open(accountId, content), sizeBytes };
}

/** The whole message is taken first and the session ended: no maildrop is held at the pace of a browser. */
async function takeMessage(account: Pop3Account, uidl: string, options: CallOptions): Promise<Taken> {
  const { accountId, store } = account;
  checkOpen(account, options.signal);
  const here = await openKept(account, uidl);
  if (here) return here;
  const kept = recentBytes(accountId, uidl);
  if (kept) return taken(kept);
  return withMaildrop(account.access, { signal: options.signal }, async (wire) => {
    const wasKnown = (await store.find(accountId, [uidl])).has(uidl);
    const entries = wasKnown ? await listByName(account, wire) : await listInbox(account, wire);
    const entry = entries.find((listed) => listed.uidl === uidl);
    if (!entry) throw new MailError(wasKnown ? 'stale' : 'notFound', 'no such message in the maildrop');
    // Deleted here, and still on the server.
    if (!wasKnown && !(await store.find(accountId, [uidl])).has(uidl))
      throw new MailError('notFound', 'the message was deleted');
    const spool = await spoolMessage(await wire.retrieve(entry.number));
    const message = taken(spool);
    // Of a sign-in that has ended meanwhile nothing is held.
    if (account.access.closed.aborted) spool.close();
    else keepBytes(accountId, uidl, spool);
    return message;
  });
}

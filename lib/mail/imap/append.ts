import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { imapMessageIdOf, parseMailboxId } from '../ids.ts';
import { flagOf } from './keywords.ts';
import type { Account } from './pool-types.ts';
import { withDeadline } from './wire.ts';
import { withConnection } from './with-imap.ts';

const msPerMebibyte = 10_000;

/** Appends a message (RFC 9051 §6.3.12), once and never again by itself. The id is null without APPENDUID (RFC 4315). */
export function appendMessage(
  account: Account,
  request: { mailboxId: string; raw: Buffer; keywords: string[]; receivedAt?: string },
  { signal }: CallOptions = {},
): Promise<{ id: string | null }> {
  const path = parseMailboxId(request.mailboxId);
  const flags = request.keywords.map(flagOf);
  const date = request.receivedAt === undefined ? undefined : new Date(request.receivedAt);
  if (date && Number.isNaN(date.getTime())) throw new MailError('invalid', 'not a date', { detail: 'receivedAt' });
  return withConnection(account, { mode: 'once', signal }, async (client) => {
    const deadlineMs = 60_000 + Math.ceil(request.raw.length / 1024 / 1024) * msPerMebibyte;
    const done = await withDeadline(client, deadlineMs, client.append(path, request.raw, flags, date));
    // It answers so where the connection has gone before the command: nothing was sent.
    if (!done) throw new MailError('unreachable', 'the message was not appended');
    const { uid, uidValidity } = done;
    return { id: uid && uidValidity ? imapMessageIdOf({ path, uidValidity: Number(uidValidity), uid }) : null };
  });
}

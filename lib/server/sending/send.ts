import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type SubmissionRequest, writingLimits } from '../../contract/writing.ts';
import type { MailDriver } from '../../mail/driver.ts';
import { MailError } from '../../mail/errors.ts';
import { bccFieldOf, composeMessage } from '../../mail/mime/compose.ts';
import type { Composition, Envelope } from '../../mail/model.ts';
import { insertSubmission } from '../../store/submission.ts';
import type { SubmissionTable } from '../../store/submission-tables.ts';
import { passwordOf } from '../mail-for.ts';
import { accountOf, firstAccountId, type SignedIn } from '../session.ts';
import { store } from '../store.ts';
import type { About } from './about.ts';
import type { Afterwards } from './afterwards.ts';
import { tellChange } from './changes.ts';
import { compositionOf } from './composition.ts';
import { keep } from './keep.ts';
import { partsOf } from './parts.ts';
import { sealFor } from './secret.ts';
import { requireCarried, submissionServerOf } from './server.ts';
import { wakeSubmissions } from './worker.ts';

/**
 * Keeps a message and writes down that it is to be sent, durably, before anything is said to a server. Sending goes on
 * though the browser is shut: for this the mail password is sealed for the server alone until it is done. Throws
 * `invalid` without recipients, `conflict` where the message is on its way, `unsupported` where there is no server to send
 * by, or it is known not to take one of the addresses.
 */
export async function sendMessage(
  signedIn: SignedIn,
  { accountId, mail, request }: { accountId: string; mail: MailDriver; request: SubmissionRequest },
): Promise<SubmissionTable> {
  const account = accountOf(signedIn, accountId);
  const server = submissionServerOf(account.place);
  const composition = compositionOf(request.message, account);
  const envelope = envelopeOf(composition, request.wantsDeliveryReport);
  requireCarried(server, envelope);
  const dueAtMs = dueAtOf(request);
  const parts = await partsOf(accountId, mail, request.message.attachments);
  const { subject, to, cc, bcc, messageId, priority, wantsReadReceipt } = composition;
  const { inReplyTo, references } = composition;
  const answered = inReplyTo[0] ?? references.at(-1) ?? null;
  const sender = { personId: firstAccountId(signedIn), from: composition.from };
  return await handOver(signedIn, accountId, {
    messageId,
    raw: composeMessage(composition, parts, { keepsBcc: false }),
    bccField: bccFieldOf(composition),
    envelope,
    about: { subject, to, cc, bcc, isWritten: composition.calendar === null, priority, wantsReadReceipt },
    afterwards: { draftId: request.draftId ?? null, answers: request.answers, answered, sender },
    dueAtMs,
  });
}

/** A message that is built, and what becomes of it. */
interface Outgoing {
  messageId: string;
  raw: Readable;
  bccField: string;
  envelope: Envelope;
  about: About;
  afterwards: Afterwards;
  dueAtMs: number;
}

/** Keeps it, writes it down, and wakes the worker. Throws `conflict` where a message of this id is on its way. */
export async function handOver(signedIn: SignedIn, accountId: string, outgoing: Outgoing): Promise<SubmissionTable> {
  const { messageId, raw, bccField, envelope, about, afterwards, dueAtMs } = outgoing;
  const kept = await keep(accountId, raw);
  const id = randomUUID();
  const secret = sealFor(id, accountId, await passwordOf(signedIn, accountId));
  const now = Date.now();
  const row: SubmissionTable = {
    id,
    account_id: accountId,
    state: 'held',
    message_id: messageId,
    due_at_ms: dueAtMs,
    created_at_ms: now,
    changed_at_ms: now,
    content: kept.content,
    size_bytes: kept.sizeBytes,
    is_8bit: kept.is8Bit ? 1 : 0,
    envelope: JSON.stringify(envelope),
    bcc_field: bccField,
    about: JSON.stringify(about),
    afterwards: JSON.stringify(afterwards),
    ...secret,
    attempts: 0,
    problem: null,
    server_text: null,
    refused: '[]',
    lease_owner: null,
    lease_until_ms: null,
  };
  await insertSubmission(await store(), row);
  wakeSubmissions();
  tellChange(accountId);
  return row;
}

function envelopeOf({ from, to, cc, bcc }: Composition, wantsDeliveryReport: boolean): Envelope {
  const recipients = new Map([...to, ...cc, ...bcc].map(({ email }) => [email.toLowerCase(), email]));
  if (recipients.size === 0) throw new MailError('invalid', 'nobody to send it to', { detail: 'to' });
  return { from: from.email, to: [...recipients.values()], wantsDeliveryReport };
}

/** When it goes, in ms; a time that has passed is now. Throws `invalid` for one too far ahead. */
export function dueAtOf({ sendAt, holdMs }: Pick<SubmissionRequest, 'sendAt' | 'holdMs'>): number {
  const now = Date.now();
  const wanted = sendAt === undefined ? 0 : Date.parse(sendAt);
  if (wanted > now + writingLimits.scheduleMs) throw new MailError('invalid', 'too far ahead', { detail: 'sendAt' });
  return Math.max(now + holdMs, wanted);
}

import { createHash } from 'node:crypto';
import { email, type ReceiptRequest } from '../../contract/writing.ts';
import type { MailDriver } from '../../mail/driver.ts';
import { asMailError, MailError } from '../../mail/errors.ts';
import { composeReceipt } from '../../mail/mime/compose-receipt.ts';
import type { Message } from '../../mail/model.ts';
import type { SubmissionTable } from '../../store/submission-tables.ts';
import { accountOf, type SignedIn } from '../session.ts';
import { askAgain, receiptKeyword } from './afterwards.ts';
import { domainOf } from './composition.ts';
import { requireOwnAddress } from './from-rule.ts';
import { dueAtOf, handOver } from './send.ts';
import { requireCarried, submissionServerOf } from './server.ts';

/**
 * Sends a receipt (RFC 8098) because a person said so: to the one address that asks, from nobody (MAIL FROM:<>), once. The
 * message is marked first, since where the mark is not kept it would be asked for again (RFC 3503). Throws `unsupported`
 * where none may be sent or the mark is not kept, `conflict` where one was, `forbidden` for a From that is not the person's.
 */
export async function sendReceipt(
  signedIn: SignedIn,
  { accountId, mail, messageId, request }: Asked & { accountId: string; request: ReceiptRequest },
): Promise<SubmissionTable> {
  const account = accountOf(signedIn, accountId);
  const server = submissionServerOf(account.place);
  const { from, subject, text } = request;
  requireOwnAddress(from.email, account);
  const message = await mail.getMessage({ id: messageId });
  const to = await askerOf(message, mail);
  if (message.keywords.includes(receiptKeyword)) throw new MailError('conflict', 'a receipt was sent already');
  const envelope = { from: '', to: [to.email], wantsDeliveryReport: false };
  requireCarried(server, envelope);
  const original = message.messageId;
  const isUsable = original !== null && /^[^<>\s\p{Cc}]{1,900}$/u.test(original);
  const id = receiptIdOf(accountId, original ?? messageId, from.email);
  const about = { from, to, subject, text, messageId: id, sentAt: new Date().toISOString() };
  const raw = composeReceipt({ ...about, originalMessageId: isUsable ? original : null });
  await mark(mail, messageId);
  try {
    return await handOver(signedIn, accountId, {
      ...{ messageId: id, raw, bccField: '', envelope },
      about: { subject, to: [to], cc: [], bcc: [], isWritten: false, priority: 'normal', wantsReadReceipt: false },
      afterwards: { draftId: null, answers: [], receiptOf: messageId },
      dueAtMs: dueAtOf(request),
    });
  } catch (error) {
    // Another click was quicker: the mark is of its receipt.
    if (asMailError(error).code !== 'conflict') await askAgain({ receiptOf: messageId }, mail, id);
    throw error;
  }
}

interface Asked {
  mail: MailDriver;
  messageId: string;
}

/** The same for every try at one message, so that two clicks at once, or on two copies of it, send one. */
function receiptIdOf(accountId: string, of: string, from: string): string {
  const name = createHash('sha256').update(`receipt\n${accountId}\n${of}`).digest('base64url').slice(0, 24);
  return `${name}@${domainOf(from)}`;
}

/** Nobody tells a sender of junk that somebody reads it, or oneself that one has read what one wrote. */
async function askerOf({ receiptTo, mailboxId, keywords }: Message, mail: MailDriver) {
  const { role } = (await mail.listMailboxes({ counts: false })).find(({ id }) => id === mailboxId) ?? { role: null };
  const isOut =
    ['junk', 'sent', 'drafts'].includes(role ?? '') || keywords.some((one) => ['$junk', '$draft'].includes(one));
  if (receiptTo === null || isOut || !email.safeParse(receiptTo.email).success)
    throw new MailError('unsupported', 'no receipt is asked for, or none may be sent', { detail: 'receipt' });
  return receiptTo;
}

async function mark(mail: MailDriver, id: string): Promise<void> {
  const [result] = await mail.setKeywords({ ids: [id], add: [receiptKeyword], remove: [] });
  if (result?.error) throw new MailError(result.error.code, 'the message was not marked', { detail: 'receipt' });
}

import type { MailDriver } from '../../mail/driver.ts';
import type { EmailAddress, Mailbox, RefusedRecipient } from '../../mail/model.ts';
import type { SubmissionTable } from '../../store/submission-tables.ts';
import { log } from '../log.ts';
import { learnAddresses } from '../people/learned.ts';
import { markAnswered } from './mark-answered.ts';

/** Marks a message whose sender was told that it was read, or is not to be told (RFC 3503 §2). */
export const receiptKeyword = '$mdnsent';

/** The mark of a copy of one's own that asks for a receipt, so that no program asks oneself (RFC 3503 §3); where it is kept. */
export const ownReceiptKeywords = ({ rights }: Mailbox, wantsReadReceipt: boolean): string[] =>
  wantsReadReceipt && rights.mayMakeKeywords ? [receiptKeyword] : [];

/** What happens to other messages once one was taken: its draft goes, what it answers or forwards gets a keyword. */
export interface Afterwards {
  draftId: string | null;
  answers: { messageId: string; keyword: string }[];
  /** The Message-ID of the one that it answers or forwards, by which it is found where it was filed meanwhile. */
  answered?: string | null;
  /** Who sent it, and under which name: their address book learns whom it went to. Not in rows of before there was one. */
  sender?: { personId: string; from: EmailAddress };
  /** The message that it tells the reading of: it was marked before, and may be asked about again once this is taken back. */
  receiptOf?: string;
}

/** Remembers whom a message went to, but for those that the server refused. What fails must not keep it from being told as sent. */
export async function learnRecipients(row: SubmissionTable, refused: RefusedRecipient[]): Promise<void> {
  const { sender } = JSON.parse(row.afterwards) as Afterwards;
  if (sender === undefined) return;
  const { to, cc, bcc } = JSON.parse(row.about) as Record<'to' | 'cc' | 'bcc', EmailAddress[]>;
  const without = new Set(refused.map(({ email }) => email));
  const reached = [...to, ...cc, ...bcc, sender.from].filter(({ email }) => !without.has(email));
  await learnAddresses(sender.personId, reached).catch((error: unknown) =>
    log.warn({ submissionId: row.id, err: error }, 'whom a message went to was not remembered'),
  );
}

/** Does it. What has gone meanwhile is left: it must not keep a message from being told as sent. */
export async function finish(
  { draftId, answers, answered = null }: Afterwards,
  mail: MailDriver,
  submissionId: string,
): Promise<void> {
  const missed = (what: string) => (error: unknown) => log.info({ submissionId, err: error }, what);
  for (const keyword of new Set(answers.map((answer) => answer.keyword))) {
    const ids = answers.filter((answer) => answer.keyword === keyword).map(({ messageId }) => messageId);
    await markAnswered(mail, { ids, keyword, answered }).catch(missed('an answered message was not marked'));
  }
  if (draftId !== null)
    await mail.destroyMessages({ ids: [draftId] }).catch(missed('the draft of a sent message stays'));
}

/** Of a receipt that does not go out: its message is not marked any more. What fails is logged; the mark then stays. */
export async function askAgain(
  { receiptOf }: Pick<Afterwards, 'receiptOf'>,
  mail: MailDriver,
  messageId: string,
): Promise<void> {
  if (receiptOf === undefined) return;
  try {
    const [result] = await mail.setKeywords({ ids: [receiptOf], add: [], remove: [receiptKeyword] });
    if (result?.error !== undefined) log.info({ messageId, code: result.error.code }, 'the mark of a receipt stays');
  } catch (error) {
    log.info({ messageId, err: error }, 'the mark of a receipt stays');
  }
}

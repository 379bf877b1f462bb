import type { MailDriver } from '../../mail/driver.ts';
import { MailError } from '../../mail/errors.ts';
import { type DueSubmission, stepSubmission } from '../../store/submission.ts';
import type { SubmissionTable } from '../../store/submission-tables.ts';
import { contents } from '../contents.ts';
import { store } from '../store.ts';
import { aboutOf } from './about.ts';
import { type Afterwards, finish, ownReceiptKeywords } from './afterwards.ts';

/**
 * Puts the copy of a message that was taken into Sent, once: after a try that may have done it, the mailbox is asked
 * first. Then what it answered is marked, and its draft goes. Throws `notFound` where there is no Sent, `overQuota`…
 */
export async function fileCopy(row: DueSubmission, mail: MailDriver): Promise<void> {
  const sent = (await mail.listMailboxes({ counts: false })).find(({ role }) => role === 'sent');
  if (sent === undefined) throw new MailError('notFound', 'there is no Sent mailbox', { detail: 'sent' });
  const wasTried = row.attempts > 0;
  const copies = wasTried ? await mail.findByMessageId({ mailboxId: sent.id, messageId: row.message_id }) : [];
  if (copies.length === 0) {
    await stepSubmission(await store(), row, { attempts: row.attempts + 1 });
    const raw = await wholeOf(row);
    const keywords = ['$seen', ...ownReceiptKeywords(sent, aboutOf(row).wantsReadReceipt)];
    await mail.appendMessage({ mailboxId: sent.id, raw, keywords });
  }
  await finish(JSON.parse(row.afterwards) as Afterwards, mail, row.id);
}

/** Its bytes as the sender keeps them, with Bcc. */
export async function wholeOf({ account_id, content, bcc_field }: SubmissionTable): Promise<Buffer> {
  const chunks: Buffer[] = [Buffer.from(bcc_field, 'latin1')];
  for await (const chunk of contents().open(account_id, content) as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

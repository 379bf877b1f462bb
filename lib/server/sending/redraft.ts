import { buffer } from 'node:stream/consumers';
import type { Redrafted } from '../../contract/writing.ts';
import type { MailDriver } from '../../mail/driver.ts';
import { asMailError, MailError } from '../../mail/errors.ts';
import type { Envelope } from '../../mail/model.ts';
import { readSubmission } from '../../store/submission.ts';
import type { SubmissionState, SubmissionTable } from '../../store/submission-tables.ts';
import { log } from '../log.ts';
import { store } from '../store.ts';
import { aboutOf } from './about.ts';
import type { Afterwards } from './afterwards.ts';
import { takeBack } from './answer.ts';
import { discardDraft } from './drafts.ts';
import { wholeOf } from './file-copy.ts';

/** Surely given to nobody. What may have gone out is not to be written on: it could be sent twice. */
const unsent: SubmissionState[] = ['held', 'refused'];

/**
 * Takes a message back to be written on: a draft of its very bytes, which is there before the message leaves the Outbox; the
 * draft that it was written as goes then. Done again after a crash it finds the draft that it made. Throws `conflict` where it
 * is on its way or may be, `unsupported` for what nobody wrote, `notFound` with `drafts` where there is no such mailbox, and
 * as the driver does: then it still waits.
 */
export async function redraft(accountId: string, id: string, mail: MailDriver): Promise<Redrafted> {
  const row = await readSubmission(await store(), accountId, id);
  if (row === null) throw new MailError('notFound', 'no such submission');
  const { isWritten, priority, wantsReadReceipt } = aboutOf(row);
  if (!isWritten) throw new MailError('unsupported', 'nobody wrote it', { detail: 'submission' });
  if (!unsent.includes(row.state)) throw new MailError('conflict', 'it is on its way', { detail: 'submission' });
  const drafts = await draftsOf(row, mail);
  const draftId = (await drafts.copies())[0] ?? (await drafts.append());
  try {
    await takeBack(accountId, id, mail, unsent);
  } catch (error) {
    // Where it is gone another tab has taken it, with a draft of its own or with this one; else what was made goes again.
    if (asMailError(error).code !== 'notFound' || (await drafts.copies()).length > 1) await discardDraft(mail, draftId);
    throw error;
  }
  const { draftId: earlier, answers } = JSON.parse(row.afterwards) as Afterwards;
  if (earlier !== null && earlier !== draftId) {
    await discardDraft(mail, earlier).catch((error: unknown) => {
      if (!['notFound', 'stale'].includes(asMailError(error).code))
        log.info({ submissionId: id, err: error }, 'the earlier draft of a message that was taken back stays');
    });
  }
  const { wantsDeliveryReport } = JSON.parse(row.envelope) as Envelope;
  return { draftId, answers: answers as Redrafted['answers'], priority, wantsReadReceipt, wantsDeliveryReport };
}

/** Drafts that are this very message, and how one is made. */
async function draftsOf(row: SubmissionTable, mail: MailDriver) {
  const mailbox = (await mail.listMailboxes({ counts: false })).find(({ role }) => role === 'drafts');
  if (mailbox === undefined) throw new MailError('notFound', 'there is no Drafts mailbox', { detail: 'drafts' });
  const mailboxId = mailbox.id;
  const raw = await wholeOf(row);
  const isCopy = async (id: string) => raw.equals(await buffer((await mail.openRaw({ id })).stream));
  const named = () => mail.findByMessageId({ mailboxId, messageId: row.message_id });
  return {
    async copies(): Promise<string[]> {
      const copies: string[] = [];
      for (const id of await named()) if (await isCopy(id)) copies.push(id);
      return copies;
    },
    async append(): Promise<string> {
      const appended = await mail.appendMessage({ mailboxId, raw, keywords: ['$draft', '$seen'] });
      // Without UIDPLUS nobody tells the new id: it is the newest of this Message-ID.
      const id = appended.id ?? (await named())[0];
      if (id === undefined) throw new MailError('protocol', 'the draft is not there', { detail: 'drafts' });
      return id;
    },
  };
}

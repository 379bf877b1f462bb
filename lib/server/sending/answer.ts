import type { Submission } from '../../contract/writing.ts';
import type { MailDriver } from '../../mail/driver.ts';
import { MailError } from '../../mail/errors.ts';
import { isNamed } from '../../store/contents-sweep.ts';
import { cancelSubmission, listSubmissions, readSubmission, reviveSubmission } from '../../store/submission.ts';
import type { SubmissionState, SubmissionTable } from '../../store/submission-tables.ts';
import { contents } from '../contents.ts';
import { passwordOf } from '../mail-for.ts';
import type { SignedIn } from '../session.ts';
import { store } from '../store.ts';
import { aboutOf } from './about.ts';
import { type Afterwards, askAgain } from './afterwards.ts';
import { tellChange } from './changes.ts';
import { sealFor } from './secret.ts';
import { dueAtOf } from './send.ts';
import { wakeSubmissions } from './worker.ts';

/** A submission as people are told of it. */
export function describeSubmission(row: SubmissionTable): Submission {
  const { subject, to, cc, bcc, isWritten } = aboutOf(row);
  return {
    id: row.id,
    // Whether a byte of it has gone out yet is ours to know.
    state: row.state === 'committed' ? 'sending' : row.state,
    // A copy that waits for the person has no time.
    dueAt: new Date(Math.min(row.due_at_ms, 8.64e15)).toISOString(),
    createdAt: new Date(row.created_at_ms).toISOString(),
    attempts: row.attempts,
    messageId: row.message_id,
    subject,
    to,
    cc,
    bcc,
    sizeBytes: row.size_bytes,
    problem: row.problem as Submission['problem'],
    serverText: row.server_text,
    isWritten,
    refused: JSON.parse(row.refused) as Submission['refused'],
  };
}

/** What waits, and what was done in the last day, the newest first. */
export const submissionsOf = async (accountId: string): Promise<Submission[]> =>
  (await listSubmissions(await store(), accountId)).map(describeSubmission);

/** Throws `notFound`. */
export async function submissionOf(accountId: string, id: string): Promise<Submission> {
  const row = await readSubmission(await store(), accountId, id);
  if (row === null) throw new MailError('notFound', 'no such submission');
  return describeSubmission(row);
}

/**
 * Takes it back; the message that a receipt was for may be asked about again, unless a server was asked already. Throws `conflict` where it is on its way or
 * gone out, `notFound`.
 */
export async function takeBack(
  accountId: string,
  id: string,
  mail: MailDriver,
  from: readonly SubmissionState[] = ['held', 'refused', 'unknown'],
): Promise<void> {
  const opened = await store();
  const row = await readSubmission(opened, accountId, id);
  if (row === null) throw new MailError('notFound', 'no such submission');
  if (await cancelSubmission(opened, { accountId, id, from })) {
    tellChange(accountId);
    if (!(await isNamed(opened.db, accountId, row.content))) await contents().remove(accountId, row.content);
    // One that was refused would be asked for at every look, and one that may have gone out could go twice.
    if (row.state === 'held') await askAgain(JSON.parse(row.afterwards) as Afterwards, mail, row.message_id);
    return;
  }
  throw new MailError('conflict', 'it is on its way already', { detail: 'submission' });
}

/**
 * Sends one that waits at another time, a past one is now, with the password of this sign-in. Throws `conflict` where it does
 * not wait for a time, `invalid` too far ahead, `notFound`.
 */
export async function reschedule(
  signedIn: SignedIn,
  { accountId, id, sendAt }: { accountId: string; id: string; sendAt: string },
): Promise<Submission> {
  await submissionOf(accountId, id);
  const secret = sealFor(id, accountId, await passwordOf(signedIn, accountId));
  const now = Date.now();
  // By its length a wait for a date is told from one of ours: it begins now.
  const wait = { due_at_ms: dueAtOf({ sendAt, holdMs: 0 }), created_at_ms: now, changed_at_ms: now, attempts: 0 };
  const change = { ...secret, ...wait, problem: null, server_text: null };
  if (!(await reviveSubmission(await store(), { accountId, id, from: ['held'] }, change)))
    throw new MailError('conflict', 'it waits for no time', { detail: 'submission' });
  wakeSubmissions();
  tellChange(accountId);
  return await submissionOf(accountId, id);
}

/**
 * What the person says of one that waits for them. `again`: try now, with the password of this sign-in. `sent`: an
 * `unknown` one was taken; only its copy is to be made. Throws `conflict` where it does not wait for that.
 */
export async function decideSubmission(
  signedIn: SignedIn,
  { accountId, id, decision }: { accountId: string; id: string; decision: 'again' | 'sent' },
): Promise<Submission> {
  const { state } = await submissionOf(accountId, id);
  const secret = sealFor(id, accountId, await passwordOf(signedIn, accountId));
  const now = Date.now();
  const change = { ...secret, due_at_ms: now, changed_at_ms: now, problem: null, server_text: null };
  const isDone =
    decision === 'sent' || state === 'accepted'
      ? // The copy may have been made by a try that was not told of: the mailbox is asked first.
        await reviveSubmission(
          await store(),
          { accountId, id, from: decision === 'sent' ? ['unknown'] : ['accepted'] },
          { ...change, state: 'accepted', attempts: 1 },
        )
      : await reviveSubmission(
          await store(),
          { accountId, id, from: ['refused', 'unknown', 'held'] },
          { ...change, state: 'held', attempts: 0, created_at_ms: now },
        );
  if (!isDone) throw new MailError('conflict', 'it is not waiting for that', { detail: 'submission' });
  wakeSubmissions();
  tellChange(accountId);
  return await submissionOf(accountId, id);
}

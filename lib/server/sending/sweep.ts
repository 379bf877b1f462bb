import { removeFiled } from '../../store/submission.ts';
import { removeOldUploads } from '../../store/upload.ts';
import { contents } from '../contents.ts';
import { store } from '../store.ts';

const hourMs = 3_600_000;
/** What was sent stays in the list for a day. */
const filedMs = 24 * hourMs;
/** A file that was added to what was never sent; drafts have their files on the mail server. */
const uploadMs = 7 * 24 * hourMs;

/** Forgets what is done and what nobody came back for, and the bytes that only they named. */
export async function sweepOutgoing(now = Date.now()): Promise<void> {
  const opened = await store();
  const accounts = new Set([
    ...(await removeFiled(opened, now - filedMs)),
    ...(await removeOldUploads(opened, now - uploadMs)),
  ]);
  for (const accountId of accounts) await contents().sweep(accountId);
}

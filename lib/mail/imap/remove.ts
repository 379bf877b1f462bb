import type { ImapFlow } from 'imapflow';
import { MailError } from '../errors.ts';
import { searchUids } from './search-uids.ts';
import { formatUidSets } from './uid-set.ts';
import { atom, execute, sequence } from './wire.ts';

/**
 * Removes exactly these messages: \Deleted, then UID EXPUNGE (RFC 4315 §2.1). Without UIDPLUS a plain EXPUNGE would
 * take what others have marked too, so it is sent only when nobody else's mark is there; else throws `unsupported` with
 * the marks taken back, or left (`leaveMarked`) where a copy of the messages is safe elsewhere.
 */
export async function removeForGood(
  client: ImapFlow,
  uids: readonly number[],
  { leaveMarked = false } = {},
): Promise<void> {
  const hasUidExpunge = client.capabilities.has('UIDPLUS');
  const ours = new Set(uids);
  const marked = hasUidExpunge ? [] : await searchUids(client, [atom('DELETED')]);
  const isAlone = marked.every((uid) => ours.has(uid));
  if (isAlone || leaveMarked) await mark(client, '+FLAGS.SILENT', uids);
  if (!isAlone)
    throw new MailError(
      'unsupported',
      'others have marked mail here for deletion, and this server expunges all or none',
    );
  try {
    if (!hasUidExpunge) await execute(client, { name: 'EXPUNGE', deadlineMs: 120_000 });
    else
      for (const set of formatUidSets(uids))
        await execute(client, { name: 'UID EXPUNGE', attributes: [sequence(set)], deadlineMs: 120_000 });
  } catch (error) {
    if (!leaveMarked && client.usable) await mark(client, '-FLAGS.SILENT', uids);
    throw error;
  }
}

async function mark(client: ImapFlow, operation: string, uids: readonly number[]): Promise<void> {
  for (const set of formatUidSets(uids)) {
    await execute(client, {
      name: 'UID STORE',
      attributes: [sequence(set), atom(operation), [atom('\\Deleted')]],
      deadlineMs: 60_000,
    });
  }
}

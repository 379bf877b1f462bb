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
  const isAlone = hasUidExpunge || (await isOnlyMarked(client, uids));
  if (isAlone || leaveMarked) await mark(client, '+FLAGS.SILENT', uids);
  if (!isAlone) throw markedByOthers();
  try {
    if (hasUidExpunge) await expungeUids(client, uids);
    else await expungeAll(client, uids);
  } catch (error) {
    if (!leaveMarked && client.usable) await mark(client, '-FLAGS.SILENT', uids);
    throw error;
  }
}

async function expungeUids(client: ImapFlow, uids: readonly number[]): Promise<void> {
  for (const set of formatUidSets(uids))
    await execute(client, { name: 'UID EXPUNGE', attributes: [sequence(set)], deadlineMs: 120_000 });
}

/** Looks again, since marking may have taken long: what others mark from now on has the time of one command to be lost. */
async function expungeAll(client: ImapFlow, ours: readonly number[]): Promise<void> {
  if (!(await isOnlyMarked(client, ours))) throw markedByOthers();
  await execute(client, { name: 'EXPUNGE', deadlineMs: 120_000 });
}

/** NOOP first: a server may search in what this session has seen so far (RFC 9051 §6.1.2). */
async function isOnlyMarked(client: ImapFlow, uids: readonly number[]): Promise<boolean> {
  const ours = new Set(uids);
  await execute(client, { name: 'NOOP' });
  return (await searchUids(client, [atom('DELETED')])).every((uid) => ours.has(uid));
}

const markedByOthers = () =>
  new MailError('unsupported', 'others have marked mail here for deletion, and this server expunges all or none');

async function mark(client: ImapFlow, operation: string, uids: readonly number[]): Promise<void> {
  for (const set of formatUidSets(uids)) {
    await execute(client, {
      name: 'UID STORE',
      attributes: [sequence(set), atom(operation), [atom('\\Deleted')]],
      deadlineMs: 60_000,
    });
  }
}

import { MailError } from '../errors.ts';
import { parsePop3MessageId } from '../ids.ts';
import type { MessageSummary } from '../model.ts';
import type { Pop3Account } from './account.ts';
import { translateSummary } from './summarise.ts';

/**
 * The conversation of a message as far as its headers are known here, without what is in Trash or Junk unless it is there
 * itself; asks no server. Throws `stale` when it has gone.
 */
export async function getThread({ accountId, store }: Pop3Account, { id }: { id: string }): Promise<MessageSummary[]> {
  const uidl = parsePop3MessageId(id);
  const row = (await store.find(accountId, [uidl])).get(uidl);
  if (!row) throw new MailError('stale', 'the message has gone');
  const { threadId, mailboxKey } = row;
  const rows = threadId === null ? [row] : await store.thread(accountId, { threadId, mailboxKey });
  return rows.map(translateSummary);
}

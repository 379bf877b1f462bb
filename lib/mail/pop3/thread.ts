import { MailError } from '../errors.ts';
import { parsePop3MessageId } from '../ids.ts';
import type { MailboxRole, MessageSummary, Relatives } from '../model.ts';
import type { Pop3Account } from './account.ts';
import type { MaildropRow } from './maildrop.ts';
import { translateSummary } from './summarise.ts';

/** The conversation of a message in its mailbox, as far as its headers are known here; asks no server. Throws `stale` when it has gone. */
export async function getThread(account: Pop3Account, { id }: { id: string }): Promise<MessageSummary[]> {
  return (await threadIn(account, await rowOf(account, id))).map(translateSummary);
}

/** What was thrown away, or is being written, is seen in its own place alone. */
const leftOut: readonly (MailboxRole | null)[] = ['trash', 'junk', 'drafts'];

/** The same in the other mailboxes; of several copies of a message one. */
export async function findRelatives(account: Pop3Account, { id }: { id: string }): Promise<Relatives> {
  const { accountId, store, mailboxes } = account;
  const row = await rowOf(account, id);
  const { threadId, mailboxKey } = row;
  if (threadId === null) return { items: [], notLookedAt: [] };
  const local = await mailboxes.list(accountId);
  const except = local.flatMap(({ key, role }) => (leftOut.includes(role) ? key : []));
  const told = new Set((await threadIn(account, row)).flatMap(messageIdOf));
  const elsewhere = await store.thread(accountId, { threadId, except: [mailboxKey, ...except] });
  const items = elsewhere.filter((one) => {
    const [own] = messageIdOf(one);
    const isNew = own === undefined || !told.has(own);
    if (own !== undefined) told.add(own);
    return isNew;
  });
  return { items: items.map(translateSummary), notLookedAt: [] };
}

async function rowOf({ accountId, store }: Pop3Account, id: string): Promise<MaildropRow> {
  const uidl = parsePop3MessageId(id);
  const row = (await store.find(accountId, [uidl])).get(uidl);
  if (!row) throw new MailError('stale', 'the message has gone');
  return row;
}

const threadIn = async ({ accountId, store }: Pop3Account, row: MaildropRow): Promise<MaildropRow[]> =>
  row.threadId === null ? [row] : await store.thread(accountId, { threadId: row.threadId, mailboxKey: row.mailboxKey });

const messageIdOf = ({ header }: MaildropRow): string[] => (header?.messageId ? [header.messageId] : []);

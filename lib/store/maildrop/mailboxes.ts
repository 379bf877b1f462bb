import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { MailError } from '../../mail/errors.ts';
import type { MailboxRole } from '../../mail/model.ts';
import type { LocalMailbox, MailboxStore } from '../../mail/pop3/mailbox-store.ts';
import type { Store } from '../database.ts';
import type { Tables } from '../schema.ts';
import { noteChange } from './changes.ts';

export const trashKey = 'TRASH';
export const junkKey = 'JUNK';

/** By a key of their own, so that two processes that make them at once make the same. */
const first: { mailbox_id: string; name: string; role: MailboxRole }[] = [
  { mailbox_id: 'DRAFTS', name: 'Drafts', role: 'drafts' },
  { mailbox_id: 'SENT', name: 'Sent', role: 'sent' },
  { mailbox_id: 'ARCHIVE', name: 'Archive', role: 'archive' },
  { mailbox_id: junkKey, name: 'Junk', role: 'junk' },
  { mailbox_id: trashKey, name: 'Trash', role: 'trash' },
];

/** The mailboxes of all POP3 accounts, in SQL. */
export function createMailboxStore(open: () => Promise<Pick<Store, 'db'>>): MailboxStore {
  const db = async () => (await open()).db;
  return {
    list: async (accountId) => listMailboxes(await db(), accountId),
    async create(accountId, { name, parentKey }) {
      const made = {
        key: `x${randomBytes(12).toString('base64url')}`,
        parentKey,
        name,
        role: null,
        isSubscribed: true,
      };
      await (await db()).transaction().execute(async (transaction) => {
        await claimName(transaction, accountId, made);
        await transaction
          .insertInto('maildrop_mailbox')
          .values({ account_id: accountId, mailbox_id: made.key, parent_id: parentKey, name, role: null })
          .execute();
      });
      return made;
    },
    async rename(accountId, key, { name, parentKey }) {
      await (await db()).transaction().execute(async (transaction) => {
        await claimName(transaction, accountId, { key, name, parentKey });
        const change = transaction.updateTable('maildrop_mailbox').set({ name, parent_id: parentKey });
        await change.where('account_id', '=', accountId).where('mailbox_id', '=', key).execute();
      });
    },
    async subscribe(accountId, key, isSubscribed) {
      const change = (await db()).updateTable('maildrop_mailbox').set({ is_subscribed: isSubscribed ? 1 : 0 });
      await change.where('account_id', '=', accountId).where('mailbox_id', '=', key).execute();
    },
    async remove(accountId, keys) {
      await (await db()).transaction().execute(async (transaction) => {
        // First: who would file something in one waits for this, and finds that it has gone.
        const chosen = transaction.deleteFrom('maildrop_mailbox').where('account_id', '=', accountId);
        await chosen.where('mailbox_id', 'in', keys).execute();
        const change = transaction.updateTable('maildrop_message').set({ mailbox_id: trashKey });
        await change.where('account_id', '=', accountId).where('mailbox_id', 'in', keys).execute();
        await noteChange(transaction, accountId);
      });
    },
  };
}

/**
 * Holds a mailbox to the end of the transaction, so that nothing is filed in one that is being deleted. Throws `notFound`
 * where it has gone. The Inbox and those with a role are never deleted.
 */
export async function holdMailbox(db: Kysely<Tables>, accountId: string, key: string): Promise<void> {
  if (key === 'INBOX' || first.some(({ mailbox_id }) => mailbox_id === key)) return;
  const held = await db
    .updateTable('maildrop_mailbox')
    .set({ mailbox_id: key })
    .where('account_id', '=', accountId)
    .where('mailbox_id', '=', key)
    .returning('mailbox_id')
    .executeTakeFirst();
  if (!held) throw new MailError('notFound', 'the folder was deleted meanwhile', { detail: 'to' });
}

async function listMailboxes(db: Kysely<Tables>, accountId: string): Promise<LocalMailbox[]> {
  const read = () =>
    db.selectFrom('maildrop_mailbox').selectAll().where('account_id', '=', accountId).orderBy('name').execute();
  let rows = await read();
  // These can be neither renamed nor deleted, so where there is none it is the first time.
  if (!rows.some(({ role }) => role !== null)) {
    const made = first.map((mailbox) => ({ account_id: accountId, parent_id: null, ...mailbox }));
    const insert = db.insertInto('maildrop_mailbox').values(made);
    await insert.onConflict((conflict) => conflict.doNothing()).execute();
    rows = await read();
  }
  return rows.map((row) => ({
    key: row.mailbox_id,
    parentKey: row.parent_id,
    name: row.name,
    role: row.role as MailboxRole | null,
    isSubscribed: row.is_subscribed === 1,
  }));
}

/** One at a time by the account's row, so that two of the same name are not made at once. */
async function claimName(
  db: Kysely<Tables>,
  accountId: string,
  { key, name, parentKey }: { key: string; name: string; parentKey: string | null },
): Promise<void> {
  await db.updateTable('account').set({ id: accountId }).where('id', '=', accountId).execute();
  const siblings = db.selectFrom('maildrop_mailbox').select(['mailbox_id', 'name']).where('account_id', '=', accountId);
  const beside = await siblings.where('parent_id', parentKey === null ? 'is' : '=', parentKey).execute();
  const isTaken = beside.some((mailbox) => mailbox.mailbox_id !== key && mailbox.name === name);
  if (isTaken || (parentKey === null && name.toUpperCase() === 'INBOX'))
    throw new MailError('conflict', 'there is a folder of this name');
}

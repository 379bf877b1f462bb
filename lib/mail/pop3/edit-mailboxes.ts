import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { parseMailboxId, pop3MessageIdOf } from '../ids.ts';
import { checkMailboxName } from '../mailbox-name.ts';
import type { Mailbox, MakeableRole } from '../model.ts';
import type { Pop3Account } from './account.ts';
import { destroyMessages } from './destroy.ts';
import { inboxId, inboxKey } from './inbox.ts';
import type { LocalMailbox } from './mailbox-store.ts';
import { findLocal, translateMailbox } from './mailboxes.ts';

const maxDepth = 20;
const maxIds = 1_000_000;

/** Makes a mailbox that lives here. Throws `conflict` where there is one of this name, or of this role, as there always is. */
export async function createMailbox(
  account: Pop3Account,
  { name, parentId, role }: { name: string; parentId: string | null; role?: MakeableRole | undefined },
): Promise<Mailbox> {
  checkMailboxName(name);
  const all = await account.mailboxes.list(account.accountId);
  if (role !== undefined) throw new MailError('conflict', 'there is a folder for this', { detail: role });
  const parentKey = parentKeyOf(all, parentId);
  const made = await account.mailboxes.create(account.accountId, { name, parentKey });
  return translateMailbox(made, [...all, made], null);
}

/** Renames a mailbox, or moves it to another parent; ids stay, and all below it goes with it. */
export async function renameMailbox(
  account: Pop3Account,
  { mailboxId, name, parentId }: { mailboxId: string; name: string; parentId: string | null },
): Promise<Mailbox> {
  const mailbox = await findChangeable(account, mailboxId);
  checkMailboxName(name);
  const all = await account.mailboxes.list(account.accountId);
  const parentKey = parentKeyOf(all, parentId);
  if (parentKey !== null && belowAndItself(all, mailbox.key).includes(parentKey))
    throw new MailError('invalid', 'a folder cannot be put into itself', { detail: 'parentId' });
  await account.mailboxes.rename(account.accountId, mailbox.key, { name, parentKey });
  const now = await account.mailboxes.list(account.accountId);
  return translateMailbox({ ...mailbox, name, parentKey }, now, null);
}

/** Deletes a mailbox with all below it; what is in them goes to Trash. Throws `invalid` for the Inbox and for roles. */
export async function deleteMailbox(account: Pop3Account, mailboxId: string): Promise<void> {
  const { key } = await findChangeable(account, mailboxId);
  const keys = belowAndItself(await account.mailboxes.list(account.accountId), key);
  await account.mailboxes.remove(account.accountId, keys);
}

export async function subscribeMailbox(
  account: Pop3Account,
  { mailboxId, isSubscribed }: { mailboxId: string; isSubscribed: boolean },
): Promise<void> {
  if (mailboxId === inboxId && isSubscribed) return;
  const { key } = await findLocal(account, mailboxId);
  await account.mailboxes.subscribe(account.accountId, key, isSubscribed);
}

/** Destroys what is in Trash or Junk now. Throws `invalid` elsewhere. */
export async function emptyMailbox(
  account: Pop3Account,
  mailboxId: string,
  options: CallOptions = {},
): Promise<{ destroyed: number }> {
  const { key, role } = await findLocal(account, mailboxId);
  if (role !== 'trash' && role !== 'junk')
    throw new MailError('invalid', 'only Trash and Junk are emptied', { detail: 'mailboxId' });
  return { destroyed: await destroyAll(account, key, options) };
}

/** What others destroyed meanwhile is no failure. */
async function destroyAll(account: Pop3Account, mailboxKey: string, options: CallOptions): Promise<number> {
  const uidls = await account.store.listUidls(account.accountId, { mailboxKey, limit: maxIds });
  if (uidls.length === 0) return 0;
  const results = await destroyMessages(account, { ids: uidls.map(pop3MessageIdOf) }, options);
  const failed = results.find(({ error }) => error && error.code !== 'notFound' && error.code !== 'stale');
  if (failed?.error) throw new MailError(failed.error.code, 'not all of the folder could be destroyed');
  return results.filter(({ error }) => !error).length;
}

async function findChangeable(account: Pop3Account, mailboxId: string): Promise<LocalMailbox> {
  const mailbox = await findLocal(account, mailboxId);
  if (mailbox.role === null) return mailbox;
  throw new MailError('invalid', 'a folder that Posthorn needs stays where it is', { detail: 'mailboxId' });
}

function parentKeyOf(all: LocalMailbox[], parentId: string | null): string | null {
  if (parentId === null) return null;
  const key = parseMailboxId(parentId);
  if (key === inboxKey) throw new MailError('invalid', 'the Inbox has no folders below it', { detail: 'parentId' });
  const parent = all.find((mailbox) => mailbox.key === key);
  if (!parent) throw new MailError('notFound', 'there is no such parent', { detail: 'parentId' });
  let depth = 1;
  for (let at: LocalMailbox | undefined = parent; at?.parentKey; depth += 1) {
    const { parentKey }: LocalMailbox = at;
    at = all.find((mailbox) => mailbox.key === parentKey);
    if (depth > maxDepth) throw new MailError('invalid', 'too deep', { detail: 'parentId' });
  }
  return key;
}

/** Deepest last. */
function belowAndItself(all: LocalMailbox[], key: string): string[] {
  const keys = [key];
  for (const one of keys) {
    for (const { key: child, parentKey } of all) if (parentKey === one && !keys.includes(child)) keys.push(child);
  }
  return keys;
}

import type { ImapFlow } from 'imapflow';
import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { mailboxIdOf, parseMailboxId } from '../ids.ts';
import type { Mailbox, MakeableRole } from '../model.ts';
import { pathOf } from './mailbox-path.ts';
import { findMailbox, listMailboxes } from './mailboxes.ts';
import type { Account } from './pool-types.ts';
import { translateError } from './translate-error.ts';
import { atom, execute, mailboxToken, type Token, withDeadline } from './wire.ts';
import { withConnection } from './with-imap.ts';

const selectMs = 30_000;

const uses: Record<MakeableRole, string> = {
  sent: '\\Sent',
  drafts: '\\Drafts',
  archive: '\\Archive',
  junk: '\\Junk',
  trash: '\\Trash',
};

/**
 * Makes a mailbox and subscribes to it. Its role is told to a server that takes one (CREATE-SPECIAL-USE, RFC 6154 §3); for
 * others the name must say it. Throws `conflict` where there is one of this name or role.
 */
export async function createMailbox(
  account: Account,
  request: { name: string; parentId: string | null; role?: MakeableRole | undefined },
  options: CallOptions = {},
): Promise<Mailbox> {
  const { role } = request;
  if (role !== undefined && (await listMailboxes(account, { counts: false }, options)).some((one) => one.role === role))
    throw new MailError('conflict', 'there is a folder for this', { detail: role });
  const path = await withConnection(account, { mode: 'once', signal: options.signal }, async (client) => {
    const made = pathOf(client, request);
    const use = role !== undefined && client.capabilities.has('CREATE-SPECIAL-USE') ? [useOf(role)] : [];
    await execute(client, { name: 'CREATE', attributes: [mailboxToken(client, made), ...use] }).catch(
      isTaken(client, made),
    );
    await execute(client, { name: 'SUBSCRIBE', attributes: [mailboxToken(client, made)] });
    return made;
  });
  return await findMailbox(account, mailboxIdOf(path), options);
}

const useOf = (role: MakeableRole): Token => [atom('USE'), [atom(uses[role])]];

/** Renames a mailbox with all below it, or moves it to another parent; the subscription goes with it. */
export async function renameMailbox(
  account: Account,
  request: { mailboxId: string; name: string; parentId: string | null },
  options: CallOptions = {},
): Promise<Mailbox> {
  const from = parseMailboxId(request.mailboxId);
  mayChange(from);
  const { isSubscribed } = await findMailbox(account, request.mailboxId, options);
  const path = await withConnection(account, { mode: 'once', signal: options.signal }, async (client) => {
    const to = pathOf(client, request);
    const delimiter = client.namespace?.delimiter ?? '';
    if (to === from || (delimiter && to.startsWith(from + delimiter)))
      throw new MailError('invalid', 'a folder cannot be put into itself', { detail: 'parentId' });
    await leave(account, client, from);
    await execute(client, { name: 'RENAME', attributes: [mailboxToken(client, from), mailboxToken(client, to)] }).catch(
      isTaken(client, to),
    );
    if (isSubscribed) {
      await execute(client, { name: 'UNSUBSCRIBE', attributes: [mailboxToken(client, from)] });
      await execute(client, { name: 'SUBSCRIBE', attributes: [mailboxToken(client, to)] });
    }
    return to;
  });
  return await findMailbox(account, mailboxIdOf(path), options);
}

/** Deletes a mailbox with its mail. Throws `invalid` for the Inbox, `notFound`, `conflict` where it has children. */
export async function deleteMailbox(account: Account, mailboxId: string, { signal }: CallOptions = {}): Promise<void> {
  const path = parseMailboxId(mailboxId);
  mayChange(path);
  await withConnection(account, { mode: 'once', signal }, async (client) => {
    await leave(account, client, path);
    await execute(client, { name: 'DELETE', attributes: [mailboxToken(client, path)] });
    await execute(client, { name: 'UNSUBSCRIBE', attributes: [mailboxToken(client, path)] });
  });
}

export async function subscribeMailbox(
  account: Account,
  { mailboxId, isSubscribed }: { mailboxId: string; isSubscribed: boolean },
  { signal }: CallOptions = {},
): Promise<void> {
  const path = parseMailboxId(mailboxId);
  await withConnection(account, { mode: 'repeatable', signal }, (client) =>
    execute(client, { name: isSubscribed ? 'SUBSCRIBE' : 'UNSUBSCRIBE', attributes: [mailboxToken(client, path)] }),
  );
}

/** Courier refuses a name that is taken without saying why. */
const isTaken =
  (client: ImapFlow, path: string) =>
  async (error: unknown): Promise<never> => {
    const refused = translateError(error);
    if (refused.code !== 'forbidden') throw refused;
    const listed = await withDeadline(client, selectMs, client.list());
    if (!listed.some((entry) => entry.path === path)) throw refused;
    const { serverText } = refused;
    throw new MailError('conflict', 'there is a folder of this name', {
      cause: error,
      ...(serverText ? { serverText } : {}),
    });
  };

function mayChange(path: string): void {
  if (path === '' || path.toUpperCase() === 'INBOX')
    throw new MailError('invalid', 'the Inbox stays where it is', { detail: 'mailboxId' });
}

/**
 * No connection of ours may have a mailbox selected that goes away. SELECT of the Inbox leaves it: CLOSE would expunge
 * what others have marked (RFC 9051 §6.4.1).
 */
async function leave(account: Account, client: ImapFlow, path: string): Promise<void> {
  account.memory.forget(path);
  const isBelow = (selected: string) =>
    selected === path || selected.startsWith(path + (client.namespace?.delimiter ?? '\0'));
  for (const held of account.held) {
    if (held.client !== client && held.client.mailbox && isBelow(held.client.mailbox.path)) held.client.close();
  }
  if (client.mailbox && isBelow(client.mailbox.path)) await withDeadline(client, selectMs, client.mailboxOpen('INBOX'));
}

import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { pop3MessageIdOf } from '../ids.ts';
import type { PerIdResult } from '../model.ts';
import type { Pop3Account } from './account.ts';
import { inboxKey } from './inbox.ts';
import { keepMessages } from './keep.ts';
import { uidlOf } from './keywords.ts';
import { mailboxKeyOf } from './mailboxes.ts';
import type { MaildropRow } from './maildrop.ts';
import { checkOpen } from './refresh.ts';

interface Filing {
  ids: string[];
  to: string;
}

/**
 * Files messages in a mailbox; their ids stay. What leaves the Inbox is kept here whole before it moves. Throws what a
 * session can, and `storageFull`; then nothing has left its place.
 */
export async function moveMessages(
  account: Pop3Account,
  request: Filing,
  options: CallOptions = {},
): Promise<PerIdResult[]> {
  return await file(account, request, options, {
    mayStayOnServer: (key) => key === inboxKey,
    async place(rows, key) {
      const uidls = rows.map(({ uidl }) => uidl);
      await account.store.move(account.accountId, uidls, key);
      return uidls;
    },
  });
}

/** Copies messages to a mailbox. The copy lives only here, and shares the bytes kept. */
export async function copyMessages(
  account: Pop3Account,
  request: Filing,
  options: CallOptions = {},
): Promise<PerIdResult[]> {
  return await file(account, request, options, {
    mayStayOnServer: () => false,
    place: (rows, mailboxKey) =>
      account.store.add(
        account.accountId,
        rows.flatMap(({ content, header, sizeBytes, keywords }) =>
          content && header ? [{ mailboxKey, content, sizeBytes, header, text: null, keywords }] : [],
        ),
      ),
  });
}

interface Placing {
  mayStayOnServer(mailboxKey: string): boolean;
  /** Gives the unique-id that each has afterwards. */
  place(rows: MaildropRow[], mailboxKey: string): Promise<string[]>;
}

async function file(
  account: Pop3Account,
  { ids, to }: Filing,
  options: CallOptions,
  { mayStayOnServer, place }: Placing,
): Promise<PerIdResult[]> {
  checkOpen(account, options.signal);
  const mailboxKey = await targetOf(account, to);
  if (mailboxKey === null) return ids.map((id) => ({ id, error: { code: 'notFound', detail: 'to' } }));
  const uidls = new Map(ids.map((id) => [id, uidlOf(id)]));
  const wanted = [...new Set(uidls.values())].filter((uidl) => uidl !== null);
  const isPlaceable = (row: MaildropRow) =>
    mayStayOnServer(mailboxKey) || (row.content !== null && row.header !== null);
  const known = await account.store.find(account.accountId, wanted);
  const missing = [...known.values()].filter((row) => !isPlaceable(row));
  await keepMessages(account, new Set(missing.map(({ uidl }) => uidl)), options);
  const now = missing.length > 0 ? await account.store.find(account.accountId, wanted) : known;
  const rows = [...now.values()].filter(isPlaceable);
  const placed = rows.length > 0 ? await whereThere(() => place(rows, mailboxKey)) : [];
  if (placed === null) return ids.map((id) => ({ id, error: { code: 'notFound', detail: 'to' } }));
  const newUidls = new Map(rows.map(({ uidl }, index) => [uidl, placed[index] ?? uidl]));
  return ids.map((id) => {
    const uidl = uidls.get(id) ?? null;
    const newUidl = uidl === null ? undefined : newUidls.get(uidl);
    if (newUidl !== undefined) return { id, newId: pop3MessageIdOf(newUidl) };
    // It is still listed, so the server would not give it.
    return { id, error: { code: uidl !== null && now.has(uidl) ? 'forbidden' : 'notFound' } };
  });
}

/** Null: there is no such mailbox, so everything stays in its place. */
async function targetOf(account: Pop3Account, to: string): Promise<string | null> {
  return await whereThere(() => mailboxKeyOf(account, to));
}

/** Null: the mailbox is not there, or not any more. */
async function whereThere<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MailError && error.code === 'notFound') return null;
    throw error;
  }
}

import type { ListRequest, MailDriver } from '../../mail/driver.ts';
import { MailError } from '../../mail/errors.ts';
import type { ListFilter, MessageSummary, Page } from '../../mail/model.ts';
import { mailFor } from '../mail-for.ts';
import type { SignedIn } from '../session.ts';
import { patiently } from './patience.ts';

/** What all Inboxes are asked alike. */
export interface InboxesView {
  isAscending: boolean;
  filter?: ListFilter | undefined;
  /** A row for each conversation, in the accounts that know them. */
  collapse: boolean;
}

/** The Inbox of one account, read by windows. */
export interface Source {
  accountId: string;
  /** Throws MailError, and keeps it as `failure`: the others can then be read without this one. */
  read(position: number, limit: number): Promise<Page<MessageSummary>>;
  failure: unknown;
}

export function createSource(
  signedIn: SignedIn,
  accountId: string,
  view: InboxesView,
  signal: AbortSignal | undefined,
): Source {
  const { sessionId } = signedIn;
  let opened: Promise<{ mail: MailDriver; request: Omit<ListRequest, 'position' | 'limit'> }> | undefined;
  const open = async () => {
    const mail = await mailFor(signedIn, accountId);
    const [mailboxId, can] = await Promise.all([inboxOf(mail), mail.capabilities()]);
    const { filter, isAscending } = view;
    if (filter !== undefined && !can.filter.includes(filter))
      throw new MailError('unsupported', 'this account has no such filter', { detail: 'filter' });
    const order = { sort: { property: 'receivedAt' as const, isAscending }, ...(filter ? { filter } : {}) };
    return { mail, request: { mailboxId, ...order, collapse: view.collapse && can.threads } };
  };
  const read = async (position: number, limit: number) => {
    opened ??= open();
    const { mail, request } = await opened;
    return await mail.listMessages({ ...request, position, limit }, signal ? { signal } : {});
  };
  const source: Source = {
    accountId,
    failure: null,
    async read(position, limit) {
      try {
        return await patiently(sessionId, accountId, read(position, limit));
      } catch (error) {
        source.failure ??= error;
        throw error;
      }
    },
  };
  return source;
}

const known = new WeakMap<MailDriver, Promise<string>>();

/** The id of an account's Inbox, asked for once. Throws `notFound` where there is none. */
export function inboxOf(mail: MailDriver): Promise<string> {
  const asked = known.get(mail) ?? findInbox(mail);
  known.set(mail, asked);
  asked.catch(() => known.delete(mail));
  return asked;
}

async function findInbox(mail: MailDriver): Promise<string> {
  const mailboxes = await mail.listMailboxes({ counts: false });
  const inbox = mailboxes.find(({ role }) => role === 'inbox');
  if (inbox === undefined) throw new MailError('notFound', 'an account without an Inbox');
  return inbox.id;
}

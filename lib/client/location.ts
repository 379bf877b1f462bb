import type { ListFilter, SortProperty } from '../mail/model.ts';

/** What is on the screen, as the URL says it: `/mail/{account}/{mailbox}/{message?}?q=&in=&sort=&asc=&filter=`. */
export interface MailLocation {
  accountId: string | null;
  mailboxId: string | null;
  messageId: string | null;
  /** The search as typed; empty: the mailbox itself is shown. */
  query: string;
  /** Where a search looks: everywhere, unless the person narrows it. */
  scope: 'mailbox' | 'account';
  sort: SortProperty;
  isAscending: boolean;
  filter: ListFilter | null;
}

export const emptyLocation: MailLocation = {
  accountId: null,
  mailboxId: null,
  messageId: null,
  query: '',
  scope: 'account',
  sort: 'receivedAt',
  isAscending: false,
  filter: null,
};

const sorts: readonly string[] = ['receivedAt', 'from', 'subject', 'size'] satisfies SortProperty[];
const filters: readonly string[] = ['unread', 'flagged', 'attachment'] satisfies ListFilter[];

/** Reads a path with its query; what it does not know is as in `emptyLocation`. */
export function parseLocation(href: string): MailLocation {
  const url = new URL(href, 'http://localhost');
  const [root, accountId, mailboxId, messageId] = url.pathname.split('/').filter(Boolean).map(decodeSegment);
  if (root !== 'mail') return emptyLocation;
  const search = url.searchParams;
  const sort = search.get('sort') ?? '';
  const filter = search.get('filter') ?? '';
  return {
    accountId: accountId ?? null,
    mailboxId: mailboxId ?? null,
    messageId: messageId ?? null,
    query: search.get('q') ?? '',
    scope: search.get('in') === 'folder' ? 'mailbox' : 'account',
    sort: sorts.includes(sort) ? (sort as SortProperty) : 'receivedAt',
    isAscending: search.get('asc') === '1',
    filter: filters.includes(filter) ? (filter as ListFilter) : null,
  };
}

/** The path and query of a location: what differs from the default, and no more. */
export function formatLocation(location: MailLocation): string {
  const { accountId, mailboxId, messageId } = location;
  const segments = accountId === null ? [] : mailboxId === null ? [accountId] : [accountId, mailboxId, messageId];
  const path = ['/mail', ...segments.filter((segment) => segment !== null).map(encodeURIComponent)].join('/');
  const search = new URLSearchParams();
  if (location.query !== '') {
    search.set('q', location.query);
    if (location.scope === 'mailbox') search.set('in', 'folder');
  }
  if (location.sort !== 'receivedAt') search.set('sort', location.sort);
  if (location.isAscending) search.set('asc', '1');
  if (location.filter !== null) search.set('filter', location.filter);
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

// A path that a person has cut or mistyped must show the inbox, not an error page.
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

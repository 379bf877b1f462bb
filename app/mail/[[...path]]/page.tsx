import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { MailRoot } from '@/components/owners/mail-root';
import { mailPage } from '@/lib/api/mail-page';
import { emptyLocation, formatLocation, parseLocation } from '@/lib/client/location';
import { allAccounts, allInboxes, unitedPage } from '@/lib/client/united/united-id';

interface Props {
  params: Promise<{ path?: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

// The shell writes the title, which changes with every folder; Next would set its own again after it.
export const metadata: Metadata = { title: null };

/** The inbox at any of its addresses. What the first paint needs comes with the document; the rest is the client's. */
export default async function MailPage({ params, searchParams }: Props) {
  const href = hrefOf((await params).path ?? [], await searchParams);
  const location = parseLocation(href);
  const isAll = location.accountId === allAccounts;
  const start = await mailPage(await headers(), {
    ...location,
    isSearch: location.query !== '',
    isUnited: isAll,
  });
  if (start === null) redirect(`/signin?next=${encodeURIComponent(href)}`);
  const isUnited = isAll && start.session.accounts.length > 1;
  const accountId = isUnited ? allAccounts : (start.mailboxes?.accountId ?? start.session.accounts[0]?.id ?? null);
  const page = start.inboxes === undefined ? start.page : unitedPage(start.inboxes);
  const mailboxId = isUnited ? (location.mailboxId ?? allInboxes) : start.mailboxId;
  // A message of an account that is not theirs, or not any more, may be another one here.
  const messageId = location.accountId === null || location.accountId === accountId ? location.messageId : null;
  const shown = { ...emptyLocation, ...location, accountId, mailboxId, messageId };
  const { sort, isAscending, filter } = shown;
  const { isCollapsed } = start;
  const first =
    page === undefined || accountId === null || mailboxId === null
      ? undefined
      : {
          view: { accountId, mailboxId: isUnited ? allInboxes : mailboxId, sort, isAscending, filter, isCollapsed },
          page,
        };
  return (
    <>
      {/* Painted once, with its rows: Chromium shows an empty frame first, and another before the list, each at the cost of the next. */}
      <link rel="expect" href="#mail" blocking="render" />
      <MailRoot
        start={{
          href: formatLocation(shown),
          session: start.session,
          mailboxes: start.mailboxes,
          first,
          drawnAt: Date.now(),
        }}
      />
    </>
  );
}

function hrefOf(path: string[], search: Record<string, string | string[] | undefined>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) if (typeof value === 'string') query.set(key, value);
  const text = query.toString();
  return `/mail/${path.join('/')}${text === '' ? '' : `?${text}`}`;
}

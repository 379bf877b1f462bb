import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { MailRoot } from '@/components/owners/mail-root';
import { mailPage } from '@/lib/api/mail-page';
import { emptyLocation, formatLocation, parseLocation } from '@/lib/client/location';

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
  const start = await mailPage(await headers(), { ...location, isSearch: location.query !== '' });
  if (start === null) redirect(`/signin?next=${encodeURIComponent(href)}`);
  const accountId = start.mailboxes?.accountId ?? start.session.accounts[0]?.id ?? null;
  const shown = { ...emptyLocation, ...location, accountId, mailboxId: start.mailboxId };
  const { sort, isAscending, filter } = shown;
  const { isCollapsed } = start;
  const first =
    start.page === undefined || accountId === null || start.mailboxId === null
      ? undefined
      : { view: { accountId, mailboxId: start.mailboxId, sort, isAscending, filter, isCollapsed }, page: start.page };
  return (
    <MailRoot
      start={{
        href: formatLocation(shown),
        session: start.session,
        mailboxes: start.mailboxes,
        first,
        drawnAt: Date.now(),
      }}
    />
  );
}

function hrefOf(path: string[], search: Record<string, string | string[] | undefined>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) if (typeof value === 'string') query.set(key, value);
  const text = query.toString();
  return `/mail/${path.join('/')}${text === '' ? '' : `?${text}`}`;
}

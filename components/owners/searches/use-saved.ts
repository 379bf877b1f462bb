'use client';

import { useMail } from '@/lib/client/app/context';
import { useAccount, useMailboxes, useSession, useSettings } from '@/lib/client/app/hooks';
import type { MailLocation } from '@/lib/client/location';
import { placeOfSaved } from '@/lib/client/searches/saved';
import type { SavedSearch } from '@/lib/contract/answers';

/** The kept searches of the accounts that are there. */
export function useSavedSearches(): SavedSearch[] {
  const { accounts } = useSession();
  const { searches } = useSettings();
  return searches.filter(({ accountId }) =>
    accountId === null ? accounts.length > 1 : accounts.some(({ id }) => id === accountId),
  );
}

/** Where a kept search leads, and the way there; null until the folders of its account are known. */
export function useSavedPlace(saved: SavedSearch): { place: MailLocation; go: () => void } | null {
  const app = useMail();
  const open = useAccount();
  const { mailboxes } = useMailboxes(saved.accountId ?? open.id);
  const inbox = mailboxes?.find(({ role }) => role === 'inbox');
  if (mailboxes === undefined || inbox === undefined) return null;
  const place = placeOfSaved(saved, { inboxId: inbox.id, mailboxIds: mailboxes.map(({ id }) => id) });
  const go = () => {
    app.drawer.set(false);
    app.navigation.go(place);
  };
  return { place, go };
}

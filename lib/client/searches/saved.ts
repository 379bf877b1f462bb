import type { SavedSearch } from '../../contract/answers.ts';
import { emptyLocation, type MailLocation } from '../location.ts';
import { allAccounts, allInboxes } from '../united/united-id.ts';

/** As many searches as a person can keep. */
export const maxSearches = 50;

/** The search of this place, under a name. Throws where nothing is searched for. */
export function savedFrom({ query, scope, accountId, mailboxId }: MailLocation, name: string): SavedSearch {
  if (query === '') throw new Error('nothing is searched for');
  const isOfAll = accountId === allAccounts;
  return {
    id: crypto.randomUUID(),
    name: name.trim(),
    query,
    accountId: isOfAll ? null : accountId,
    mailboxId: isOfAll || scope === 'account' ? null : mailboxId,
  };
}

/** Where a kept search looks, from the Inbox of its account; in all folders where its own has gone. */
export function placeOfSaved(
  { query, accountId, mailboxId }: SavedSearch,
  { inboxId, mailboxIds }: { inboxId: string; mailboxIds: readonly string[] },
): MailLocation {
  if (accountId === null) return { ...emptyLocation, query, accountId: allAccounts, mailboxId: allInboxes };
  const isThere = mailboxId !== null && mailboxIds.includes(mailboxId);
  return {
    ...emptyLocation,
    query,
    accountId,
    mailboxId: isThere ? mailboxId : inboxId,
    scope: isThere ? 'mailbox' : 'account',
  };
}

/** Whether what is shown is this search. */
export const isShownSaved = (saved: SavedSearch, { query, scope, accountId, mailboxId }: MailLocation): boolean =>
  saved.query === query &&
  (saved.accountId ?? allAccounts) === accountId &&
  (saved.accountId === null || saved.mailboxId === (scope === 'account' ? null : mailboxId));

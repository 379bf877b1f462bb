import type { MailApp } from '@/lib/client/app/mail-app';
import type { MailLocation } from '@/lib/client/location';
import { allAccounts, allInboxes, ownOf, unitedId } from '@/lib/client/united/united-id';
import type { SearchedIn } from './search-scope';

/** The folder from which a search of all accounts was begun; null: all Inboxes, or it is of one account. */
export function originOf({ accountId, mailboxId }: MailLocation): { accountId: string; mailboxId: string } | null {
  if (accountId !== allAccounts || mailboxId === null || mailboxId === allInboxes) return null;
  const own = ownOf(mailboxId, '');
  return { accountId: own.accountId, mailboxId: own.id };
}

/** Back to what was listed before the search. */
export function leaveSearch(app: MailApp): void {
  const origin = originOf(app.navigation.get());
  app.navigation.go({ query: '', scope: 'account', messageId: null, ...origin });
}

/** Searches elsewhere, for what is searched for already or was just typed. */
export function searchIn(app: MailApp, where: SearchedIn, typed: string): void {
  const location = app.navigation.get();
  const { accountId, mailboxId } = originOf(location) ?? location;
  const query = typed === '' ? location.query : typed;
  const narrowed = { messageId: null, filter: null, query };
  if (where !== 'accounts') app.navigation.go({ ...narrowed, accountId, mailboxId, scope: where });
  else if (accountId !== allAccounts && accountId !== null && mailboxId !== null)
    app.navigation.go({
      ...narrowed,
      accountId: allAccounts,
      mailboxId: unitedId(accountId, mailboxId),
      scope: 'account',
    });
}

import type { FoundServers } from '../../contract/mail-servers.ts';
import type { Account, InputOf } from '../../contract/operations.ts';
import { openRoute } from '../api.ts';

/** What is done with the accounts themselves: only the settings do it, so that their routes are loaded with them. */
const path = (accountId: string) => `/api/accounts/${encodeURIComponent(accountId)}`;

/** Throws `passwordRefused` where the mail server does not accept the login; see `addAccount` of the contract. */
export async function addAccount(body: InputOf<'addAccount', 'body'>): Promise<Account> {
  const response = await openRoute({ method: 'post', path: '/api/accounts' }, { body });
  return (await response.json()) as Account;
}

/** Where the mail of an address is; others are asked only where `asksOutside` says so. See `findServers` of the contract. */
export async function findServers(body: InputOf<'findServers', 'body'>): Promise<FoundServers> {
  const response = await openRoute({ method: 'post', path: '/api/mail-servers' }, { body });
  return (await response.json()) as FoundServers;
}

export async function updateAccount(accountId: string, body: InputOf<'updateAccount', 'body'>): Promise<void> {
  await openRoute({ method: 'patch', path: path(accountId) }, { body });
}

export async function removeAccount(accountId: string): Promise<void> {
  await openRoute({ method: 'delete', path: path(accountId) }, {});
}

import type { Identity } from '../../contract/identities.ts';
import type { Session } from '../../contract/operations.ts';
import type { EmailAddress } from '../../mail/model.ts';
import type { ComposeStart } from './panels.ts';

/** The addresses that are the person's own, in lower case. */
export const ownEmailsOf = ({ accounts }: Session): string[] => accounts.map(({ username }) => username.toLowerCase());

/** Who writes: the identity where one is known, else the address of the account, with the name that the message which is answered knew them by. */
export function senderOf(
  { accounts, username }: Session,
  accountId: string,
  start: ComposeStart,
  ownEmails: readonly string[],
  identity: Identity | null,
): EmailAddress {
  if (identity !== null) return { name: identity.name || null, email: identity.email };
  const email = accounts.find(({ id }) => id === accountId)?.username ?? username;
  if (!('message' in start)) return { name: null, email };
  const { from, to, cc } = start.message;
  const known = [...to, ...cc, ...from].find(
    (one) => one.email.toLowerCase() === email.toLowerCase() && ownEmails.includes(one.email.toLowerCase()),
  );
  const name = known?.name ?? null;
  return { name: name === null || name.includes('@') ? null : name, email };
}

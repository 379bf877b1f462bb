import { accountLimits } from '../../contract/accounts.ts';
import { asMailError, MailError } from '../../mail/errors.ts';
import { accountIdOf } from '../../store/account.ts';
import { keepPersonAccount } from '../../store/person-account.ts';
import { addToSession } from '../../store/session.ts';
import { config } from '../config.ts';
import { closeDriver } from '../drivers.ts';
import { type Credentials, chooseServer, verifyThrottled } from '../login.ts';
import { passwordOf } from '../mail-for.ts';
import { firstAccountId, forgetKnown, halfOf, type SignedIn } from '../session.ts';
import { store } from '../store.ts';
import { sealSecret } from '../vault.ts';
import { ownerKey } from './key.ts';

/**
 * Adds an account to the person's, once its mail server has accepted the login; one that is there gets the new password.
 * Returns its id. Throws `throttled` before the server is asked, `passwordRefused` where it does not accept the login,
 * `conflict` for the account that signed in, `tooLarge` beyond the limit.
 */
export async function addAccount(signedIn: SignedIn, login: Credentials, address: string): Promise<string> {
  const server = chooseServer(login.username, login.protocol);
  const protocol = server.protocol === 'pop3' ? 'pop3' : 'imap';
  const { username, password } = login;
  await verifyThrottled(server, { username, password }, address).catch((error: unknown) => {
    const told = asMailError(error);
    if (told.code !== 'unauthenticated') throw told;
    throw new MailError('passwordRefused', 'the mail server does not accept this login', { cause: told });
  });
  const opened = await store();
  const { host, port } = server;
  const accountId = await accountIdOf(opened, { protocol, host, port, username });
  const ownerId = firstAccountId(signedIn);
  if (accountId === ownerId) throw new MailError('conflict', 'the account that signed in', { detail: 'username' });

  const key = await ownerKey(ownerId, await passwordOf(signedIn, ownerId));
  await keepPersonAccount(opened, { ownerId, accountId }, key.seal(accountId, password), accountLimits.accounts);
  const place = { sessionId: signedIn.sessionId, accountId };
  const halves = { authSecret: config().authSecret, half: halfOf(signedIn) };
  await addToSession(opened, place, sealSecret(password, halves, place));
  // What was opened with the password of before would go on with it.
  await closeDriver(place);
  forgetKnown(signedIn.sessionId);
  return accountId;
}

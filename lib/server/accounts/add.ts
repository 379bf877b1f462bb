import { accountLimits } from '../../contract/accounts.ts';
import type { MailLogin, ServerUrl } from '../../mail/driver.ts';
import { asMailError, MailError } from '../../mail/errors.ts';
import { accountIdOf, keepServers } from '../../store/account.ts';
import { keepPersonAccount } from '../../store/person-account.ts';
import { addToSession } from '../../store/session.ts';
import { config } from '../config.ts';
import { closeDriver } from '../drivers.ts';
import { verifyThrottled } from '../login.ts';
import { passwordOf } from '../mail-for.ts';
import { firstAccountId, forgetKnown, halfOf, type SignedIn } from '../session.ts';
import { store } from '../store.ts';
import { countOutside } from '../throttle.ts';
import { sealSecret } from '../vault.ts';
import { ownerKey } from './key.ts';
import { type NewAccount, serversOf } from './servers.ts';

/**
 * Adds an account to the person's, once its mail server has accepted the login, and its submission server where the person
 * has chosen them; one that is there gets the new password. Returns its id. Throws `throttled` before a server is asked,
 * `passwordRefused` where one does not accept the login, `conflict` for the account that signed in, `tooLarge` beyond the
 * limit, and as `chosenServer` does. What the submission server says has the detail `smtp`.
 */
export async function addAccount(signedIn: SignedIn, wanted: NewAccount, address: string): Promise<string> {
  const ownerId = firstAccountId(signedIn);
  const { server, smtp, chosen } = serversOf(signedIn, wanted);
  const { username, password } = wanted;
  if (server.lookup !== undefined) await countOutside(ownerId);
  await verify(server, { username, password }, address);
  if (smtp !== null) await verify(smtp, { username, password }, address);
  const opened = await store();
  const { host, port } = server;
  const protocol = server.protocol === 'pop3' ? 'pop3' : 'imap';
  const accountId = await accountIdOf(opened, { protocol, host, port, username });
  if (accountId === ownerId) throw new MailError('conflict', 'the account that signed in', { detail: 'username' });
  if (chosen !== null) await keepServers(opened, accountId, chosen);

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

async function verify(server: ServerUrl, login: MailLogin, address: string): Promise<void> {
  await verifyThrottled(server, login, address).catch((error: unknown) => {
    const { code, message, detail, serverText, retryAfterMs } = asMailError(error);
    const about = server.protocol === 'smtp' ? 'smtp' : detail;
    throw new MailError(code === 'unauthenticated' ? 'passwordRefused' : code, message, {
      cause: error,
      ...(about === undefined ? {} : { detail: about }),
      ...(serverText === undefined ? {} : { serverText }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  });
}

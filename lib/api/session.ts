import packageJson from '../../package.json' with { type: 'json' };
import type { Account, Session } from '../contract/operations.ts';
import { asMailError } from '../mail/errors.ts';
import { type AccountPlace, canSend } from '../server/account-servers.ts';
import { ofAccount } from '../server/accounts/refused-password.ts';
import { config } from '../server/config.ts';
import { inTime } from '../server/in-time.ts';
import { log } from '../server/log.ts';
import { mailFor } from '../server/mail-for.ts';
import type { SignedIn } from '../server/session.ts';
import { readSettings } from '../server/settings.ts';

export { endSession, listSessions } from '../server/session.ts';
export { readSettings, updateSettings } from '../server/settings.ts';

/** A mail server that is slow to answer must not keep the whole inbox from being painted. */
const patienceMs = 4_000;

/**
 * Who is signed in. An account whose server does not answer in time has a `problem` in place of its capabilities; those that
 * were added are waited for `othersWaitMs`.
 */
export async function describeSession(signedIn: SignedIn, othersWaitMs = patienceMs): Promise<Session> {
  const [settings, accounts] = await Promise.all([
    readSettings(signedIn),
    Promise.all(
      signedIn.accounts.map((account, at) => describeAccount(signedIn, account, at === 0 ? patienceMs : othersWaitMs)),
    ),
  ]);
  const remoteImages = config().remoteImages.policy;
  return { username: signedIn.username, accounts, settings, remoteImages, productVersion: packageJson.version };
}

/** An account with what it can do; with a `problem` in place of that where its server does not answer in time. */
export async function describeAccount(
  signedIn: SignedIn,
  account: SignedIn['accounts'][number],
  waitMs = patienceMs,
): Promise<Account> {
  const { place, address: _, ...told } = account;
  const { id } = told;
  try {
    const opened = mailFor(signedIn, id).then((mail) => mail.capabilities());
    const capabilities = await inTime(opened, waitMs);
    return { ...told, sending: sendingOf(place), capabilities };
  } catch (error) {
    const { code } = asMailError(ofAccount(error, signedIn, id));
    log.warn({ accountId: id, code, err: error }, 'an account does not tell what it can do');
    return { ...told, sending: sendingOf(place), capabilities: null, problem: code };
  }
}

function sendingOf(place: AccountPlace): Account['sending'] {
  const { maxMessageBytes, sendFrom } = config();
  return canSend(place) ? { maxBytes: maxMessageBytes, from: sendFrom } : null;
}

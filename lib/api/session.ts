import packageJson from '../../package.json' with { type: 'json' };
import type { Account, Session } from '../contract/operations.ts';
import { asMailError, MailError } from '../mail/errors.ts';
import { config } from '../server/config.ts';
import { log } from '../server/log.ts';
import { mailFor } from '../server/mail-for.ts';
import { serversFor } from '../server/mail-servers.ts';
import type { SignedIn } from '../server/session.ts';
import { readSettings } from '../server/settings.ts';

export { endSession, listSessions } from '../server/session.ts';
export { readSettings, updateSettings } from '../server/settings.ts';

/** A mail server that is slow to answer must not keep the whole inbox from being painted. */
const patienceMs = 4_000;

/** Who is signed in. An account whose server does not answer in time has a `problem` in place of its capabilities. */
export async function describeSession(signedIn: SignedIn): Promise<Session> {
  const [settings, accounts] = await Promise.all([
    readSettings(signedIn),
    Promise.all(signedIn.accounts.map((account) => describeAccount(signedIn, account))),
  ]);
  const remoteImages = config().remoteImages.policy;
  return { username: signedIn.username, accounts, settings, remoteImages, productVersion: packageJson.version };
}

async function describeAccount(signedIn: SignedIn, account: SignedIn['accounts'][number]): Promise<Account> {
  const { id, username, protocol, host } = account;
  try {
    const capabilities = await inTime(mailFor(signedIn, id).then((mail) => mail.capabilities()));
    return { id, username, protocol, host, sending: sendingOf(username), capabilities };
  } catch (error) {
    const { code } = asMailError(error);
    log.warn({ accountId: id, code, err: error }, 'an account does not tell what it can do');
    return { id, username, protocol, host, sending: sendingOf(username), capabilities: null, problem: code };
  }
}

function sendingOf(username: string): Account['sending'] {
  const { servers, maxMessageBytes, sendFrom } = config();
  return serversFor(servers, username).smtp === null ? null : { maxBytes: maxMessageBytes, from: sendFrom };
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new MailError('timeout', 'the mail server is slow to answer')), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

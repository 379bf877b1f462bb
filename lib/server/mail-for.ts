import type { MailDriver, MailLogin, ServerUrl } from '../mail/driver.ts';
import { MailError } from '../mail/errors.ts';
import { openMail } from '../mail/open.ts';
import { createCollectionStore } from '../store/collection.ts';
import { createMailboxStore } from '../store/maildrop/mailboxes.ts';
import { createMaildropStore } from '../store/maildrop.ts';
import { readSealedSecret } from '../store/session.ts';
import { serverOf } from './account-servers.ts';
import { config } from './config.ts';
import { contents } from './contents.ts';
import { sharedDriver } from './drivers.ts';
import { log } from './log.ts';
import { halfOf, type SignedIn } from './session.ts';
import { store } from './store.ts';
import { openSecret, type SecretPlace } from './vault.ts';

/**
 * The mail of one of the person's accounts, over connections that stay open between requests. Throws `notFound` for an
 * account that is not this session's, `unauthenticated` when its kept password cannot be opened.
 */
export async function mailFor(signedIn: SignedIn, accountId: string): Promise<MailDriver> {
  if (!signedIn.accounts.some((account) => account.id === accountId)) throw notTheirs(accountId);
  return await sharedDriver({ sessionId: signedIn.sessionId, accountId }, () => open(signedIn, accountId));
}

async function open(signedIn: SignedIn, accountId: string): Promise<MailDriver> {
  const { key, row, password } = await unsealed(signedIn, accountId);
  return openAccount(key, serverOf(row), { username: row.username, password });
}

/** The mail password of one of the person's accounts. Throws `unauthenticated` when it cannot be opened. */
export const passwordOf = async (signedIn: SignedIn, accountId: string): Promise<string> =>
  (await unsealed(signedIn, accountId)).password;

async function unsealed(signedIn: SignedIn, accountId: string) {
  const key = { sessionId: signedIn.sessionId, accountId };
  const row = await readSealedSecret(await store(), key);
  if (row === null) throw notTheirs(accountId);
  const half = halfOf(signedIn);
  const password = openSecret(Buffer.from(row.sealed_secret), { authSecret: config().authSecret, half }, key);
  return { key, row, password };
}

/** The driver of a login, with this installation's limits and log. */
export function openAccount(key: SecretPlace, server: ServerUrl, login: MailLogin): MailDriver {
  return openMail({
    key,
    server,
    login,
    limits: config().pool,
    pop3: {
      maildrop: createMaildropStore(store),
      mailboxes: createMailboxStore(store),
      contents: contents(),
      collection: createCollectionStore(store),
    },
    log: ({ level, msg, error }) => log[loudness(level)]({ accountId: key.accountId, err: error }, msg),
  });
}

/** What goes wrong on the way to a mail server is a warning: whether a request failed by it, the request's own line tells. */
const loudness = (level: string) => (['warn', 'error', 'fatal'].includes(level) ? 'warn' : 'debug');

const notTheirs = (accountId: string) =>
  new MailError('notFound', 'not an account of this session', { detail: accountId });

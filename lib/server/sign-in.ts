import { randomBytes } from 'node:crypto';
import { credentials } from '../contract/accounts.ts';
import type { MailLogin, ServerUrl } from '../mail/driver.ts';
import { asMailError, MailError } from '../mail/errors.ts';
import { accountIdOf } from '../store/account.ts';
import { createSession } from '../store/session.ts';
import { openAdded } from './accounts/open-added.ts';
import { config } from './config.ts';
import type { SignInToken } from './cookie.ts';
import { sharedDriver } from './drivers.ts';
import { rememberOrigin } from './known-address.ts';
import { log } from './log.ts';
import { chooseServer, verifyThrottled } from './login.ts';
import { openAccount } from './mail-for.ts';
import { metrics } from './metrics.ts';
import { endOldestSessions } from './session-limit.ts';
import { store } from './store.ts';
import { createHalf, sealSecret } from './vault.ts';

/** What the sign-in form sends; a protocol that there is not is as none. */
const credentialsShape = credentials.extend({ protocol: credentials.shape.protocol.catch(undefined) });

/**
 * Signs in to the mail server and keeps the sign-in. Throws `throttled` before the server is asked, `invalid` for
 * fields that cannot be a login, and what the server or the way to it said: `unauthenticated`, `unreachable`,
 * `certificate`, `insecure`, `timeout`…
 */
export async function signIn(fields: unknown, client: { address: string; userAgent: string }): Promise<SignInToken> {
  const startedMs = performance.now();
  let protocol = 'unknown';
  try {
    const { username, password, protocol: wanted } = parseCredentials(fields);
    const server = chooseServer(username, wanted);
    protocol = server.protocol;
    await verifyThrottled(server, { username, password }, client.address);
    const kept = await keepSignIn(server, { username, password }, client.userAgent);
    // The session is there: what is kept beside it must not refuse a right password.
    await openAdded(kept, kept.accountId, password).catch(noted('the added accounts of a person were not opened'));
    await endOldestSessions(kept.accountId).catch(noted('the oldest sign-ins of a person were not ended'));
    await rememberOrigin({ login: username, address: client.address }, kept.accountId).catch(
      noted('the network of a sign-in was not remembered'),
    );
    told('ok');
    warmUp(kept, server, { username, password });
    return { sessionId: kept.sessionId, half: kept.half };
  } catch (error) {
    const mailError = asMailError(error);
    told(mailError.code, mailError);
    throw mailError;
  }

  function told(outcome: string, error?: MailError): void {
    metrics.signIns.inc({ protocol, outcome });
    const event = { protocol, outcome, address: client.address, durationMs: Math.round(performance.now() - startedMs) };
    if (error === undefined) log.info(event, 'signed in');
    // A refused password is the person's affair; the way to the mail server is the admin's, who needs the cause.
    else log.warn(everyday.has(error.code) ? event : { ...event, err: error }, 'sign-in refused');
  }
}

const everyday: ReadonlySet<string> = new Set(['unauthenticated', 'throttled', 'invalid', 'unsupported']);

function parseCredentials(fields: unknown) {
  const parsed = credentialsShape.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw new MailError('invalid', 'these fields cannot be a login', { detail: String(parsed.error.issues[0]?.path[0]) });
}

async function keepSignIn(
  server: ServerUrl,
  { username, password }: MailLogin,
  userAgent: string,
): Promise<SignInToken & { accountId: string }> {
  const opened = await store();
  const accountId = await accountIdOf(opened, {
    protocol: server.protocol === 'pop3' ? 'pop3' : 'imap',
    host: server.host,
    port: server.port,
    username,
  });
  const token = { sessionId: randomBytes(24).toString('base64url'), half: createHalf(), accountId };
  const now = Date.now();
  await createSession(
    opened,
    {
      id: token.sessionId,
      account_id: accountId,
      user_agent: userAgent.slice(0, 300),
      created_at_ms: now,
      last_seen_at_ms: now,
      expires_at_ms: now + config().sessionMaxAgeMs,
    },
    sealSecret(
      password,
      { authSecret: config().authSecret, half: token.half },
      { sessionId: token.sessionId, accountId },
    ),
  );
  return token;
}

/** Opens the account while the browser still loads its first page, so that the first list finds a connection. */
function warmUp(key: { sessionId: string; accountId: string }, server: ServerUrl, login: MailLogin): void {
  sharedDriver(key, async () => openAccount(key, server, login))
    .then((driver) => driver.capabilities())
    .catch((error: unknown) => log.debug({ err: error }, 'an account could not be opened ahead of its first request'));
}

const noted = (sentence: string) => (error: unknown) => void log.error({ err: error }, sentence);

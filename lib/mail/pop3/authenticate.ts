import { createHash } from 'node:crypto';
import type { MailLogin, SecretKind } from '../driver.ts';
import { MailError } from '../errors.ts';
import type { ServerCapabilities } from './capabilities.ts';
import type { Answer, Exchange } from './exchange.ts';
import { authBy, type Mechanism } from './sasl.ts';

/** What is known when the time has come to sign in. */
export interface SignIn {
  exchange: Exchange;
  capabilities: ServerCapabilities;
  greeting: string;
  /** The wire is encrypted. */
  isSecure: boolean;
  login: MailLogin;
  secretIs: SecretKind;
}

/** How a session was signed in: for the account page. */
export type SignInMethod = Mechanism | 'APOP' | 'USER/PASS';

/**
 * Signs in and gives how. Over TLS by SASL PLAIN or LOGIN (RFC 5034) where offered, else USER and PASS (RFC 1939 §7), else by a
 * digest. On a plain wire, which the admin allowed, the digests CRAM-MD5 and APOP go first. Where the secret is an access
 * token, by OAUTHBEARER or XOAUTH2 alone. The caller has seen to the wire being safe, and to the login by checkLogin.
 * Throws `unauthenticated` with the server's words, `unsupported` where a token is not taken, or what a response code says.
 */
export async function authenticate(signIn: SignIn): Promise<SignInMethod> {
  if (signIn.secretIs === 'token') return giveToken(signIn);
  const { words, isKnown, sasl } = signIn.capabilities;
  const hasPlain = !isKnown || words.has('USER') || plainMechanisms.some((name) => sasl.includes(name));
  const digests = digestsOf(signIn);
  // Over TLS a digest protects nothing, and servers that greet with a timestamp may know no secret for it (Mailutils).
  if (digests.length === 0 || (signIn.isSecure && hasPlain)) return givePassword(signIn);
  let refused: MailError | null = null;
  for (const { method, give } of digests) {
    const failure = await refusalBy(give);
    if (failure === null) return method;
    refused ??= failure;
  }
  if (!hasPlain && refused) throw refused;
  try {
    return await givePassword(signIn);
  } catch (error) {
    // Hung up on after the refusal: that refusal was the answer.
    if (error instanceof MailError && error.code === 'unreachable' && refused?.code === 'unauthenticated')
      throw refused;
    throw error;
  }
}

const plainMechanisms = ['PLAIN', 'LOGIN'] as const;
const tokenMechanisms = ['OAUTHBEARER', 'XOAUTH2'] as const;

async function giveToken({ capabilities, exchange, login }: SignIn): Promise<SignInMethod> {
  const mechanism = tokenMechanisms.find((name) => capabilities.sasl.includes(name));
  if (mechanism === undefined) throw new MailError('unsupported', 'the server takes no access tokens');
  await authBy(mechanism, exchange, login);
  return mechanism;
}

async function givePassword({ capabilities, exchange, login }: SignIn): Promise<SignInMethod> {
  const mechanism = plainMechanisms.find((name) => capabilities.sasl.includes(name));
  if (mechanism === undefined) return userPass(exchange, login);
  await authBy(mechanism, exchange, login);
  return mechanism;
}

/** The ways that do not send the password itself. */
function digestsOf({ capabilities, exchange, greeting, login }: SignIn) {
  const ways: { method: SignInMethod; give: () => Promise<void> }[] = [];
  if (capabilities.sasl.includes('CRAM-MD5')) {
    ways.push({ method: 'CRAM-MD5', give: () => authBy('CRAM-MD5', exchange, login) });
  }
  const timestamp = timestampOf(greeting);
  if (timestamp !== null) ways.push({ method: 'APOP', give: () => apop(exchange, login, timestamp) });
  return ways;
}

/** Null when signed in, else why not: many servers announce a digest and know no secret for it. */
async function refusalBy(give: () => Promise<void>): Promise<MailError | null> {
  try {
    await give();
    return null;
  } catch (error) {
    if (error instanceof MailError && error.code === 'unauthenticated') return error;
    throw error;
  }
}

/** Throws `invalid` for a login that would end a command line early or is empty: before there is a connection. */
export function checkLogin({ username, password }: MailLogin): void {
  const fault =
    username === '' || /[\r\n\0]/.test(username) ? 'username' : /[\r\n\0]/.test(password) ? 'password' : null;
  if (fault !== null) throw new MailError('invalid', 'control characters in a login, or no name', { detail: fault });
}

async function apop(exchange: Exchange, { username, password }: MailLogin, timestamp: string): Promise<void> {
  const digest = createHash('md5').update(`${timestamp}${password}`, 'utf8').digest('hex');
  done(await exchange.send(`APOP ${username} ${digest}`, { kind: 'none' }, 'login'));
}

async function userPass(exchange: Exchange, { username, password }: MailLogin): Promise<SignInMethod> {
  done(await exchange.send(`USER ${username}`, { kind: 'none' }, 'login'));
  done(await exchange.send(`PASS ${password}`, { kind: 'none' }, 'login'));
  return 'USER/PASS';
}

/** An RFC 5322 msg-id and nothing looser: a chosen challenge could otherwise be made to reveal the secret (CVE-2007-1558). */
function timestampOf(greeting: string): string | null {
  return /<[\x21-\x3b\x3d\x3f\x41-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+>/.exec(greeting)?.[0] ?? null;
}

function done(answer: Answer): void {
  if (answer.status.kind !== 'ok') throw new MailError('protocol', 'the server asked for more than the sign-in has');
}

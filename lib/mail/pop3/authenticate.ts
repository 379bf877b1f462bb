import { createHash } from 'node:crypto';
import type { MailLogin } from '../driver.ts';
import { MailError } from '../errors.ts';
import type { ServerCapabilities } from './capabilities.ts';
import type { Answer, Exchange } from './exchange.ts';

/** What is known when the time has come to sign in. */
export interface SignIn {
  exchange: Exchange;
  capabilities: ServerCapabilities;
  greeting: string;
  /** The wire is encrypted. */
  isSecure: boolean;
  login: MailLogin;
}

/** RFC 2449 §4: a command line has 255 bytes at most, its CRLF included. */
const maxCommandBytes = 255;
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/**
 * Signs in. Over TLS by SASL PLAIN or LOGIN (RFC 5034) where offered, else USER and PASS (RFC 1939 §7). On a plain wire,
 * which the admin allowed, APOP goes first where the greeting has a timestamp. The caller has seen to the wire being safe,
 * and to the login by checkLogin. Throws `unauthenticated` with the server's words, or what a response code says.
 */
export async function authenticate(signIn: SignIn): Promise<void> {
  const timestamp = timestampOf(signIn.greeting);
  const { words, isKnown } = signIn.capabilities;
  const hasPlain = !isKnown || words.has('USER') || signIn.capabilities.sasl.some((name) => plainMechanisms.has(name));
  // Over TLS a digest protects nothing, and servers that greet with a timestamp may know no secret for it (Mailutils).
  if (timestamp === null || (signIn.isSecure && hasPlain)) return givePassword(signIn);
  const refused = await apop(signIn, timestamp);
  if (refused === null) return;
  if (!hasPlain) throw refused;
  try {
    await givePassword(signIn);
  } catch (error) {
    // Hung up on after the refusal: that refusal was the answer.
    if (error instanceof MailError && error.code === 'unreachable' && refused.code === 'unauthenticated') throw refused;
    throw error;
  }
}

const plainMechanisms = new Set(['PLAIN', 'LOGIN']);

async function givePassword(signIn: SignIn): Promise<void> {
  if (signIn.capabilities.sasl.includes('PLAIN')) return authPlain(signIn);
  if (signIn.capabilities.sasl.includes('LOGIN')) return authLogin(signIn);
  return userPass(signIn);
}

/** Throws `invalid` for a login that would end a command line early or is empty: before there is a connection. */
export function checkLogin({ username, password }: MailLogin): void {
  const fault =
    username === '' || /[\r\n\0]/.test(username) ? 'username' : /[\r\n\0]/.test(password) ? 'password' : null;
  if (fault !== null) throw new MailError('invalid', 'control characters in a login, or no name', { detail: fault });
}

async function authPlain({ exchange, login }: SignIn): Promise<void> {
  const response = base64(`\0${login.username}\0${login.password}`);
  const line = `AUTH PLAIN ${response}`;
  if (line.length + 2 <= maxCommandBytes) return done(await exchange.send(line, { kind: 'none' }, 'login'));
  wanted(await exchange.send('AUTH PLAIN', { kind: 'none' }, 'login'));
  done(await exchange.send(response, { kind: 'none' }, 'login'));
}

async function authLogin({ exchange, login }: SignIn): Promise<void> {
  wanted(await exchange.send('AUTH LOGIN', { kind: 'none' }, 'login'));
  wanted(await exchange.send(base64(login.username), { kind: 'none' }, 'login'));
  done(await exchange.send(base64(login.password), { kind: 'none' }, 'login'));
}

/** Null when signed in, else why not: many servers greet with a timestamp and know no APOP, or no secret for it. */
async function apop({ exchange, login }: SignIn, timestamp: string): Promise<MailError | null> {
  const digest = createHash('md5').update(`${timestamp}${login.password}`, 'utf8').digest('hex');
  try {
    done(await exchange.send(`APOP ${login.username} ${digest}`, { kind: 'none' }, 'login'));
    return null;
  } catch (error) {
    if (error instanceof MailError && error.code === 'unauthenticated') return error;
    throw error;
  }
}

async function userPass({ exchange, login }: SignIn): Promise<void> {
  done(await exchange.send(`USER ${login.username}`, { kind: 'none' }, 'login'));
  done(await exchange.send(`PASS ${login.password}`, { kind: 'none' }, 'login'));
}

/** An RFC 5322 msg-id and nothing looser: a chosen challenge could otherwise be made to reveal the secret (CVE-2007-1558). */
function timestampOf(greeting: string): string | null {
  return /<[\x21-\x3b\x3d\x3f\x41-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+>/.exec(greeting)?.[0] ?? null;
}

function wanted(answer: Answer): void {
  if (answer.status.kind !== 'continuation') throw new MailError('protocol', 'the server broke off the sign-in');
}

function done(answer: Answer): void {
  if (answer.status.kind !== 'ok') throw new MailError('protocol', 'the server asked for more than the sign-in has');
}

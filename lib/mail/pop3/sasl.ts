import { createHmac } from 'node:crypto';
import type { MailLogin } from '../driver.ts';
import { MailError } from '../errors.ts';
import type { Exchange } from './exchange.ts';

/** The SASL mechanisms that we know, none of which needs more than the password or token. */
export type Mechanism = 'PLAIN' | 'LOGIN' | 'CRAM-MD5' | 'XOAUTH2' | 'OAUTHBEARER';

/** What a client says: at once, or null where the server speaks first; then an answer to each challenge. */
interface Speech {
  initial: string | null;
  answer(challenge: string, round: number): string;
}

/** RFC 2449 §4: a command line has 255 bytes at most, its CRLF included. */
const maxCommandBytes = 255;
/** No mechanism here takes more; a server that goes on asking is not let go on for ever. */
const maxRounds = 4;
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** Signs in by AUTH (RFC 5034 §4). Throws `unauthenticated` with the server's words, `protocol` for a talk that does not end. */
export async function authBy(mechanism: Mechanism, exchange: Exchange, login: MailLogin): Promise<void> {
  const { initial, answer } = speeches[mechanism](login);
  const say = (line: string) => exchange.send(line, { kind: 'none' }, 'login');
  const whole = `AUTH ${mechanism} ${initial === null ? '' : base64(initial)}`;
  const fits = initial !== null && whole.length + 2 <= maxCommandBytes;
  let said = await say(fits ? whole : `AUTH ${mechanism}`);
  // An initial response that would be too long for one line answers the first, empty challenge.
  if (said.status.kind === 'continuation' && !fits && initial !== null) said = await say(base64(initial));
  for (let round = 0; said.status.kind === 'continuation'; round += 1) {
    if (round === maxRounds) throw new MailError('protocol', 'the server asked for more than the sign-in has');
    said = await say(base64(answer(Buffer.from(said.status.text, 'base64').toString('utf8'), round)));
  }
  if (said.status.kind !== 'ok') throw new MailError('protocol', 'the server broke off the sign-in');
}

const speeches: Record<Mechanism, (login: MailLogin) => Speech> = {
  /** RFC 4616. */
  PLAIN: ({ username, password }) => ({ initial: `\0${username}\0${password}`, answer: nothingMore }),
  LOGIN: ({ username, password }) => ({
    initial: null,
    answer: (_, round) => (round === 0 ? username : round === 1 ? password : nothingMore()),
  }),
  /** RFC 2195 §2. */
  'CRAM-MD5': ({ username, password }) => ({
    initial: null,
    answer: (challenge, round) =>
      round === 0
        ? `${username} ${createHmac('md5', password).update(challenge, 'utf8').digest('hex')}`
        : nothingMore(),
  }),
  /** A refusal comes as a challenge, which wants an empty answer before the -ERR. */
  XOAUTH2: ({ username, password }) => ({
    initial: `user=${username}\x01auth=Bearer ${password}\x01\x01`,
    answer: (_, round) => (round === 0 ? '' : nothingMore()),
  }),
  /** RFC 7628 §3.1; §3.2.3 has a refusal answered by a single control-A. */
  OAUTHBEARER: ({ username, password }) => ({
    initial: `n,a=${username.replaceAll('=', '=3D').replaceAll(',', '=2C')},\x01auth=Bearer ${password}\x01\x01`,
    answer: (_, round) => (round === 0 ? '\x01' : nothingMore()),
  }),
};

function nothingMore(): never {
  throw new MailError('protocol', 'the server asked for more than the sign-in has');
}

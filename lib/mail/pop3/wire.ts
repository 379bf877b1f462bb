import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import Pop3Command from 'node-pop3';
import type { MailLogin, ServerUrl } from '../driver.ts';
import { MailError } from '../errors.ts';
import type { ConnectionTrace } from '../trace/trace.ts';
import { authenticate, checkLogin, type SignIn, type SignInMethod } from './authenticate.ts';
import { capabilityBytes, parseCapabilities, type ServerCapabilities, unknownCapabilities } from './capabilities.ts';
import { abortable, openConnection } from './connect.ts';
import type { Body, Exchange } from './exchange.ts';
import type { Pop3Limits } from './limits.ts';
import { isUnknownCommand } from './response.ts';

/** A line of LIST or UIDL: the message number of this session, and the size or unique-id. */
export interface Listed {
  number: number;
  value: string;
}

/** One signed-in POP3 session (RFC 1939). Commands may be called at once: each gets its own answer. */
export interface Wire {
  readonly capabilities: ServerCapabilities;
  readonly signedInBy: SignInMethod;
  list(): Promise<Listed[]>;
  /** Rejects with `protocol` where the server has no UIDL. */
  uidl(): Promise<Listed[]>;
  /** The header and the first `lines` lines of the text, cut at the bound of `limits.topBytes`. */
  top(number: number, lines: number): Promise<Buffer>;
  /** The message, byte for byte. The stream must be read to its end before another answer can come. */
  retrieve(number: number): Promise<Readable>;
  /** The same; one of at most `wholeBytes` at once, when it has come. */
  take(number: number, wholeBytes: number): Promise<Buffer | Readable>;
  /** Marks for deletion; QUIT makes it true. */
  markDeleted(number: number): Promise<void>;
  /** Commits and ends the session (RFC 1939 §6). */
  quit(): Promise<void>;
  /** Ends the session at once: nothing is deleted. */
  close(reason: MailError): void;
}

/**
 * Opens, secures and signs in one session. Throws what checkLogin, openConnection and authenticate throw; after a failure the
 * connection is closed without QUIT.
 */
export async function openWire(
  server: ServerUrl,
  login: MailLogin,
  limits: Pop3Limits,
  signal: AbortSignal,
  trace?: ConnectionTrace,
): Promise<Wire> {
  checkLogin(login);
  const { exchange, greeting } = await openConnection(server, limits, signal, trace);
  const isSecure = server.security !== 'none';
  try {
    return await abortable(
      exchange,
      signIn(exchange, { greeting, isSecure, login, secretIs: server.secretIs ?? 'password' }, limits),
      signal,
    );
  } catch (error) {
    exchange.close(new MailError('cancelled', 'the sign-in failed'));
    throw error;
  }
}

async function signIn(
  exchange: Exchange,
  given: Pick<SignIn, 'greeting' | 'isSecure' | 'login' | 'secretIs'>,
  limits: Pop3Limits,
): Promise<Wire> {
  const capabilities = await readCapabilities(exchange);
  if (capabilities.words.has('UTF8')) await askForUtf8(exchange);
  let signedInBy: SignInMethod;
  try {
    signedInBy = await authenticate({ exchange, capabilities, ...given });
  } catch (error) {
    if (!(error instanceof MailError) || error.code !== 'throttled' || capabilities.loginDelayMs === null) throw error;
    const { cause, serverText = '' } = error;
    throw new MailError('throttled', error.message, { cause, serverText, retryAfterMs: capabilities.loginDelayMs });
  }
  const { expireDays, loginDelayMs } = capabilities.variesByUser ? await readCapabilities(exchange) : capabilities;
  if (capabilities.words.has('PIPELINING')) exchange.pipeline();
  return createWire(exchange, { ...capabilities, expireDays, loginDelayMs }, signedInBy, limits);
}

/** RFC 6856 §2: before sign-in, so that messages with UTF-8 headers are given as they are. Who refuses gives them as before. */
async function askForUtf8(exchange: Exchange): Promise<void> {
  try {
    await exchange.send('UTF8');
  } catch (error) {
    if (!isUnknownCommand(error)) throw error;
  }
}

async function readCapabilities(exchange: Exchange): Promise<ServerCapabilities> {
  try {
    const { bytes } = await exchange.send('CAPA', { kind: 'collect', maxBytes: capabilityBytes, isCut: true });
    return parseCapabilities(bytes);
  } catch (error) {
    // -ERR: a server from before RFC 2449.
    if (isUnknownCommand(error)) return unknownCapabilities;
    throw error;
  }
}

function createWire(
  exchange: Exchange,
  capabilities: ServerCapabilities,
  signedInBy: SignInMethod,
  limits: Pop3Limits,
): Wire {
  const command = () => new Command(exchange, limits);
  return {
    capabilities,
    signedInBy,
    list: async () => parseListed(await command().LIST()),
    uidl: async () => parseListed(await command().UIDL()),
    async top(number, lines) {
      const body: Body = { kind: 'collect', maxBytes: limits.topBytes, isCut: true };
      return (await exchange.send(`TOP ${number} ${lines}`, body, 'message')).bytes;
    },
    async retrieve(number) {
      const body: Body = { kind: 'stream', maxBytes: limits.messageBytes, wholeBytes: 0 };
      const { stream } = await exchange.send(`RETR ${number}`, body, 'message');
      if (stream === null) throw new MailError('protocol', 'RETR was answered without a message');
      return stream;
    },
    async take(number, wholeBytes) {
      const body: Body = { kind: 'stream', maxBytes: limits.messageBytes, wholeBytes };
      const { bytes, stream } = await exchange.send(`RETR ${number}`, body, 'message');
      return stream ?? bytes;
    },
    markDeleted: async (number) => void (await command().DELE(number)),
    quit: async () => void (await command().QUIT()),
    close: (reason) => exchange.close(reason),
  };
}

/**
 * One command of node-pop3 over our exchange. What it does well is kept: the verbs, their arguments and taking the lines
 * of LIST and UIDL apart. Its connection, its line reader and its RETR and TOP are not used (ARCHITECTURE, decision
 * "node-pop3's commands without its wire"). An object for each command, because it keeps the line to send in a field of
 * its own: two commands at once on one object send the second line twice.
 */
class Command extends Pop3Command {
  constructor(exchange: Exchange, limits: Pop3Limits) {
    super({ user: '', password: '', host: '' });
    const write = (text: string) => this.#carry(text.trimEnd(), exchange, limits);
    // All that its command() asks of a socket is write().
    this._socket = { write } as unknown as Socket;
  }

  override async _connect(): Promise<string> {
    return '';
  }

  #carry(line: string, exchange: Exchange, limits: Pop3Limits): void {
    const hasLines = line === 'LIST' || line === 'UIDL';
    const body: Body = hasLines ? { kind: 'collect', maxBytes: limits.listBytes, isCut: false } : { kind: 'none' };
    exchange.send(line, body, line.startsWith('DELE ') ? 'message' : 'command').then(
      ({ status, bytes }) => {
        if (hasTooMany(bytes)) this.emit('error', new MailError('tooLarge', 'the list has too many lines'));
        else this.emit('response', status.text, hasLines ? Readable.from([bytes]) : null);
      },
      (error: MailError) => this.emit('error', error),
    );
  }
}

/** Taking a list apart is one step, in which this process does nothing else: messages beyond these are more than we do. */
const mostListed = 500_000;

function hasTooMany(list: Buffer): boolean {
  let lines = 0;
  for (let at = list.indexOf('\n'); at >= 0 && lines <= mostListed; at = list.indexOf('\n', at + 1)) lines += 1;
  return lines > mostListed;
}

/** Lines whose number is not one, or comes twice, are the server's mistake and are left out. */
function parseListed(lines: string[][] | string[]): Listed[] {
  const listed = new Map<number, string>();
  for (const line of lines) {
    const [first, ...rest] = typeof line === 'string' ? line.split(' ') : line;
    const value = rest.join(' ').trim();
    if (!/^\d{1,9}$/.test(first ?? '') || value === '') continue;
    const number = Number(first);
    if (number > 0 && !listed.has(number)) listed.set(number, value);
  }
  return [...listed].map(([number, value]) => ({ number, value })).sort((a, b) => a.number - b.number);
}

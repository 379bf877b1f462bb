import type { ImapAttribute, ImapAttributeList, ImapFlow, ImapResponse } from 'imapflow';
import { decodePath, encodePath, normalizePath } from 'imapflow/lib/tools.js';
import { MailError } from '../errors.ts';
import { isSafeText } from './safe-text.ts';

/**
 * The one place that knows what is below imapflow's public types. Commands go out through `run()`, never through a bare
 * `exec()`: only `run()` ends a running IDLE first, and an `exec()` during IDLE waits for ever.
 */

export type Untagged = (response: ImapResponse) => void;

/** A token of a command, or a list of them. */
export type Token =
  | { type: 'ATOM' | 'SEQUENCE' | 'STRING' | 'LITERAL'; value: string | Buffer; section?: Token[]; partial?: number[] }
  | Token[];

export interface Command {
  name: string;
  attributes?: Token[];
  /** Untagged answers by keyword, as FETCH, SEARCH, SORT; those not named go where imapflow puts them. */
  untagged?: Record<string, Untagged>;
  /** Untagged lines that are taken as they are, by keyword: imapflow would make an object of each number in them. */
  lines?: Record<string, (line: Buffer) => void>;
  /** The connection is closed when the server has not completed the command by then. */
  deadlineMs?: number;
}

/** What imapflow waits for before it reads on. */
export type Handler = (response: ImapResponse) => Promise<void>;

interface Inner {
  commands: Map<string, (connection: Inner, command: Command) => Promise<ImapResponse>>;
  exec(
    name: string,
    attributes: Token[] | false,
    options: { untagged?: Record<string, Handler> },
  ): Promise<{ response: ImapResponse; next(): void }>;
  run(name: string, command: Command): Promise<ImapResponse>;
  untaggedFetch(response: ImapResponse): Promise<void>;
  /** What is answered now; false between commands. `sent` once its first bytes are on the wire. */
  currentRequest: { tag: string; command: string; attributes: ImapAttribute[] | false; sent?: boolean } | false;
  /** The one way to the socket, and the one way of a server's answer: with the literals (RFC 9051 §4.3) beside their sizes. */
  write(chunk: string | Buffer): unknown;
  handleResponse(answer: { payload: Buffer; literals: Buffer[] }): Promise<boolean>;
  getUntaggedHandler(keyword: string, attributes: ImapAttribute[] | undefined): Handler | undefined;
  /** By response code, of any status response. */
  sectionHandlers: Record<string, () => Promise<void>>;
  rejectCurrentRequest(error: Error): void;
  failProtocol(error: Error): void;
}

export const innerOf = (client: ImapFlow): Inner => client as unknown as Inner;

const registered = 'POSTHORN';
const defaultDeadlineMs = 30_000;

/** Sends one command and gives its tagged OK; NO, BAD and a lost connection reject as imapflow has them. */
export async function execute(client: ImapFlow, command: Command): Promise<ImapResponse> {
  const inner = innerOf(client);
  if (!inner.commands.has(registered)) inner.commands.set(registered, send);
  return await withDeadline(client, command.deadlineMs ?? defaultDeadlineMs, inner.run(registered, command));
}

async function send(connection: Inner, command: Command): Promise<ImapResponse> {
  const untagged: Record<string, Handler> = {};
  if (command.lines) wantedLines.set(connection, command.lines);
  for (const [keyword, handler] of Object.entries(command.untagged ?? {})) {
    untagged[keyword] = async (response) => handler(response);
  }
  try {
    const { response, next } = await connection.exec(command.name, command.attributes ?? false, { untagged });
    next();
    return response;
  } finally {
    wantedLines.delete(connection);
  }
}

/** What the command under way takes unparsed; only one is, since `run()` sends one after the other. */
const wantedLines = new WeakMap<object, Record<string, (line: Buffer) => void>>();

/** Lets commands take lines as they are. Once for a connection, before anything else listens to its answers. */
export function offerLines(client: ImapFlow): void {
  const inner = innerOf(client);
  const handleResponse = inner.handleResponse.bind(client);
  inner.handleResponse = async (answer) => {
    const wanted = wantedLines.get(client);
    const keyword = wanted && /^\* ([A-Z]+)/i.exec(answer.payload.toString('latin1', 0, 16))?.[1];
    const take = keyword && wanted[keyword.toUpperCase()];
    if (!take || answer.literals.length > 0) return await handleResponse(answer);
    take(answer.payload);
    return true;
  };
}

/** Passes an unasked FETCH on to imapflow, which tells it as a `flags` event. */
export function passFetchOn(client: ImapFlow, response: ImapResponse): void {
  innerOf(client)
    .untaggedFetch(response)
    .catch((error: unknown) => client.log.warn({ err: error }));
}

/** Ends the connection at once; the command under way fails with `error`, what waits behind it as lost. */
export function failConnection(client: ImapFlow, error: MailError): void {
  innerOf(client).rejectCurrentRequest(error);
  innerOf(client).failProtocol(error);
  client.close();
}

/** Waits for `work`; past the deadline closes the connection, since imapflow cannot stop a command. Throws `timeout`. */
export async function withDeadline<T>(client: ImapFlow, deadlineMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new MailError('timeout', `no answer from the mail server within ${deadlineMs} ms`));
      client.close();
    }, deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // A command that loses the race is rejected by close(); nobody else listens to it then.
    work.catch((error: unknown) => client.log.debug({ msg: 'command ended', err: error }));
  }
}

/** Spares the LIST that imapflow sends before its first SELECT of a mailbox. */
export function spareListing(client: ImapFlow, path: string): void {
  const { folders } = client as unknown as { folders: Map<string, { path: string; delimiter: string }> };
  if (!folders.has(path)) folders.set(path, { path, delimiter: client.namespace?.delimiter ?? '/' });
}

export const atom = (value: string): Token => ({ type: 'ATOM', value });
export const sequence = (value: string): Token => ({ type: 'SEQUENCE', value });

/** A string argument, as a literal where it is not plain ASCII. Throws `invalid` for CR, LF and NUL. */
export function text(value: string): Token {
  if (!isSafeText(value)) throw new MailError('invalid', 'control characters in an argument');
  // Quoted strings are 7-bit (RFC 9051 §4.3).
  if (/^[\x20-\x7e]*$/.test(value)) return { type: 'STRING', value };
  return { type: 'LITERAL', value: Buffer.from(value, 'utf8') };
}

/** A mailbox as an argument: modified UTF-7 unless the session speaks UTF-8 (RFC 9051 §5.1, RFC 6855). */
export function mailboxToken(client: ImapFlow, path: string): Token {
  if (!isSafeText(path)) throw new MailError('invalid', 'control characters in a folder name');
  const encode = encodePath as unknown as (connection: ImapFlow, path: string) => string;
  return text(encode(client, path));
}

/** The mailbox that a server's answer names, as a path of ours; null where it names none. */
export function mailboxOf(client: ImapFlow, token: ImapAttribute | undefined): string | null {
  const name = textOf(token);
  const decode = decodePath as unknown as (connection: ImapFlow, path: string) => string;
  const normalize = normalizePath as unknown as (connection: ImapFlow, path: string) => string;
  return name === null ? null : normalize(client, decode(client, name));
}

/** The value of a token as text; null for NIL and lists. */
export function textOf(token: ImapAttribute | undefined): string | null {
  if (token === null || token === undefined || Array.isArray(token)) return null;
  if (Buffer.isBuffer(token.value)) return token.value.toString('utf8');
  return token.value === null || token.value === undefined ? null : String(token.value);
}

export const listOf = (token: ImapAttribute | undefined): ImapAttributeList | null =>
  Array.isArray(token) ? token : null;

/** The response code in brackets of a tagged or untagged status response and what follows it (RFC 9051 §7.1). */
export function responseCode(response: ImapResponse): { code: string; values: ImapAttribute[] } | null {
  const section = response.attributes?.[0]?.section;
  const code = textOf(section?.[0]);
  return section && code ? { code: code.toUpperCase(), values: section.slice(1) } : null;
}

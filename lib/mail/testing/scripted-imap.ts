import type { Script, ScriptedConnection } from './scripted-server.ts';

/** Answers one command; `tag` and the line after it. What it does not write stays unanswered. */
export type Answer = (connection: ScriptedConnection, tag: string, line: string) => Promise<void>;

const ok =
  (...untagged: string[]): Answer =>
  async (connection, tag) =>
    connection.write(`${untagged.map((line) => `* ${line}\r\n`).join('')}${tag} OK done\r\n`);

export interface ScriptedImap {
  greeting?: string;
  capability?: string;
  /** By command in upper case, `UID FETCH` too; what is not named is answered as a server with one message would. */
  answers?: Record<string, Answer>;
}

const envelope =
  '("Mon, 05 Jan 2026 10:00:00 +0000" "Scripted" (("Ann" NIL "ann" "example.org")) NIL NIL NIL NIL NIL NIL "<1@example.org>")';
const structure = '("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 4 1)';
const header =
  'From: Ann <ann@example.org>\r\nSubject: Scripted\r\nDate: Mon, 05 Jan 2026 10:00:00 +0000\r\nMessage-ID: <1@example.org>\r\n\r\n';
const row = `1 FETCH (UID 1 FLAGS () INTERNALDATE "05-Jan-2026 10:00:00 +0000" RFC822.SIZE 100 ENVELOPE ${envelope} BODYSTRUCTURE ${structure} BODY[1] "text" BODY[HEADER] {${header.length}}\r\n${header})`;

/** A server that speaks enough IMAP to be signed in to and read from, with faults where `answers` says so. */
export function imapScript({
  greeting,
  capability = 'IMAP4rev1 UIDPLUS MOVE',
  answers = {},
}: ScriptedImap = {}): Script {
  const standard: Record<string, Answer> = {
    CAPABILITY: ok(`CAPABILITY ${capability}`),
    LOGIN: ok(),
    NOOP: ok(),
    LIST: ok('LIST () "/" "INBOX"'),
    LSUB: ok('LSUB () "/" "INBOX"'),
    SELECT: ok('1 EXISTS', 'FLAGS (\\Seen \\Flagged \\Deleted)', 'OK [UIDVALIDITY 7] ok', 'OK [UIDNEXT 2] ok'),
    FETCH: ok(row),
    'UID FETCH': ok(row),
    'UID STORE': ok('1 FETCH (UID 1 FLAGS (\\Seen))'),
    async LOGOUT(connection, tag) {
      await connection.write(`* BYE see you\r\n${tag} OK bye\r\n`);
      connection.close();
    },
  };
  return async (connection) => {
    await connection.write(greeting ?? `* OK [CAPABILITY ${capability}] ready\r\n`);
    for (;;) {
      const [tag = '', first = '', second = '', ...rest] = (await connection.readLine()).split(' ');
      const isUid = first.toUpperCase() === 'UID';
      const name = isUid ? `UID ${second.toUpperCase()}` : first.toUpperCase();
      const line = [first, second, ...rest].join(' ');
      const answer = answers[name] ?? standard[name];
      if (answer) await answer(connection, tag, line);
      else await connection.write(`${tag} BAD unknown command\r\n`);
    }
  };
}

/** How often a command was received over all connections. */
export const countOf = (connections: readonly ScriptedConnection[], command: string): number =>
  connections
    .flatMap(({ received }) => received)
    .filter((line) => line.slice(line.indexOf(' ') + 1).startsWith(command)).length;

import { connect, type Socket } from 'node:net';

/** What a server answered to one command: its untagged lines, literals in place, and the tagged one. */
export interface RawAnswer {
  status: 'OK' | 'NO' | 'BAD';
  /** The tagged line without its tag. */
  text: string;
  untagged: string[];
}

/** A client of a few lines, to confirm by other means than imapflow what the product claims to have done. */
export interface RawImap {
  command(line: string): Promise<RawAnswer>;
  /** APPENDs a message (RFC 9051 §6.3.12), as of an INTERNALDATE if one is given. */
  append(mailbox: string, message: string | Buffer, flags?: string, internalDate?: string): Promise<RawAnswer>;
  /** Flags by UID in a mailbox. */
  flags(mailbox: string): Promise<Map<number, string[]>>;
  close(): void;
}

interface Login {
  username: string;
  password: string;
}

/** Signs in over a plain loopback socket. */
export async function openRawImap(port: number, { username, password }: Login): Promise<RawImap> {
  const socket = connect(port, '127.0.0.1');
  const wire = createWire(socket);
  await wire.line();
  let tags = 0;
  const send = async (line: string | Buffer, tag: string): Promise<RawAnswer> => {
    socket.write(line);
    const untagged: string[] = [];
    for (;;) {
      const answer = await wire.line();
      if (answer.startsWith('+ ')) return { status: 'OK', text: answer, untagged };
      const [first, status, ...rest] = answer.split(' ');
      if (first === tag) return { status: status as RawAnswer['status'], text: [status, ...rest].join(' '), untagged };
      untagged.push(answer);
    }
  };
  const command = (line: string) => {
    tags += 1;
    return send(`R${tags} ${line}\r\n`, `R${tags}`);
  };
  const signedIn = await command(`LOGIN ${quoted(username)} ${quoted(password)}`);
  if (signedIn.status !== 'OK') throw new Error(`raw login: ${signedIn.text}`);
  return {
    command,
    async append(mailbox, message, flags = '', internalDate = '') {
      const bytes = Buffer.from(message);
      const date = internalDate === '' ? '' : `"${internalDate}" `;
      await command(`APPEND "${mailbox}" (${flags}) ${date}{${bytes.length}}`);
      return await send(Buffer.concat([bytes, Buffer.from('\r\n')]), `R${tags}`);
    },
    async flags(mailbox) {
      await command(`SELECT "${mailbox}"`);
      const { untagged } = await command('UID FETCH 1:* (FLAGS)');
      const rows = untagged.flatMap((line) => {
        const uid = /UID (\d+)/.exec(line)?.[1];
        const list = /FLAGS \(([^)]*)\)/.exec(line)?.[1];
        return uid && list !== undefined ? [[Number(uid), list.split(' ').filter(Boolean)] as const] : [];
      });
      await command('UNSELECT');
      return new Map(rows);
    },
    close: () => socket.destroy(),
  };
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** Lines of the server, those that end in a literal continued with it and what follows. */
function createWire(socket: Socket) {
  let buffered = '';
  let wake: (() => void) | null = null;
  let ended: Error | null = null;
  const stir = () => {
    wake?.();
    wake = null;
  };
  const end = (error: Error) => {
    ended ??= error;
    stir();
  };
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    buffered += chunk;
    stir();
  });
  socket.on('error', end);
  socket.on('close', () => end(new Error('the server closed the connection')));
  const take = async (isEnough: () => number): Promise<string> => {
    for (;;) {
      const length = isEnough();
      if (length >= 0) {
        const taken = buffered.slice(0, length);
        buffered = buffered.slice(length);
        return taken;
      }
      if (ended) throw ended;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    async line(): Promise<string> {
      let line = '';
      for (;;) {
        line += await take(() => (buffered.includes('\r\n') ? buffered.indexOf('\r\n') + 2 : -1));
        const size = /\{(\d+)\}\r\n$/.exec(line)?.[1];
        if (size === undefined) return line.slice(0, -2);
        line += await take(() => (buffered.length >= Number(size) ? Number(size) : -1));
      }
    },
  };
}

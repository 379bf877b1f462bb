import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type Certificate, testCertificate } from './certificate.ts';

/** One client's connection, as the script sees it. Every call rejects with ClientGone once the client has left. */
export interface ScriptedConnection {
  /** 0 for the first client of this server. */
  readonly index: number;
  /** What the client sent so far, lines without their CRLF. */
  readonly received: string[];
  /** The next line without its CRLF. */
  readLine(): Promise<string>;
  /** Exactly so many bytes (an IMAP literal). */
  readBytes(count: number): Promise<Buffer>;
  /** Writes, as separate TCP segments cut at the offsets `splits`; each is on its way before the next is written. */
  write(bytes: string | Buffer, splits?: number[]): Promise<void>;
  /** Writes `answer` (and whatever is injected behind it), then goes on in TLS. */
  upgrade(answer: string): Promise<void>;
  /** Answers nothing until the client leaves. */
  stall(): Promise<void>;
  /** Ends in order (FIN). */
  close(): void;
  /** Ends hard (RST). */
  reset(): void;
}

export interface ScriptedServer {
  host: '127.0.0.1';
  port: number;
  certificate: Certificate;
  connections: ScriptedConnection[];
  /** Ends every connection; throws what a script threw, other than that the client had left. */
  stop(): Promise<void>;
}

export type Script = (connection: ScriptedConnection) => Promise<void>;

/** The client left before the script had read or written what it wanted. */
class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/** A server on loopback and a free port that plays `script` to each client; a script that returns leaves the connection open. */
export async function startScriptedServer(script: Script, options: { tls?: boolean } = {}): Promise<ScriptedServer> {
  const certificate = testCertificate();
  const sockets = new Set<Socket>();
  const connections: ScriptedConnection[] = [];
  const plays: Promise<void>[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const connection = createConnection(socket, connections.length, certificate, options.tls === true);
    connections.push(connection);
    const play = script(connection).catch((error: unknown) => {
      if (!(error instanceof ClientGone)) throw error;
    });
    // Waited for in stop(); until then a failing script must not end the test process.
    play.catch(() => socket.destroy());
    plays.push(play);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    certificate,
    connections,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
      await Promise.all(plays);
    },
  };
}

function createConnection(raw: Socket, index: number, certificate: Certificate, isTls: boolean): ScriptedConnection {
  const received: string[] = [];
  let socket: Socket = raw;
  let buffered: Buffer = Buffer.alloc(0);
  let isGone = false;
  let wake = () => {};
  const onData = (bytes: Buffer) => {
    buffered = Buffer.concat([buffered, bytes]);
    wake();
  };
  const onGone = () => {
    isGone = true;
    wake();
  };
  const listen = (to: Socket) => {
    socket = to;
    socket.on('data', onData).on('end', onGone).on('close', onGone).on('error', onGone);
  };
  const secure = () => {
    raw.on('error', onGone).on('close', onGone);
    listen(new TLSSocket(raw, { isServer: true, key: certificate.key, cert: certificate.cert }));
  };
  raw.setNoDelay(true);
  if (isTls) secure();
  else listen(raw);

  const more = () =>
    new Promise<void>((resolve, reject) => {
      if (isGone) return reject(new ClientGone());
      wake = resolve;
    });
  const take = (count: number) => {
    const bytes = buffered.subarray(0, count);
    buffered = buffered.subarray(count);
    return bytes;
  };
  const send = (bytes: Buffer) =>
    new Promise<void>((resolve, reject) => {
      if (isGone) return reject(new ClientGone());
      // Two turns of the event loop have a poll between them: a client in this process has read the segment by then.
      socket.write(bytes, (error) => (error ? reject(new ClientGone()) : setImmediate(() => setImmediate(resolve))));
    });

  return {
    index,
    received,
    async readLine() {
      let end = buffered.indexOf('\n');
      while (end < 0) {
        await more();
        end = buffered.indexOf('\n');
      }
      const line = take(end + 1)
        .toString('latin1')
        .replace(/\r?\n$/, '');
      received.push(line);
      return line;
    },
    async readBytes(count) {
      while (buffered.length < count) await more();
      return take(count);
    },
    async write(data, splits = []) {
      const bytes = Buffer.from(data);
      let start = 0;
      for (const end of [...splits.filter((at) => at > 0 && at < bytes.length), bytes.length]) {
        await send(bytes.subarray(start, end));
        start = end;
      }
    },
    async upgrade(answer) {
      // The client's hello may follow the answer at once: nobody may read it off the plain socket.
      raw.off('data', onData).off('end', onGone);
      raw.pause();
      raw.write(answer);
      secure();
    },
    async stall() {
      while (!isGone) await more().catch(onGone);
    },
    close: () => void socket.end(),
    reset: () => void raw.resetAndDestroy(),
  };
}

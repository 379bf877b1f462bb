import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A server in front of a POP3 server, that lets bytes pass until a moment that a test has chosen. */
export interface StoppingProxy {
  port: number;
  /** Lines of the client and answers of the server that have passed, each a step. */
  steps: string[];
  stop(): Promise<void>;
}

/** Passes everything on; at step `stopAt` nothing more passes, and `onStop` is called. */
export async function startStoppingProxy(port: number, stopAt: number, onStop: () => void): Promise<StoppingProxy> {
  const steps: string[] = [];
  const sockets = new Set<Socket>();
  const pass = (what: string): boolean => {
    if (steps.length >= stopAt) return false;
    steps.push(what);
    if (steps.length === stopAt) onStop();
    return steps.length < stopAt;
  };
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    let line = '';
    client.on('data', (bytes) => {
      // A command at a time, also where they came together.
      for (const character of bytes.toString('latin1')) {
        line += character;
        if (character !== '\n') continue;
        const whole = line;
        line = '';
        if (pass(`C: ${whole.split(' ')[0]?.trim()}`)) upstream.write(whole, 'latin1');
      }
    });
    upstream.on('data', (bytes) => {
      if (pass('S')) client.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    steps,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { type Script, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

let server: ScriptedServer;
afterEach(() => server.stop().catch(() => undefined));
const start = async (script: Script, options = {}) => {
  server = await startScriptedServer(script, options);
  return connectPlain(server.port, server.host);
};

test('bytes written with splits arrive as that many segments', async () => {
  const socket = await start(async (client) => {
    // Until the client listens, what is written waits for it in one piece.
    await client.readLine();
    await client.write('+OK ready\r\n', [1, 4, 10]);
    client.close();
  });
  socket.write('go\r\n');
  const segments: string[] = [];
  socket.on('data', (bytes) => segments.push(bytes.toString()));
  await once(socket, 'end');
  expect(segments).toEqual(['+', 'OK ', 'ready\r', '\n']);
});

test('lines and literals are read and recorded', async () => {
  const seen: string[] = [];
  const socket = await start(async (client) => {
    seen.push(await client.readLine(), (await client.readBytes(3)).toString(), await client.readLine());
    client.close();
  });
  socket.resume();
  socket.write('A1 APPEND {3}\r\nabc tail\r\n');
  await once(socket, 'end');
  expect(seen).toEqual(['A1 APPEND {3}', 'abc', ' tail']);
  expect(server.connections[0]?.received).toEqual(['A1 APPEND {3}', ' tail']);
});

test('a connection is upgraded to TLS, with bytes injected before it left on the plain side', async () => {
  const socket = await start(async (client) => {
    await client.readLine();
    await client.upgrade('+OK begin\r\n+OK injected\r\n');
    await client.write(`secret ${await client.readLine()}`);
    client.close();
  });
  socket.write('STLS\r\n');
  const [plain] = (await once(socket, 'data')) as [Buffer];
  expect(plain.toString()).toBe('+OK begin\r\n+OK injected\r\n');
  socket.removeAllListeners('data');
  const secure = connectTls({ socket, host: 'localhost', ca: server.certificate.cert });
  await once(secure, 'secureConnect');
  secure.write('hello\r\n');
  const [answer] = (await once(secure, 'data')) as [Buffer];
  expect(answer.toString()).toBe('secret hello');
});

test('reset is a reset, and stall ends when the client leaves', async () => {
  let hasEnded = false;
  const socket = await start(async (client) => {
    if (client.index === 0) return client.reset();
    await client.stall();
    hasEnded = true;
  });
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNRESET');
  const second = connectPlain(server.port, server.host);
  await once(second, 'connect');
  expect(hasEnded).toBe(false);
  second.destroy();
  await expect.poll(() => hasEnded).toBe(true);
});

test('what a script threw is told by stop, a client that left is not', async () => {
  const socket = await start(async (client) => {
    await client.readLine();
    throw new Error('script is wrong');
  });
  socket.resume();
  socket.end('x\r\n');
  await once(socket, 'close');
  await expect(server.stop()).rejects.toThrow('script is wrong');

  const other = await start(async (client) => void (await client.readLine()));
  other.destroy();
  await server.stop();
});

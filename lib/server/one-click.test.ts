import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testCertificate } from '../mail/testing/certificate.ts';
import type { WebWay } from './ask-web.ts';
import { postOneClick } from './one-click.ts';
import { isPublicAddress } from './public-address.ts';

let server: Server;
let connections = 0;
let status = 200;
/** What was asked: method, path, type, names of the other fields, body. */
const asked: string[] = [];
const port = () => (server.address() as AddressInfo).port;
beforeAll(async () => {
  server = createServer(testCertificate(), async (request, response) => {
    const { 'content-type': type, ...others } = request.headers;
    const names = Object.keys(others).sort().join(',');
    asked.push([request.method, request.url, type, names, await text(request)].join(' '));
    response.writeHead(status, { location: '/elsewhere', 'set-cookie': 'a=b' }).end('ok');
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

const nowhere = async (name: string) => {
  throw new Error(`${name} is not known`);
};
const strict: WebWay = { resolve: nowhere, mayReach: isPublicAddress };
const open: WebWay = { resolve: nowhere, mayReach: (address) => address === '127.0.0.1' };
const never = new AbortController().signal;

describe('one click', () => {
  test('never goes to an address inside, in any spelling', async () => {
    for (const host of ['127.0.0.1', '127.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', 'localhost']) {
      expect(await postOneClick(`https://${host}:${port()}/`, strict, never), host).toBe(false);
    }
    expect(connections).toBe(0);
    // The other side: where the address is allowed, there is a connection.
    expect(await postOneClick(`https://127.0.0.1:${port()}/`, open, never)).toBe(false);
    expect(connections).toBe(1);
  });

  test('tells nothing to a server whose certificate is not valid, and nothing over a plain wire', async () => {
    expect(await postOneClick(`https://127.0.0.1:${port()}/`, open, never)).toBe(false);
    expect(await postOneClick(`http://127.0.0.1:${port()}/`, open, never)).toBe(false);
    expect(await postOneClick('https://name:secret@127.0.0.1/', open, never)).toBe(false);
    expect(await postOneClick('no address', open, never)).toBe(false);
    expect(asked).toEqual([]);
  });

  test('ends when the person has gone', async () => {
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(postOneClick(`https://127.0.0.1:${port()}/`, open, gone)).rejects.toThrow('gone');
  });

  test('is one POST that tells nothing else; a redirect is a no, and is not followed', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'posthorn-click-'));
    const authority = join(directory, 'cert.pem');
    writeFileSync(authority, testCertificate().cert);
    const program = fileURLToPath(new URL('./testing/send-click.ts', import.meta.url));
    const click = async () => {
      const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority };
      const url = `https://127.0.0.1:${port()}/leave?u=1`;
      return (await promisify(execFile)(process.execPath, ['--import', 'tsx', program, url], { env })).stdout;
    };
    status = 200;
    asked.length = 0;
    try {
      expect(await click()).toContain('\naccepted: true\n');
      const fields = 'accept,accept-encoding,connection,content-length,host,user-agent';
      const post = `POST /leave?u=1 application/x-www-form-urlencoded ${fields} List-Unsubscribe=One-Click`;
      expect(asked).toEqual([post]);
      status = 307;
      expect(await click()).toContain('\naccepted: false\n');
      expect(asked).toEqual([post, post]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  }, 60_000);
});

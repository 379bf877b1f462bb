import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { networkOf, trueAddress } from './client-address.ts';
import { closeHttpServers, watchHttpDoor } from './http-door.ts';

describe('the address of a client', () => {
  test.each([
    ['', 0, '10.0.0.9'],
    ['6.6.6.6', 0, '10.0.0.9'],
    ['6.6.6.6', 1, '6.6.6.6'],
    ['6.6.6.6, 7.7.7.7', 1, '7.7.7.7'],
    ['6.6.6.6, 7.7.7.7', 2, '6.6.6.6'],
    ['7.7.7.7', 3, '7.7.7.7'],
    [' , ', 1, '10.0.0.9'],
  ])('"%s" with %i proxies of ours is %s', (forwardedFor, proxies, address) => {
    expect(trueAddress(forwardedFor, '10.0.0.9', proxies)).toBe(address);
  });
});

describe('the network of an address', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('the door of an HTTP server', () => {
  let seen: IncomingHttpHeaders = {};
  const server = createServer((request, response) => {
    seen = request.headers;
    response.end('ok');
  });
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => closeHttpServers());
  const ask = () => fetch(`http://127.0.0.1:${port}/`, { headers: { 'X-Forwarded-For': '6.6.6.6' } });

  test('a forged X-Forwarded-For is replaced by the address of the socket, and stands without the door', async () => {
    await ask();
    expect(seen['x-forwarded-for']).toBe('6.6.6.6');
    watchHttpDoor(0);
    await ask();
    expect(seen['x-forwarded-for']).toBe('127.0.0.1');
  });

  test('a server that was seen is closed and answers nobody after', async () => {
    await closeHttpServers();
    await expect(ask()).rejects.toThrow();
  });
});

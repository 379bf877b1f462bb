import { describe, expect, test } from 'vitest';
import { isPublicAddress, parseAddressRange } from './public-address.ts';

describe('an address is public', () => {
  test.each([
    '1.1.1.1',
    '93.184.216.34',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '223.255.255.255',
  ])('%s is', (address) => expect(isPublicAddress(address)).toBe(true));
  test.each(['2606:4700::1111', '2a00:1450:4001:813::200e', '2001:4860:4860::8888', '2003::1'])('%s is', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );

  test.each([
    ['this host', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['loopback', '127.0.0.1'],
    ['all of loopback', '127.255.255.254'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['shared, behind a carrier', '100.64.0.1'],
    ['shared, its end', '100.127.255.255'],
    ['link-local, where clouds keep their secrets', '169.254.169.254'],
    ['protocol assignments', '192.0.0.170'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['6to4 relays', '192.88.99.1'],
    ['benchmarks', '198.18.0.1'],
    ['benchmarks', '198.19.255.255'],
    ['multicast', '224.0.0.1'],
    ['multicast', '239.255.255.250'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['no address', '::'],
    ['loopback', '::1'],
    ['an IPv4 address written the old way', '::127.0.0.1'],
    ['an IPv4 address written the old way', '::8.8.8.8'],
    ['mapped loopback', '::ffff:127.0.0.1'],
    ['mapped loopback in hex', '::ffff:7f00:1'],
    ['mapped, though public inside', '::ffff:8.8.8.8'],
    ['translated (RFC 2765)', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['NAT64, though public inside', '64:ff9b::808:808'],
    ['NAT64 of one’s own', '64:ff9b:1::7f00:1'],
    ['6to4 of loopback', '2002:7f00:1::'],
    ['6to4, though public inside', '2002:808:808::1'],
    ['Teredo', '2001:0:53aa:64c::1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['ORCHID', '2001:20::1'],
    ['discarded', '100::1'],
    ['unique local', 'fc00::1'],
    ['unique local', 'fd12:3456::1'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['segment routing', '5f00::1'],
    ['given out to nobody', '4000::1'],
    ['not in digits', 'localhost'],
    ['short', '127.1'],
    ['a number', '2130706433'],
    ['hexadecimal', '0x7f000001'],
    ['octal', '0177.0.0.1'],
    ['nothing', ''],
  ])('%s is not: %s', (_, address) => expect(isPublicAddress(address)).toBe(false));
});

describe('a range of addresses', () => {
  test('holds what is in it, and only the family that it is of', () => {
    const range = parseAddressRange('10.1.0.0/16');
    expect(['10.1.0.1', '10.1.255.255', '10.2.0.0', '::ffff:10.1.0.1', 'x'].map((one) => range?.(one, 80))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(parseAddressRange('fd00::/8')?.('fd12::1', 80)).toBe(true);
    expect(parseAddressRange('127.0.0.1')?.('127.0.0.1', 8_080)).toBe(true);
    expect(parseAddressRange('127.0.0.1')?.('127.0.0.2', 8_080)).toBe(false);
  });

  test.each([
    '',
    'localhost',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/x',
    'fd00::/129',
    'fe80::1%lo',
    '10.1',
  ])('%s is none', (text) => expect(parseAddressRange(text)).toBeNull());
});

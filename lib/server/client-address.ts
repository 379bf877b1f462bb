import { isIPv6 } from 'node:net';

/**
 * The address a request came from, given what proxies wrote and how many of them are ours. Each proxy appends the
 * address it saw, so the last `trustedProxies` entries are true and all before them is the client's word.
 */
export function trueAddress(forwardedFor: string, peer: string, trustedProxies: number): string {
  const seen = forwardedFor.split(',').map((entry) => entry.trim());
  const chain = [...seen.filter((entry) => entry !== ''), peer];
  return chain[Math.max(0, chain.length - 1 - trustedProxies)] ?? peer;
}

/** The address of a request's client; true once `watchHttpDoor` runs, which leaves nothing else in the header. */
export const clientAddressOf = (headers: Headers): string => headers.get('x-forwarded-for') ?? 'unknown';

/** What one subscriber holds: an IPv4 address as it is, of an IPv6 address the /64 (RFC 6177 §2), so that nobody has billions. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - after.length)).fill('0');
  const network = [...groups, ...zeros, ...after].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether a connection to this address and port may be made for somebody who may be anyone. */
export type AddressRule = (address: string, port: number) => boolean;

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether this address, in digits, is one of the public internet. Everything else is not: loopback, private, shared
 * (100.64/10), link-local, multicast, reserved, unallocated, and IPv6 that carries an IPv4 address inside (mapped, NAT64,
 * 6to4, Teredo), whatever that is. Ranges by the IANA registries of special-purpose addresses (RFC 6890).
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  // RFC 4291 §2.4: no other part of the space has been given out.
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(globalUnicast);
}

/** A rule for one address or a range (`192.0.2.7`, `10.1.0.0/16`, `fd00::/8`), at any port; null for text that is neither. */
export function parseAddressRange(text: string): AddressRule | null {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0 || address.includes('%')) return null;
  const most = family === 4 ? 32 : 128;
  const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (!(length <= most)) return null;
  const first = ipaddr.parse(address);
  return (other) => {
    if (isIP(other) !== family) return false;
    return family === 4
      ? (ipaddr.parse(other) as ipaddr.IPv4).match(first as ipaddr.IPv4, length)
      : (ipaddr.parse(other) as ipaddr.IPv6).match(first as ipaddr.IPv6, length);
  };
}

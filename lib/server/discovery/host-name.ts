import { domainToASCII } from 'node:url';

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const pattern = new RegExp(`^(?=.{4,253}$)(?:${label}\\.)+(?!\\d+$)${label}$`);

/** A full name of a host in ASCII (RFC 1123 §2.1), lower case; null for one label, digits, and what is no name. */
export function hostNameOf(text: string): string | null {
  // A parser of URLs passes over line ends, and decodes.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(text)) return null;
  const name = domainToASCII(text.replace(/\.$/, '')).toLowerCase();
  return pattern.test(name) ? name : null;
}

/** What stands behind the @ of an address, as the DNS has it; null where that is no domain. */
export const domainOf = (address: string): string | null =>
  address.includes('@') ? hostNameOf(address.slice(address.lastIndexOf('@') + 1)) : null;

/** Whether a host is not the domain and not under it. */
export const isForeign = (host: string, domain: string): boolean => host !== domain && !host.endsWith(`.${domain}`);

import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { MailError } from '../mail/errors.ts';
import type { AddressRule } from './public-address.ts';

/** The addresses of a host name; rejects where there are none. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

const mostAddresses = 8;

/** What asks the DNS: these servers (`192.0.2.53`, `[2001:db8::53]:5353`), or without any the system's. */
export function createResolver(servers: readonly string[]): Resolver {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  return resolver;
}

/**
 * Asks the DNS for A and AAAA, and nothing else: no hosts file, no search domains. It waits on sockets, where
 * `dns.lookup` would hold one of the process's four threads for each name whose server is silent.
 */
export const resolveByDns =
  (servers: readonly string[]): Resolve =>
  async (hostname) => {
    const resolver = createResolver(servers);
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    if (v4.status === 'rejected' && v6.status === 'rejected') throw v4.reason;
    return [
      ...(v4.status === 'fulfilled' ? v4.value : []).map((address) => ({ address, family: 4 })),
      ...(v6.status === 'fulfilled' ? v6.value : []).map((address) => ({ address, family: 6 })),
    ];
  };

/**
 * How a socket to `hostname` finds its address, for `net`, `tls` and `http`: it is given allowed addresses alone, and
 * connects to those without asking again, so that a name cannot mean one thing when checked and another when used. A name
 * that is an address already is checked here, since sockets look those up nowhere. Throws `forbidden`.
 */
export function allowedLookup(hostname: string, port: number, mayReach: AddressRule, resolve: Resolve): LookupFunction {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0 && !mayReach(bare, port)) throw inward(bare);
  return (name, options, callback) => {
    resolve(name).then(
      (found) => {
        const family = options.family === 4 || options.family === 6 ? options.family : null;
        const allowed = found
          .filter(({ address }) => mayReach(address, port))
          .filter((one) => family === null || one.family === family)
          .slice(0, mostAddresses);
        const [first] = allowed;
        if (first === undefined) callback(inward(name), '', 0);
        else if (options.all === true) callback(null, allowed);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

const inward = (host: string) => new MailError('forbidden', `no address of ${host} may be reached`);

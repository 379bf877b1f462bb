import type { SrvRecord } from 'node:dns';
import { createResolver } from '../allowed-lookup.ts';
import type { WebWay } from '../ask-web.ts';
import { config } from '../config.ts';
import { autoconfigWay, mailWay } from '../mail-way.ts';

/** How others are asked, what of their answers is believed to be reachable, and how much is borne. */
export interface DiscoveryWay {
  resolveSrv(name: string, signal: AbortSignal): Promise<SrvRecord[]>;
  mail: WebWay;
  web: WebWay & { port: number };
  /** A collection of autoconfig files by domain; null: none is asked. */
  directory: URL | null;
  limits: { timeMs: number; sizeBytes: number; redirects: number };
}

/** The way by the admin's configuration. */
export function discoveryWay(): DiscoveryWay {
  const { dnsServers, hosts } = config();
  return {
    resolveSrv: (name, signal) => resolveSrv(dnsServers, name, signal),
    mail: mailWay(),
    web: { ...autoconfigWay(), port: 443 },
    directory: hosts.directory,
    limits: { timeMs: 6_000, sizeBytes: 64 * 1024, redirects: 3 },
  };
}

/** Rejects with Node's error, or when `signal` is aborted. */
export async function resolveSrv(servers: readonly string[], name: string, signal: AbortSignal): Promise<SrvRecord[]> {
  signal.throwIfAborted();
  const resolver = createResolver(servers);
  const onAbort = () => resolver.cancel();
  signal.addEventListener('abort', onAbort);
  try {
    return await resolver.resolveSrv(name);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

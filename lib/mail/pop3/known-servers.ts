import type { ServerUrl } from '../driver.ts';

/** What a server turned out not to have (TOP and UIDL are optional: RFC 1939 §7), so that it is asked once. */
export interface KnownServer {
  hasTop: boolean;
  hasUidl: boolean;
}

const known = new Map<string, KnownServer>();
/** Servers are the admin's few, or people's many where any host is allowed. */
const maxKnown = 1_000;

/** What this process has learnt about `server`; the same object each time. */
export function knownServer(server: ServerUrl): KnownServer {
  const name = `${server.host}:${server.port}`;
  const found = known.get(name) ?? { hasTop: true, hasUidl: true };
  if (known.size >= maxKnown) known.clear();
  known.set(name, found);
  return found;
}

import { identify } from './identify.ts';
import type { KnownServer } from './known-servers.ts';
import type { Listing } from './maildrop.ts';
import { isUnknownCommand } from './response.ts';
import type { Listed, Wire } from './wire.ts';

/** A message in this session. The number dies with the session (RFC 1939 §3) and never leaves this floor. */
export interface Entry extends Listing {
  number: number;
}

/** Everything in the maildrop, by number: LIST and UIDL in one round trip where the server pipelines. */
export async function readListing(wire: Wire, server: KnownServer): Promise<Entry[]> {
  const [sizes, uidls] = await Promise.all([wire.list(), readUidls(wire, server)]);
  const sizeOf = new Map(sizes.map(({ number, value }) => [number, parseSize(value)]));
  const numbers = [...new Set([...sizeOf.keys(), ...uidls.map(({ number }) => number)])].sort((a, b) => a - b);
  const names = await identify(wire, server, numbers, uidls);
  return numbers.flatMap((number) => {
    const uidl = names.get(number);
    return uidl === undefined ? [] : [{ number, uidl, sizeBytes: sizeOf.get(number) ?? 0 }];
  });
}

async function readUidls(wire: Wire, server: KnownServer): Promise<Listed[]> {
  if (!server.hasUidl) return [];
  try {
    return await wire.uidl();
  } catch (error) {
    if (!isUnknownCommand(error)) throw error;
    server.hasUidl = false;
    return [];
  }
}

/** No message is larger, and the sum of as many as are listed at most is a safe integer still. */
const largestSize = 2 ** 33;

/** The size is shown and never relied on: some servers count line ends as one byte. */
const parseSize = (text: string): number => Math.min(largestSize, Number(/^\d{1,400}/.exec(text)?.[0] ?? 0));

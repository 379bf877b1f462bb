import { createHash } from 'node:crypto';
import type { Pop3Account } from './account.ts';
import type { MaildropContents } from './contents-store.ts';
import { headBytes, readHead } from './head.ts';
import { digestOf } from './identify.ts';
import type { Entry } from './listing.ts';
import type { Wire } from './wire.ts';

/**
 * Whether the bytes of `hash` are here, whole and unharmed, and of this very message: a server that gives unique-ids
 * anew (RFC 1939 §7 forbids it, some do) would have us delete mail that nobody has. Asks the server for the header.
 */
export async function confirmCopy(account: Pop3Account, wire: Wire, entry: Entry, hash: string): Promise<boolean> {
  const kept = await readKept(account.contents, account.accountId, hash);
  if (kept === null) return false;
  const head = await readHead(wire, account.server, entry.number, 0);
  return digestOf(head.bytes) === digestOf(kept);
}

/** The start of the kept bytes, once all of them were read and are what their name says; else null. */
async function readKept(contents: MaildropContents, accountId: string, hash: string): Promise<Buffer | null> {
  if ((await contents.sizeOf(accountId, hash)) === null) return null;
  const digest = createHash('sha256');
  const runs: Buffer[] = [];
  let room = headBytes;
  for await (const run of contents.open(accountId, hash) as AsyncIterable<Buffer>) {
    digest.update(run);
    if (room > 0) runs.push(run.subarray(0, room));
    room = Math.max(0, room - run.length);
  }
  return digest.digest('hex') === hash ? Buffer.concat(runs) : null;
}

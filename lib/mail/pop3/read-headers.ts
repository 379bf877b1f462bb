import { MailError } from '../errors.ts';
import type { Pop3Account } from './account.ts';
import { readHead } from './head.ts';
import type { Entry } from './listing.ts';
import type { MaildropHeader, MaildropRow } from './maildrop.ts';
import { noteRefused } from './refusals.ts';
import { summariseHead } from './summarise.ts';
import type { Wire } from './wire.ts';

/** A message of the maildrop: as the server lists it now, and as we know it. */
export interface Held {
  entry: Entry;
  row: MaildropRow;
  /** The server would not give the header in this session; it is asked again in another. */
  isRefused?: boolean;
}

/** Lines of text asked for with a header: enough for a preview and for the first parts' own headers. */
const previewLines = 40;
/** Written to the store together, so that a long first reading loses little when it is broken off. */
const batchSize = 50;

/**
 * Reads the headers that are not known yet, in the order given, and keeps them. Stops between two batches when `mayGoOn`
 * says so: what is then missing is read another time. A message that the server refuses stays without a header.
 */
export async function readHeaders(
  account: Pop3Account,
  wire: Wire,
  wanted: Held[],
  mayGoOn: () => boolean = () => true,
): Promise<void> {
  const missing = wanted.filter(isUnread);
  // The first by itself: should there be no TOP, that is found out once and not for every message.
  const batches = [missing.slice(0, 1)];
  for (let at = 1; at < missing.length; at += batchSize) batches.push(missing.slice(at, at + batchSize));
  for (const batch of batches) {
    if (batch.length === 0 || !mayGoOn()) return;
    const headers = await Promise.all(batch.map((held) => readHeader(account, wire, held)));
    const read = new Map<string, MaildropHeader>();
    for (const [index, held] of batch.entries()) {
      const header = headers[index];
      if (header) read.set(held.row.uidl, header);
      if (header) held.row.header = header;
      else held.isRefused = true;
    }
    await account.store.saveHeaders(account.accountId, read);
  }
}

/** Whether the header was neither read nor refused yet. */
export const isUnread = ({ row, isRefused }: Held): boolean => row.header === null && isRefused !== true;

async function readHeader(account: Pop3Account, wire: Wire, { entry, row }: Held): Promise<MaildropHeader | null> {
  try {
    return await summariseHead(await readHead(wire, account.server, entry.number, previewLines), row.firstSeenAt);
  } catch (error) {
    if (!(error instanceof MailError) || error.code !== 'notFound') throw error;
    noteRefused(account.accountId, row.uidl, error.serverText ?? '');
    return null;
  }
}

import { MailError } from '../errors.ts';
import { readMessage } from '../mime/read-message.ts';
import type { Pop3Account } from './account.ts';
import type { Collected } from './collection-store.ts';
import type { Entry } from './listing.ts';
import { summariseMessage } from './summarise.ts';
import { textOf } from './text.ts';
import type { Wire } from './wire.ts';

/** So many RETR are under way at once unless told: each holds at most its stream's buffer, however large the message. */
const usualAhead = 16;
/** Recorded together unless told; what is stored and not yet recorded is only taken again. */
const usualBatch = 50;

export interface Fetching {
  /** In the order to take them. */
  entries: Entry[];
  /** Asked before each message: false leaves the rest for another session. */
  mayGoOn(): boolean;
  onKept(sizeBytes: number): void;
  /** The server would not give this one. */
  onRefused(uidl: string): void;
  /** These can be found now. */
  onRecorded?(uidls: string[]): Promise<void>;
  /** So many RETR are under way at once. */
  ahead?: number;
  /** So many are recorded together. */
  batchSize?: number;
}

/**
 * Takes messages off the server and keeps them here: RETR ahead of one another where the server pipelines, each stored
 * durably before it is recorded. Gives the unique-ids kept, with their bytes. After a failure, what was stored by then is recorded still.
 */
export async function fetchMessages(
  account: Pop3Account,
  wire: Wire,
  { entries, mayGoOn, onKept, onRefused, onRecorded, ahead = usualAhead, batchSize = usualBatch }: Fetching,
): Promise<Map<string, number>> {
  const kept = new Map<string, number>();
  const stored: (Collected & { sizeBytes: number })[] = [];
  const failures: unknown[] = [];
  const record = async () => {
    const batch = stored.splice(0);
    if (batch.length === 0) return;
    await account.collection.recordCollected(account.accountId, batch);
    for (const { uidl, sizeBytes } of batch) kept.set(uidl, sizeBytes);
    await onRecorded?.(batch.map(({ uidl }) => uidl));
  };
  const queue = entries.values();
  const work = async () => {
    try {
      for (const entry of queue) {
        if (failures.length > 0) return;
        const collected = await fetchMessage(account, wire, entry);
        if (collected === null) onRefused(entry.uidl);
        else {
          stored.push(collected);
          onKept(collected.sizeBytes);
        }
        if (stored.length >= batchSize) await record();
        if (!mayGoOn()) return;
      }
    } catch (error) {
      failures.push(error);
    }
  };
  await Promise.all(Array.from({ length: ahead }, work));
  await record();
  // A full disk ends the session, and so the others: those say only that they were cancelled.
  if (failures.length > 0) throw failures.find((error) => !isCancelled(error)) ?? failures[0];
  return kept;
}

async function fetchMessage({ accountId, contents }: Pop3Account, wire: Wire, entry: Entry) {
  const stream = await retrieve(wire, entry.number);
  if (stream === null) return null;
  const { hash, sizeBytes } = await contents.put(accountId, stream);
  const parsed = await readMessage(contents.open(accountId, hash));
  const header = summariseMessage(parsed, new Date().toISOString(), true);
  return { uidl: entry.uidl, content: hash, header, text: textOf(parsed), sizeBytes };
}

async function retrieve(wire: Wire, number: number) {
  try {
    return await wire.retrieve(number);
  } catch (error) {
    // -ERR to a message that was just listed: the server's will, or a fault of its own with this one.
    if (error instanceof MailError && error.code === 'notFound') return null;
    throw error;
  }
}

const isCancelled = (error: unknown): boolean => error instanceof MailError && error.code === 'cancelled';

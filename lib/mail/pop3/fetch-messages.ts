import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { MailError, type MailErrorCode } from '../errors.ts';
import { type ParsedMessage, readMessage } from '../mime/read-message.ts';
import type { Pop3Account } from './account.ts';
import { type Collected, smallBytes } from './collection-store.ts';
import type { StoredContent } from './contents-store.ts';
import type { Entry } from './listing.ts';
import { forgetRefused, isTooLarge, noteRefused, noteTooLarge } from './refusals.ts';
import { summariseMessage } from './summarise.ts';
import { textOf } from './text.ts';
import type { Wire } from './wire.ts';

/** So many RETR are under way at once unless told: each holds at most its stream's buffer, however large the message. */
const usualAhead = 16;
/** A message of at most so many bytes is taken at once; a larger one streams to the disk. */
const wholeBytes = 1024 * 1024;
/** Recorded together unless told, or as many as have come in half a second; what is not yet recorded is only taken again. */
const usualBatch = 100;
const batchMs = 500;
/** Of small ones that wait to be recorded. */
const batchBytes = 2 * 1024 * 1024;

export interface Fetching {
  /** In the order to take them. */
  entries: Entry[];
  /** Asked before each message: false leaves the rest for another session. */
  mayGoOn(): boolean;
  onKept(sizeBytes: number): void;
  /** The server would not give this one, or it is larger than what we take, which ends the session. */
  onRefused(uidl: string): void;
  /** These can be found now. */
  onRecorded?(uidls: string[]): Promise<void>;
  /** So many RETR are under way at once. */
  ahead?: number;
  /** So many are recorded together. */
  batchSize?: number;
}

type Outcome = (Collected & { sizeBytes: number }) | { uidl: string; error: unknown };

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
  const storing: Promise<Outcome>[] = [];
  let heldBytes = 0;
  let recordedAt = performance.now();
  const failures: unknown[] = [];
  const recordBatch = async () => {
    const batch: (Collected & { sizeBytes: number })[] = [];
    heldBytes = 0;
    for (const outcome of await Promise.all(storing.splice(0))) {
      if (!('error' in outcome)) batch.push(outcome);
      else {
        failures.push(outcome.error);
        if (isTooLarge(account.accountId, outcome.uidl)) onRefused(outcome.uidl);
      }
    }
    if (batch.length === 0) return;
    await account.collection.recordCollected(account.accountId, batch);
    recordedAt = performance.now();
    for (const { uidl, sizeBytes } of batch) {
      kept.set(uidl, sizeBytes);
      onKept(sizeBytes);
    }
    await onRecorded?.(batch.map(({ uidl }) => uidl));
  };
  // In turn: while the disk is slow, no more than a batch waits behind the one being recorded.
  let recording = Promise.resolve();
  const record = () => {
    recording = recording.then(recordBatch);
    return recording;
  };
  const isBatch = () =>
    storing.length >= batchSize ||
    heldBytes >= batchBytes ||
    (storing.length > 0 && performance.now() - recordedAt > batchMs);
  const queue = entries.values();
  const work = async () => {
    try {
      for (const entry of queue) {
        if (failures.length > 0) return;
        if (isTooLarge(account.accountId, entry.uidl)) {
          onRefused(entry.uidl);
          continue;
        }
        const taken = await take(account, wire, entry);
        if (taken === null) onRefused(entry.uidl);
        else {
          const { parsing, outcome } = storeMessage(account, entry.uidl, taken);
          storing.push(outcome);
          if (isSmall(taken)) heldBytes += taken.length;
          await Promise.allSettled([parsing]);
        }
        if (isBatch()) await record();
        if (!mayGoOn()) return;
      }
    } catch (error) {
      failures.push(error);
    }
  };
  await Promise.all(Array.from({ length: ahead }, work));
  await record();
  // A full disk ends the session, and so the others: those say only that they were cancelled.
  if (failures.length > 0) throw failures.find((error) => !isOf('cancelled', error)) ?? failures[0];
  return kept;
}

/**
 * Reads a message, a large one while it goes to the disk. `parsing` ends when all of it has come; `outcome` tells when it can
 * be recorded, and of failures too: nobody looks at it before a batch is.
 */
function storeMessage(
  { accountId, contents }: Pop3Account,
  uidl: string,
  taken: Buffer | Readable,
): { parsing: Promise<ParsedMessage>; outcome: Promise<Outcome> } {
  const bytes = isSmall(taken) ? taken : null;
  const copy = Buffer.isBuffer(taken) ? null : copyOf(taken);
  const storing = bytes === null ? contents.put(accountId, copy === null ? taken : copy.runs) : nameOf(bytes);
  const parsing = readMessage(copy === null ? taken : copy.stream);
  const store = async (): Promise<Outcome> => {
    try {
      const { hash, sizeBytes } = await storing;
      const parsed = await parsing;
      const header = summariseMessage(parsed, new Date().toISOString(), true);
      return { uidl, content: hash, bytes, header, text: textOf(parsed), sizeBytes };
    } catch (error) {
      copy?.abandon();
      if (isOf('tooLarge', error)) noteTooLarge(accountId, uidl);
      return { uidl, error };
    }
  };
  return { parsing, outcome: store() };
}

const isSmall = (taken: Buffer | Readable): taken is Buffer => Buffer.isBuffer(taken) && taken.length <= smallBytes;

const nameOf = (bytes: Buffer): StoredContent => ({
  hash: createHash('sha256').update(bytes).digest('hex'),
  sizeBytes: bytes.length,
});

/** A stream for two readers: `runs` gives what it does, each once `stream` has taken it too. */
function copyOf(source: Readable): { runs: AsyncIterable<Buffer>; stream: Readable; abandon(): void } {
  const copy = new PassThrough();
  return {
    runs: copyTo(copy, source),
    stream: copy,
    abandon() {
      // Where nothing could be written nobody has read the source, and behind it every other answer would wait.
      source.destroy();
      copy.destroy(new MailError('cancelled', 'the message could not be kept'));
    },
  };
}

/** Gives the runs of `stream`, each once `copy` has taken it too. */
async function* copyTo(copy: PassThrough, stream: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const run of stream as AsyncIterable<Buffer>) {
      if (!copy.write(run)) await once(copy, 'drain');
      yield run;
    }
    copy.end();
  } finally {
    if (!copy.writableEnded) copy.destroy(new MailError('cancelled', 'the message did not come whole'));
  }
}

async function take(
  { accountId }: Pop3Account,
  wire: Wire,
  { number, uidl }: Entry,
): Promise<Buffer | Readable | null> {
  try {
    const taken = await wire.take(number, wholeBytes);
    forgetRefused(accountId, uidl);
    return taken;
  } catch (error) {
    // -ERR to a message that was just listed: the server's will, or a fault of its own with this one.
    if (!(error instanceof MailError) || error.code !== 'notFound') throw error;
    noteRefused(accountId, uidl, error.serverText ?? '');
    return null;
  }
}

const isOf = (code: MailErrorCode, error: unknown): boolean => error instanceof MailError && error.code === code;

/**
 * Whether a session ended because a message was larger than what we take; fetchMessages has told it as refused. Nobody asks
 * for it again, so the work goes on in another session.
 */
export const isLeftOut = (error: unknown, refusedBefore: number, refusedNow: number): boolean =>
  isOf('tooLarge', error) && refusedNow > refusedBefore;

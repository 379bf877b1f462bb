import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { MailError } from '../errors.ts';
import type { ImapMessageRef } from '../ids.ts';
import { fetchRows, peek, type Row } from './fetch.ts';
import { sameLife } from './life.ts';
import type { Account } from './pool-types.ts';
import { atom, type Token } from './wire.ts';
import { hearOf, type Selected, withImap } from './with-imap.ts';

/** A section of one message (RFC 9051 §6.4.5), `''` for the whole of it; the `signal` ends its stream. */
export interface SectionSource {
  account: Account;
  ref: ImapMessageRef;
  section: string;
  signal: AbortSignal | undefined;
}

const chunkBytes = 256 * 1024;
/** Others have a turn after each: a chunk that goes on at once holds them up longer than its fetching did. */
const sliceBytes = 64 * 1024;
/** What began to flow is worth more waiting for a connection than a first request is: about two minutes. */
const maxBusy = 8;

/** Lends a connection with the source's mailbox in the life that the id names. Throws `stale` in another. */
export function lendTo<T>(
  { account, ref, signal }: Omit<SectionSource, 'section'>,
  work: (selected: Selected) => Promise<T>,
): Promise<T> {
  return withImap(account, { mailbox: ref.path, mode: 'read', signal }, (selected) => {
    sameLife(selected, ref);
    return work(selected);
  });
}

/** The next chunk of the section from `startByte`, and `more` of the message. Throws `notFound`. */
export async function fetchChunk(
  { client }: Selected,
  { ref, section }: SectionSource,
  startByte: number,
  more: Token[] = [],
): Promise<Row> {
  const range = String(ref.uid);
  const items = [atom('UID'), peek(section, chunkBytes, startByte), ...more];
  const rows = await fetchRows(client, { range, isUid: true, items });
  const row = rows.find(({ uid }) => uid === ref.uid);
  // NIL stands for what is not there any more.
  if (!row?.sections.has(section)) throw new MailError('notFound', 'the message or part is not there');
  return row;
}

/**
 * The section at the reader's pace, from its `first` chunk on. Each further chunk borrows a connection for itself, so a
 * slow reader holds none while it does not read. Fails with `notFound` or `stale` where the message goes meanwhile.
 */
export const streamSection = (source: SectionSource, first: Row): Readable =>
  endedBy(source.signal, Readable.from(chunksOf(source, first), { objectMode: false, highWaterMark: sliceBytes }));

/** Destroys `stream` when the signal aborts. */
export function endedBy<T extends Readable>(signal: AbortSignal | undefined, stream: T): T {
  const end = () => stream.destroy();
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  stream.once('close', () => signal?.removeEventListener('abort', end));
  return stream;
}

async function* chunksOf(source: SectionSource, first: Row): AsyncGenerator<Buffer> {
  let startByte = 0;
  for (let row = first; ; row = await nextChunk(source, startByte)) {
    const bytes = row.sections.get(source.section) ?? Buffer.alloc(0);
    for (let at = 0; at < bytes.length; at += sliceBytes) {
      yield bytes.subarray(at, at + sliceBytes);
      await turn();
    }
    // Less is the end; more is all of it, from a server that does not cut.
    if (bytes.length !== chunkBytes) return;
    startByte += bytes.length;
  }
}

async function nextChunk(source: SectionSource, startByte: number): Promise<Row> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await lendTo(source, async (selected) => {
        await hearOf(selected, [source.ref.uid]);
        return await fetchChunk(selected, source, startByte);
      });
    } catch (error) {
      const mayWait = error instanceof MailError && error.code === 'busy' && tries < maxBusy;
      if (!mayWait) throw error;
    }
  }
}

import { Readable } from 'node:stream';
import type { CallOptions, PartStream } from '../driver.ts';
import { MailError } from '../errors.ts';
import { parseImapMessageId } from '../ids.ts';
import { decodeTransfer } from '../mime/decode.ts';
import { fetchRows, peek, type Row } from './fetch.ts';
import { sameLife } from './life.ts';
import type { Account } from './pool-types.ts';
import { findPart, type Structure, translateStructure } from './structure.ts';
import { translateError } from './translate-error.ts';
import { atom, type Token } from './wire.ts';
import { catchUp, type Selected, withImap } from './with-imap.ts';

const chunkBytes = 256 * 1024;
/** A reader that takes nothing for so long gives the connection back. */
const stalledMs = 60_000;

/** Streams one part, decoded from its transfer encoding. Throws `notFound`, `stale`. */
export function openPart(
  account: Account,
  { id, partId }: { id: string; partId: string },
  options: CallOptions = {},
): Promise<PartStream> {
  if (!/^\d{1,4}(\.\d{1,4}){0,60}$/.test(partId))
    throw new MailError('notFound', 'no such part', { detail: partId.slice(0, 80) });
  return lendStream(account, id, options, async (selected, uid) => {
    const structure = await structureOf(selected, uid);
    const part = structure && findPart(structure, partId);
    if (!part) throw new MailError('notFound', 'no such part', { detail: partId });
    const isPlain = /^(7bit|8bit|binary)$/.test(part.encoding);
    const { stream } = await streamSection(selected, uid, partId, []);
    const decoded = stream.pipe(decodeTransfer(part.encoding));
    stream.on('error', (error) => decoded.destroy(error));
    decoded.on('close', () => stream.destroy());
    return {
      stream: decoded,
      type: part.type,
      charset: part.charset,
      name: part.name,
      sizeBytes: isPlain ? part.sizeBytes : null,
    };
  });
}

/** Streams the message as it is on the wire. Throws `notFound`, `stale`. */
export function openRaw(account: Account, id: string, options: CallOptions = {}): Promise<PartStream> {
  return lendStream(account, id, options, async (selected, uid) => {
    const { stream, first } = await streamSection(selected, uid, '', [atom('RFC822.SIZE')]);
    return { stream, type: 'message/rfc822', charset: null, name: null, sizeBytes: first.sizeBytes };
  });
}

/** Gives the stream as soon as it has begun and holds the connection until it has ended, failed or been destroyed. */
function lendStream(
  account: Account,
  id: string,
  { signal }: CallOptions,
  begin: (selected: Selected, uid: number) => Promise<PartStream>,
): Promise<PartStream> {
  const ref = parseImapMessageId(id);
  return new Promise((resolve, reject) => {
    withImap(account, { mailbox: ref.path, mode: 'read' }, async (selected) => {
      sameLife(selected, ref);
      await catchUp(selected);
      const part = await begin(selected, ref.uid);
      const ended = new Promise<void>((end) => part.stream.once('close', end));
      if (signal?.aborted) part.stream.destroy();
      signal?.addEventListener('abort', () => part.stream.destroy(), { once: true });
      resolve(part);
      await ended;
    }).catch(reject);
  });
}

async function streamSection(
  selected: Selected,
  uid: number,
  section: string,
  items: Token[],
): Promise<{ stream: Readable; first: Row }> {
  const read = async (startByte: number, more: Token[] = []): Promise<Row> => {
    const range = String(uid);
    const rows = await fetchRows(selected.client, {
      range,
      isUid: true,
      items: [atom('UID'), peek(section, chunkBytes, startByte), ...more],
    });
    const row = rows.find((candidate) => candidate.uid === uid);
    // NIL stands for what is not there any more.
    if (!row?.sections.has(section))
      throw new MailError('notFound', 'the message or part is not there', { detail: range });
    return row;
  };
  const first = await read(0, items);
  const stalled = () => stream.destroy(new MailError('timeout', `nobody read for ${stalledMs} ms`));
  const stream: Readable = Readable.from(chunksOf(first, section, read, stalled), {
    objectMode: false,
    highWaterMark: chunkBytes,
  });
  return { stream, first };
}

async function* chunksOf(
  first: Row,
  section: string,
  read: (startByte: number) => Promise<Row>,
  stalled: () => void,
): AsyncGenerator<Buffer> {
  let startByte = 0;
  let timer: NodeJS.Timeout | undefined;
  try {
    for (let row = first; ; row = await read(startByte)) {
      const bytes = row.sections.get(section) ?? Buffer.alloc(0);
      timer = setTimeout(stalled, stalledMs);
      if (bytes.length > 0) yield bytes;
      clearTimeout(timer);
      startByte += bytes.length;
      if (bytes.length < chunkBytes) return;
    }
  } catch (error) {
    throw translateError(error);
  } finally {
    clearTimeout(timer);
  }
}

async function structureOf(
  { client, account, mailbox, uidValidity }: Selected,
  uid: number,
): Promise<Structure | null> {
  const known = account.memory.factsOf(mailbox.path, uidValidity).get(uid)?.structure;
  if (known) return known;
  const rows = await fetchRows(client, {
    range: String(uid),
    isUid: true,
    items: [atom('UID'), atom('BODYSTRUCTURE')],
  });
  const row = rows.find((candidate) => candidate.uid === uid);
  if (!row) throw new MailError('notFound', 'there is no such message', { detail: String(uid) });
  return row.bodyStructure ? translateStructure(row.bodyStructure) : null;
}

import type { CallOptions, PartStream } from '../driver.ts';
import { MailError } from '../errors.ts';
import { parseImapMessageId } from '../ids.ts';
import { openPartOf } from '../mime/open-part.ts';
import { decodeTransfer } from '../mime/transfer.ts';
import { fetchRows } from './fetch.ts';
import { keepTree, knownTree } from './known-tree.ts';
import type { Account } from './pool-types.ts';
import { endedBy, fetchChunk, lendTo, type SectionSource, streamSection } from './stream-section.ts';
import { findPart, isPlain, type Structure, translateStructure } from './structure.ts';
import { atom } from './wire.ts';
import { catchUp, type Selected } from './with-imap.ts';

/** Streams one part, decoded from its transfer encoding. Throws `notFound`, `stale`. */
export async function openPart(
  account: Account,
  { id, partId }: { id: string; partId: string },
  { signal }: CallOptions = {},
): Promise<PartStream> {
  checkPartId(partId);
  const ref = parseImapMessageId(id);
  const { source, part, rest, first } = await lendTo({ account, ref, signal }, async (selected) => {
    await catchUp(selected, [ref.uid]);
    const structure = await structureOf(selected, ref.uid);
    const found = structure && findPart(structure, partId);
    if (!found?.part.partId) throw new MailError('notFound', 'no such part', { detail: partId });
    const source: SectionSource = { account, ref, section: found.part.partId, signal };
    return { source, ...found, first: await fetchChunk(selected, source, 0) };
  });
  const stream = streamSection(source, first);
  const decoded = stream.pipe(decodeTransfer(part.encoding));
  stream.on('error', (error) => decoded.destroy(error));
  decoded.on('close', () => stream.destroy());
  const bytes = endedBy(signal, decoded);
  if (rest !== '') return await openPartOf(bytes, rest);
  return {
    stream: bytes,
    type: part.type,
    charset: part.charset,
    name: part.name,
    sizeBytes: isPlain(part.encoding) ? part.sizeBytes : null,
  };
}

/** Throws `notFound` for what is no part number (RFC 9051 §6.4.5.1). */
export function checkPartId(partId: string): void {
  if (/^\d{1,4}(\.\d{1,4}){0,60}$/.test(partId)) return;
  throw new MailError('notFound', 'no such part', { detail: partId.slice(0, 80) });
}

/** Streams the message as it is on the wire. Throws `notFound`, `stale`. */
export async function openRaw(account: Account, id: string, { signal }: CallOptions = {}): Promise<PartStream> {
  const source: SectionSource = { account, ref: parseImapMessageId(id), section: '', signal };
  const first = await lendTo(source, async (selected) => {
    await catchUp(selected, [source.ref.uid]);
    return await fetchChunk(selected, source, 0, [atom('RFC822.SIZE')]);
  });
  const stream = streamSection(source, first);
  return { stream, type: 'message/rfc822', charset: null, name: null, sizeBytes: first.sizeBytes };
}

/** The tree of a message, as it is remembered or told now; null where the server tells none. Throws `notFound`. */
export async function structureOf(selected: Selected, uid: number): Promise<Structure | null> {
  const known = knownTree(selected, uid);
  if (known) return known;
  const rows = await fetchRows(selected.client, {
    range: String(uid),
    isUid: true,
    items: [atom('UID'), atom('BODYSTRUCTURE')],
  });
  const row = rows.find((candidate) => candidate.uid === uid);
  if (!row) throw new MailError('notFound', `there is no message of UID ${uid}`);
  const structure = row.bodyStructure ? translateStructure(row.bodyStructure) : null;
  if (structure) keepTree(selected, uid, structure);
  return structure;
}

import type { CallOptions, PartStream } from '../driver.ts';
import { MailError } from '../errors.ts';
import { parseImapMessageId } from '../ids.ts';
import { decodeTransfer } from '../mime/transfer.ts';
import { fetchRows } from './fetch.ts';
import type { Account } from './pool-types.ts';
import { endedBy, fetchChunk, lendTo, type SectionSource, streamSection } from './stream-section.ts';
import { findPart, type Structure, translateStructure } from './structure.ts';
import { atom } from './wire.ts';
import { catchUp, type Selected } from './with-imap.ts';

/** Streams one part, decoded from its transfer encoding. Throws `notFound`, `stale`. */
export async function openPart(
  account: Account,
  { id, partId }: { id: string; partId: string },
  { signal }: CallOptions = {},
): Promise<PartStream> {
  if (!/^\d{1,4}(\.\d{1,4}){0,60}$/.test(partId))
    throw new MailError('notFound', 'no such part', { detail: partId.slice(0, 80) });
  const source: SectionSource = { account, ref: parseImapMessageId(id), section: partId, signal };
  const { part, first } = await lendTo(source, async (selected) => {
    await catchUp(selected);
    const structure = await structureOf(selected, source.ref.uid);
    const part = structure && findPart(structure, partId);
    if (!part) throw new MailError('notFound', 'no such part', { detail: partId });
    return { part, first: await fetchChunk(selected, source, 0) };
  });
  const stream = streamSection(source, first);
  const decoded = stream.pipe(decodeTransfer(part.encoding));
  stream.on('error', (error) => decoded.destroy(error));
  decoded.on('close', () => stream.destroy());
  const isPlain = /^(7bit|8bit|binary)$/.test(part.encoding);
  return {
    stream: endedBy(signal, decoded),
    type: part.type,
    charset: part.charset,
    name: part.name,
    sizeBytes: isPlain ? part.sizeBytes : null,
  };
}

/** Streams the message as it is on the wire. Throws `notFound`, `stale`. */
export async function openRaw(account: Account, id: string, { signal }: CallOptions = {}): Promise<PartStream> {
  const source: SectionSource = { account, ref: parseImapMessageId(id), section: '', signal };
  const first = await lendTo(source, async (selected) => {
    await catchUp(selected);
    return await fetchChunk(selected, source, 0, [atom('RFC822.SIZE')]);
  });
  const stream = streamSection(source, first);
  return { stream, type: 'message/rfc822', charset: null, name: null, sizeBytes: first.sizeBytes };
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
  if (!row) throw new MailError('notFound', `there is no message of UID ${uid}`);
  return row.bodyStructure ? translateStructure(row.bodyStructure) : null;
}

import type { ImapFlow } from 'imapflow';
import { decodeText } from '../mime/charset.ts';
import { chooseBodies } from '../mime/choose.ts';
import { previewOf } from '../mime/preview.ts';
import { decodeBytes } from '../mime/text-body.ts';
import type { Facts } from './facts.ts';
import { fetchRows, peek } from './fetch.ts';
import type { Structure } from './structure.ts';
import { atom } from './wire.ts';

const plainBytes = 1024;
const htmlBytes = 8192;
const maxGroups = 8;

/**
 * Fills the previews of rows from the first bytes of their text, for servers without PREVIEW (RFC 8970): one FETCH for
 * each part number that occurs, at most eight. Rows beyond that, and without text, get none.
 */
export async function fillPreviews(client: ImapFlow, rows: readonly Facts[]): Promise<void> {
  const groups = new Map<string, { facts: Facts; part: Structure }[]>();
  for (const facts of rows) {
    const part = facts.structure ? chooseBodies(facts.structure).textBody[0] : undefined;
    if (!part?.partId) continue;
    const key = `${part.partId} ${part.type === 'text/html' ? htmlBytes : plainBytes}`;
    groups.set(key, [...(groups.get(key) ?? []), { facts, part }]);
  }
  for (const [key, members] of [...groups].slice(0, maxGroups)) {
    const [section = '', bytes = ''] = key.split(' ');
    const range = members.map(({ facts }) => facts.uid).join(',');
    const fetched = await fetchRows(client, { range, isUid: true, items: [atom('UID'), peek(section, Number(bytes))] });
    const bytesOf = new Map(fetched.map((row) => [row.uid, row.sections.get(section)]));
    for (const { facts, part } of members) facts.preview = textOf(bytesOf.get(facts.uid), part);
  }
}

function textOf(bytes: Buffer | undefined, part: Structure): string | null {
  if (!bytes) return null;
  const decoded = decodeText(decodeBytes(bytes, part.encoding), part.charset);
  return previewOf(decoded, part.type === 'text/html' ? 'text/html' : 'text/plain');
}

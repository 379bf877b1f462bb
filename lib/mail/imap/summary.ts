import { imapMessageIdOf, mailboxIdOf } from '../ids.ts';
import { hasAttachment } from '../mime/choose.ts';
import { parseDate } from '../mime/dates.ts';
import type { MessageSummary } from '../model.ts';
import { translateEnvelope } from './envelope.ts';
import type { Facts } from './facts.ts';
import type { Row } from './fetch.ts';
import { keywordsOf } from './keywords.ts';
import { countParts, translateStructure } from './structure.ts';
import { atom, type Token } from './wire.ts';

/** All of a row in one FETCH. */
export const factItems = (hasPreview: boolean): Token[] =>
  ['UID', 'FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODYSTRUCTURE', ...(hasPreview ? ['PREVIEW'] : [])].map(
    atom,
  );

const rememberedParts = 64;
const maxPreviewLength = 256;

/** What never changes of a fetched message; null where the server left out what a row needs. */
export function translateFacts(row: Row): Facts | null {
  if (row.uid === null || row.envelope === null) return null;
  const structure = row.bodyStructure ? translateStructure(row.bodyStructure) : null;
  return {
    uid: row.uid,
    ...translateEnvelope(row.envelope),
    receivedAt: parseDate(row.internalDate) ?? new Date(0).toISOString(),
    sizeBytes: row.sizeBytes ?? 0,
    hasAttachment: structure !== null && hasAttachment(structure),
    preview: row.preview === null ? null : row.preview.replace(/\s+/g, ' ').trim().slice(0, maxPreviewLength),
    structure: structure && countParts(structure) <= rememberedParts ? structure : null,
  };
}

/** A row of a list: the facts and the flags of now. */
export function summaryOf(path: string, uidValidity: number, facts: Facts, flags: readonly string[]): MessageSummary {
  return {
    id: imapMessageIdOf({ path, uidValidity, uid: facts.uid }),
    mailboxId: mailboxIdOf(path),
    subject: facts.subject,
    from: facts.from,
    to: facts.to,
    receivedAt: facts.receivedAt,
    sentAt: facts.sentAt,
    sizeBytes: facts.sizeBytes,
    keywords: keywordsOf(flags),
    hasAttachment: facts.hasAttachment,
    preview: facts.preview,
  };
}

import { within } from '../mime/attached-message.ts';
import { attachmentOf, chooseBodies } from '../mime/choose.ts';
import { contentOf } from '../mime/content.ts';
import { splitFields } from '../mime/fields.ts';
import { protectionOf } from '../mime/protection.ts';
import { type MessageContents, readMessage } from '../mime/read-message.ts';
import { maxReportBytes, parseReport, reportPartOf } from '../mime/report.ts';
import { decodeBytes, maxTextBytes, textBodyOf } from '../mime/text-body.ts';
import { createTurns } from '../mime/turns.ts';
import type { MessageWarning, TextBody } from '../model.ts';
import { peek } from './fetch.ts';
import type { Structure } from './structure.ts';
import type { Token } from './wire.ts';

/** 2 MiB of text take up to 2.8 MiB in base64; a quoted-printable text past this bound is cut a little earlier. */
const maxWireBytes = 3 * 1024 * 1024;
const maxTextParts = 40;
const maxMisnamed = 20;
const maxMimeBytes = 16 * 1024;
const maxTotalBytes = 16 * 1024 * 1024;

/** The parts of a message that are shown: what to FETCH, and how what came reads. */
export interface ContentPlan {
  items: Token[];
  read(sections: ReadonlyMap<string, Buffer>): Promise<MessageContents>;
}

/**
 * Chooses what to fetch of a message: its texts (RFC 8621 §4.1.4) and what it reports, never its files. `section` is where
 * the message is: the part that holds it, or nothing.
 */
export function planContents(structure: Structure | null, section = ''): ContentPlan {
  if (structure && leavesOf(structure).every(({ sizeBytes }) => sizeBytes === 0)) return planDamaged(section);
  if (!structure) return { items: [], read: async () => ({ ...nothing, warnings: ['tooDeep'] }) };
  const chosen = chooseBodies(structure);
  const shown = [...new Set<Structure>([...chosen.textBody, ...chosen.htmlBody])];
  const parts = shown.slice(0, maxTextParts).filter(withinTotal());
  const reporting = reportPartOf(structure);
  const misnamed = leavesOf(structure).filter(isMisnamed).slice(0, maxMisnamed);
  return {
    items: [
      ...misnamed.map(({ partId }) => peek(`${partId}.MIME`, maxMimeBytes)),
      ...parts.flatMap(({ partId }) => (partId ? peek(partId, maxWireBytes) : [])),
      ...(reporting?.partId ? [peek(reporting.partId, maxReportBytes)] : []),
    ],
    async read(sections) {
      for (const part of misnamed) {
        const fields = splitFields(sections.get(`${part.partId}.MIME`) ?? Buffer.alloc(0));
        part.name = contentOf(fields, part.type).name ?? part.name;
      }
      const bytesOf = ({ partId }: Structure) => sections.get(partId ?? '') ?? Buffer.alloc(0);
      const texts = new Map<Structure, TextBody>();
      const turns = createTurns();
      for (const part of parts) {
        texts.set(part, readText(part, bytesOf(part)));
        await turns();
      }
      const textsOf = (list: Structure[]): TextBody[] => list.flatMap((part) => texts.get(part) ?? []);
      const warnings = new Set<MessageWarning>(chosen.warnings);
      if (shown.length > parts.length) warnings.add('tooManyParts');
      if ([...texts.values()].some(({ isTruncated }) => isTruncated)) warnings.add('bodyTruncated');
      const textBody = textsOf(chosen.textBody);
      return {
        textBody,
        htmlBody: textsOf(chosen.htmlBody),
        attachments: chosen.attachments.map(attachmentOf),
        report: reporting && parseReport(reporting.type, decodeBytes(bytesOf(reporting), reporting.encoding)),
        protection: protectionOf(structure, textBody),
        warnings: [...warnings],
      };
    },
  };
}

/** Texts as long as they are not too much together, in the order in which they are shown. */
function withinTotal(): (part: Structure) => boolean {
  let left = maxTotalBytes;
  return ({ sizeBytes }) => {
    left -= Math.min(sizeBytes, maxWireBytes);
    return left >= 0;
  };
}

/** A server that makes nothing of a damaged multipart still has its text. Files in it would have no number to be opened by. */
function planDamaged(section: string): ContentPlan {
  return {
    items: [peek(section, maxWireBytes)],
    async read(sections) {
      const bytes = sections.get(section) ?? Buffer.alloc(0);
      const { textBody, htmlBody, report, protection, warnings } = await readMessage(bytes);
      const contents = { textBody, htmlBody, attachments: [], report, protection, warnings };
      return section === '' ? contents : within(section, contents);
    },
  };
}

const leavesOf = (part: Structure): Structure[] => (part.partId === null ? part.subParts.flatMap(leavesOf) : [part]);

/** Servers send 8-bit names as they stand, which imapflow decodes as UTF-8 whatever they are. */
const isMisnamed = ({ name }: Structure): boolean => name?.includes('\ufffd') === true;

const nothing = { textBody: [], htmlBody: [], attachments: [], report: null, protection: null };

function readText(part: Structure, wire: Buffer): TextBody {
  const isCut = wire.length >= maxWireBytes;
  return textBodyOf(part, decodeBytes(wire, part.encoding).subarray(0, maxTextBytes + 1), isCut);
}

import { attachmentOf, chooseBodies } from '../mime/choose.ts';
import { protectionOf } from '../mime/protection.ts';
import type { MessageContents } from '../mime/read-message.ts';
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
const maxTotalBytes = 16 * 1024 * 1024;

/** The parts of a message that are shown: what to FETCH, and how what came reads. */
export interface ContentPlan {
  items: Token[];
  read(sections: ReadonlyMap<string, Buffer>): Promise<MessageContents>;
}

/** Chooses what to fetch of a message: its texts (RFC 8621 §4.1.4) and what it reports, never its files. */
export function planContents(structure: Structure | null): ContentPlan {
  if (!structure) return { items: [], read: async () => ({ ...nothing, warnings: ['tooDeep'] }) };
  const chosen = chooseBodies(structure);
  const shown = [...new Set<Structure>([...chosen.textBody, ...chosen.htmlBody])];
  const parts = shown.slice(0, maxTextParts).filter(withinTotal());
  const reporting = reportPartOf(structure);
  return {
    items: [
      ...parts.flatMap(({ partId }) => (partId ? peek(partId, maxWireBytes) : [])),
      ...(reporting?.partId ? [peek(reporting.partId, maxReportBytes)] : []),
    ],
    async read(sections) {
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

const nothing = { textBody: [], htmlBody: [], attachments: [], report: null, protection: null };

function readText(part: Structure, wire: Buffer): TextBody {
  const isCut = wire.length >= maxWireBytes;
  return textBodyOf(part, decodeBytes(wire, part.encoding).subarray(0, maxTextBytes + 1), isCut);
}

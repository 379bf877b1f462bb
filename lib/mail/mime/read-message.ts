import type { Message, TextBody } from '../model.ts';
import { attachmentOf, chooseBodies, isReadable } from './choose.ts';
import type { MimePart } from './content.ts';
import { createHeldBytes, type HeldBytes } from './held-bytes.ts';
import { protectionOf } from './protection.ts';
import { isReport, maxReportBytes, parseReport, reportPartOf } from './report.ts';
import type { MessageSource } from './source.ts';
import { parseStructure, type Structure } from './structure.ts';
import { decodeBytes, maxTextBytes, textBodyOf } from './text-body.ts';
import { createTurns } from './turns.ts';

/** What is shown of a message below its header: texts decoded, files listed. */
export type MessageContents = Pick<
  Message,
  'textBody' | 'htmlBody' | 'attachments' | 'report' | 'protection' | 'warnings'
>;

/** A message read whole. */
export interface ParsedMessage extends Structure, MessageContents {}

/** base64 takes 4 bytes for 3, and line breaks; quoted-printable up to 3 for 1. */
const maxHeldBytes = 3 * maxTextBytes;
const maxHeldTotalBytes = 16 * 1024 * 1024;

/**
 * Reads a message in one pass: header, tree and the texts chosen by RFC 8621 §4.1.4, 2 MiB each (`isTruncated`). Files
 * pass by unheld. Rejects only when the source fails.
 */
export async function readMessage(source: MessageSource): Promise<ParsedMessage> {
  const held = new Map<MimePart, HeldBytes>();
  let heldBytes = 0;
  const structure = await parseStructure(source, {
    onBody(part, bytes) {
      const mostBytes = isReport(part) ? maxReportBytes : mayBeBody(part) ? maxHeldBytes : 0;
      if (mostBytes === 0) return;
      const kept = held.get(part) ?? createHeldBytes();
      held.set(part, kept);
      heldBytes += kept.add(bytes, Math.min(mostBytes - kept.length, maxHeldTotalBytes - heldBytes));
    },
  });
  const chosen = chooseBodies(structure.root);
  const bytesOf = (part: MimePart): Buffer => held.get(part)?.bytes() ?? Buffer.alloc(0);
  const read = (part: MimePart): TextBody =>
    textBodyOf(part, decodeBytes(bytesOf(part), part.encoding), held.get(part)?.isCut);
  const texts = new Map<MimePart, TextBody>();
  const turns = createTurns();
  for (const part of new Set([...chosen.textBody, ...chosen.htmlBody])) {
    texts.set(part, read(part));
    await turns();
  }
  const textOf = (part: MimePart): TextBody => texts.get(part) ?? read(part);
  const isCut = [...texts.values()].some((text) => text.isTruncated);
  const reporting = reportPartOf(structure.root);
  const textBody = chosen.textBody.map(textOf);
  return {
    ...structure,
    warnings: [...new Set([...structure.warnings, ...chosen.warnings, ...(isCut ? (['bodyTruncated'] as const) : [])])],
    textBody,
    htmlBody: chosen.htmlBody.map(textOf),
    attachments: chosen.attachments.map(attachmentOf),
    report: reporting && parseReport(reporting.type, decodeBytes(bytesOf(reporting), reporting.encoding)),
    protection: protectionOf(structure.root, textBody),
  };
}

/** Plain text and HTML by any name, and what a broken multipart holds instead of parts. */
function mayBeBody(part: MimePart): boolean {
  if (part.disposition === 'attachment') return false;
  return part.type === 'text/plain' || part.type === 'text/html' || isReadable(part) || part.partId === null;
}

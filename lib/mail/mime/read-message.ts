import type { Attachment, TextBody } from '../model.ts';
import { attachmentOf, chooseBodies, isReadable } from './choose.ts';
import type { MimePart } from './content.ts';
import { createHeldBytes, type HeldBytes } from './held-bytes.ts';
import type { MessageSource } from './source.ts';
import { parseStructure, type Structure } from './structure.ts';
import { decodeBytes, maxTextBytes, textBodyOf } from './text-body.ts';

/** A message read whole, as it is shown: texts decoded, files listed. */
export interface ParsedMessage extends Structure {
  textBody: TextBody[];
  htmlBody: TextBody[];
  attachments: Attachment[];
}

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
      if (!mayBeBody(part)) return;
      const kept = held.get(part) ?? createHeldBytes();
      held.set(part, kept);
      heldBytes += kept.add(bytes, Math.min(maxHeldBytes - kept.length, maxHeldTotalBytes - heldBytes));
    },
  });
  const chosen = chooseBodies(structure.root);
  const read = (part: MimePart): TextBody => {
    const kept = held.get(part) ?? createHeldBytes();
    return textBodyOf(part, decodeBytes(kept.bytes(), part.encoding), kept.isCut);
  };
  const texts = new Map([...new Set([...chosen.textBody, ...chosen.htmlBody])].map((part) => [part, read(part)]));
  const textOf = (part: MimePart): TextBody => texts.get(part) ?? read(part);
  const isCut = [...texts.values()].some((text) => text.isTruncated);
  return {
    ...structure,
    warnings: [...new Set([...structure.warnings, ...chosen.warnings, ...(isCut ? (['bodyTruncated'] as const) : [])])],
    textBody: chosen.textBody.map(textOf),
    htmlBody: chosen.htmlBody.map(textOf),
    attachments: chosen.attachments.map(attachmentOf),
  };
}

/** Plain text and HTML by any name, and what a broken multipart holds instead of parts. */
function mayBeBody(part: MimePart): boolean {
  if (part.disposition === 'attachment') return false;
  return part.type === 'text/plain' || part.type === 'text/html' || isReadable(part) || part.partId === null;
}

import type { ImapAttributeList, MessageStructureObject } from 'imapflow';
import { parseBodystructure } from 'imapflow/lib/tools.js';
import type { MimePart } from '../mime/content.ts';

/** The MIME tree as the server tells it (RFC 9051 §7.5.2, BODYSTRUCTURE), in our words. */
export type Structure = MimePart;

const maxParts = 1_200;
const maxDepth = 60;

/** BODYSTRUCTURE to the tree; an attached message is a leaf. Cut a little above the bounds of `chooseBodies`, which warns. */
export function translateStructure(list: ImapAttributeList): Structure {
  const count = { left: maxParts };
  return translateNode(parseBodystructure(list), count, 0);
}

function translateNode(node: MessageStructureObject, count: { left: number }, depth: number): Structure {
  count.left -= 1;
  const isBranch = node.type.startsWith('multipart/');
  const children = isBranch && depth < maxDepth ? (node.childNodes ?? []) : [];
  const subParts: Structure[] = [];
  for (const child of children) {
    if (count.left <= 0) break;
    subParts.push(translateNode(child, count, depth + 1));
  }
  const parameters = node.parameters ?? {};
  const name = node.dispositionParameters?.filename || parameters.name || null;
  return {
    partId: isBranch ? null : (node.part ?? '1'),
    type: /^[^/\s]+\/[^/\s]+$/.test(node.type) ? node.type : 'application/octet-stream',
    charset: parameters.charset || null,
    disposition: node.disposition ? (node.disposition === 'inline' ? 'inline' : 'attachment') : null,
    name,
    cid: node.id?.replace(/^[\s<]+|[\s>]+$/g, '') || null,
    sizeBytes: node.size ?? 0,
    encoding: node.encoding || '7bit',
    isFlowed: parameters.format?.toLowerCase() === 'flowed',
    isDelSp: parameters.delsp?.toLowerCase() === 'yes',
    subParts,
  };
}

/** The leaf of this part number, or null. */
export function findPart(part: Structure, partId: string): Structure | null {
  if (part.partId === partId) return part;
  for (const child of part.subParts) {
    const found = findPart(child, partId);
    if (found) return found;
  }
  return null;
}

/** How many parts a tree has, to bound what is remembered. */
export const countParts = (part: Structure): number => part.subParts.reduce((sum, child) => sum + countParts(child), 1);

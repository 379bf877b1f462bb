import type { ImapAttributeList, MessageStructureObject } from 'imapflow';
import { parseBodystructure } from 'imapflow/lib/tools.js';
import { holdsMessage } from '../mime/choose.ts';
import type { MimePart } from '../mime/content.ts';

/** The MIME tree as the server tells it (RFC 9051 §7.5.2, BODYSTRUCTURE), in our words. */
export interface Structure extends MimePart {
  subParts: Structure[];
  /** Of an attached message its own tree, numbered on from the part's number; missing where the server cannot look inside. */
  message?: Structure;
}

const maxParts = 1_200;
const maxDepth = 60;
const maxListDepth = 2 * maxDepth;

/** BODYSTRUCTURE to the tree; an attached message is a leaf. Cut a little above the bounds of `chooseBodies`, which warns. */
export function translateStructure(list: ImapAttributeList): Structure {
  // imapflow goes as deep as the server does; lists stand in lists for parameters too.
  const bounded = isDeeper(list, maxListDepth) ? pruned(list, maxListDepth) : list;
  return translateNode(parseBodystructure(bounded), { count: { left: maxParts }, depth: 0, number: null, prefix: '' });
}

const isDeeper = (list: ImapAttributeList, left: number): boolean =>
  left === 0 || list.some((item) => Array.isArray(item) && isDeeper(item, left - 1));

const pruned = (list: ImapAttributeList, left: number): ImapAttributeList =>
  list.map((item) => (Array.isArray(item) ? (left === 0 ? [] : pruned(item, left - 1)) : item));

interface Place {
  count: { left: number };
  depth: number;
  /** Null for the root of a message, whose parts are numbered like itself. */
  number: string | null;
  prefix: string;
}

function translateNode(node: MessageStructureObject, { count, depth, number, prefix }: Place): Structure {
  count.left -= 1;
  const isBranch = node.type.startsWith('multipart/');
  const partId = isBranch ? null : (number ?? `${prefix}1`);
  const inner = number === null ? prefix : `${number}.`;
  const nodes = depth < maxDepth ? (node.childNodes ?? []) : [];
  const subParts: Structure[] = [];
  for (const [index, child] of (isBranch ? nodes : []).entries()) {
    if (count.left <= 0) break;
    subParts.push(translateNode(child, { count, depth: depth + 1, number: `${inner}${index + 1}`, prefix: '' }));
  }
  const part: Structure = { ...contentOf(node), partId, subParts };
  const [root] = isBranch || !holdsMessage(part) || !isPlain(part.encoding) ? [] : nodes;
  if (root && count.left > 0) {
    part.message = translateNode(root, { count, depth: depth + 1, number: null, prefix: `${partId}.` });
  }
  return part;
}

function contentOf(node: MessageStructureObject): Omit<MimePart, 'partId' | 'subParts'> {
  const parameters = node.parameters ?? {};
  return {
    type: /^[^/\s]+\/[^/\s]+$/.test(node.type) ? node.type : 'application/octet-stream',
    charset: parameters.charset || null,
    disposition: node.disposition ? (node.disposition === 'inline' ? 'inline' : 'attachment') : null,
    name: node.dispositionParameters?.filename || parameters.name || null,
    cid: node.id?.replace(/^[\s<]+|[\s>]+$/g, '') || null,
    sizeBytes: node.size ?? 0,
    encoding: node.encoding || '7bit',
    isFlowed: parameters.format?.toLowerCase() === 'flowed',
    isDelSp: parameters.delsp?.toLowerCase() === 'yes',
    smimeType: parameters['smime-type']?.toLowerCase() || null,
  };
}

/** Whether bytes of this transfer encoding are as they are on the wire (RFC 2045 §6.2). */
export const isPlain = (encoding: string): boolean => /^(7bit|8bit|binary)$/.test(encoding);

/**
 * The leaf of this part number, in attached messages too, or null. Where the number goes on inside of a message that the
 * server cannot look into, that message, and the `rest` of the number.
 */
export function findPart(part: Structure, partId: string): { part: Structure; rest: string } | null {
  if (part.partId === partId) return { part, rest: '' };
  for (const child of part.message ? [part.message] : part.subParts) {
    const found = findPart(child, partId);
    if (found) return found;
  }
  const isInside = part.partId !== null && partId.startsWith(`${part.partId}.`) && holdsMessage(part) && !part.message;
  return isInside ? { part, rest: partId.slice(`${part.partId}.`.length) } : null;
}

/** How many parts a tree has, to bound what is remembered. */
export const countParts = (part: Structure): number =>
  [...part.subParts, ...(part.message ? [part.message] : [])].reduce((sum, child) => sum + countParts(child), 1);

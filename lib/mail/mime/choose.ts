import type { Attachment, MessageWarning, Part } from '../model.ts';

/** Which parts are shown as text and which are listed: the outcome of `chooseBodies`. */
export interface ChosenBodies<P extends Part> {
  textBody: P[];
  htmlBody: P[];
  attachments: P[];
  warnings: MessageWarning[];
}

const maxDepth = 50;
const maxParts = 1_000;

/**
 * Chooses what to show of a MIME tree (RFC 8621 §4.1.4). Bodies hold texts only: media that the RFC also puts there
 * stand in `attachments`. Past depth 50 or 1,000 leaves the rest is left out, with a warning.
 */
export function chooseBodies<P extends Part>(root: P): ChosenBodies<P> {
  const walk: Walk<P> = { text: [], html: [], attachments: new Set(), leaves: 0, warnings: new Set() };
  visit(walk, [root], { multipart: 'mixed', inAlternative: false, text: walk.text, html: walk.html, depth: 0 });
  for (const part of [...walk.text, ...walk.html]) if (!isShown(part)) walk.attachments.add(part);
  const text = walk.text.filter(isShown);
  const html = walk.html.filter(isShown);
  const only = text.length + html.length === 0 ? [...walk.attachments].find(isReadable) : undefined;
  // Among other parts it may have been meant as a file, a patch or a table, and can be saved as one.
  if (only === root) walk.attachments.delete(root);
  return {
    textBody: only ? [only] : text,
    htmlBody: only ? [only] : html,
    attachments: [...walk.attachments],
    warnings: [...walk.warnings],
  };
}

const isShown = (part: Part) => part.type === 'text/plain' || part.type === 'text/html';

/** A text of another kind reads as plain text where there is nothing else to read (RFC 2046 §4.1.4). */
export const isReadable = (part: Part) =>
  part.disposition !== 'attachment' &&
  part.name === null &&
  /^text\/(?!calendar|directory|vcard|x-vcard|rtf)/.test(part.type);

/** The part as it is listed. `isInline`: the sender meant it to stand in the text, not in the list. */
export function attachmentOf(part: Part): Attachment {
  const isMedia = isInlineMedia(part.type);
  return {
    partId: part.partId ?? '',
    name: part.name,
    type: part.type,
    sizeBytes: part.sizeBytes,
    cid: part.cid,
    isInline: isMedia && part.disposition !== 'attachment' && (part.cid !== null || part.disposition === 'inline'),
    ...(holdsMessage(part) && { isMessage: true }),
  };
}

/** Messages in messages are opened as long as their part number has no more numbers than this. */
const maxNumbers = 20;

/** Whether a part is a message that can be opened in place (RFC 2046 §5.2.1, RFC 6532 §3.7), also where only its name says so. */
export function holdsMessage({ partId, type, name }: Pick<Part, 'partId' | 'type' | 'name'>): boolean {
  if (partId === null || partId.split('.').length > maxNumbers) return false;
  if (/^message\/(rfc822|global)$/.test(type)) return true;
  return /^application\/(octet-stream|eml|x-eml)$/.test(type) && /\.eml$/i.test(name ?? '');
}

/**
 * Whether a row shows a clip (RFC 8621 §4.1.4, `hasAttachment`): something listed that the sender did not mark inline.
 * Pictures embedded by `cid`, signatures and unnamed calendar alternatives are handled by the reader, so do not count.
 */
export function hasAttachment(root: Part): boolean {
  return chooseBodies(root).attachments.some((part) => {
    if (part.disposition === 'attachment') return !isSignature(part.type);
    if (part.disposition === 'inline' || isSignature(part.type)) return false;
    if (part.type === 'text/calendar' && part.name === null) return false;
    return !(isInlineMedia(part.type) && part.cid !== null);
  });
}

interface Walk<P extends Part> {
  text: P[];
  html: P[];
  attachments: Set<P>;
  leaves: number;
  warnings: Set<MessageWarning>;
}

interface Place<P extends Part> {
  multipart: string;
  inAlternative: boolean;
  /** Null once a sibling has settled that this branch is for readers of the other kind. */
  text: P[] | null;
  html: P[] | null;
  depth: number;
}

const isInlineMedia = (type: string) => /^(image|audio|video)\//.test(type);
const isSignature = (type: string) => /^application\/(pgp-signature|(x-)?pkcs7-signature)$/.test(type);

function visit<P extends Part>(walk: Walk<P>, parts: readonly P[], place: Place<P>): void {
  if (place.depth > maxDepth) {
    walk.warnings.add('tooDeep');
    return;
  }
  const textLength = place.text?.length ?? -1;
  const htmlLength = place.html?.length ?? -1;
  for (const [index, part] of parts.entries()) {
    if (part.type.startsWith('multipart/')) descend(walk, part, place);
    else if (++walk.leaves > maxParts) {
      walk.warnings.add('tooManyParts');
      return;
    } else if (!isInline(part, index, place.multipart)) walk.attachments.add(part);
    // Nothing to show must not stand for the text where another alternative has it.
    else if (part.sizeBytes > 0 || isInlineMedia(part.type)) show(walk, part, place);
  }
  if (place.multipart !== 'alternative' || !place.text || !place.html) return;
  const { text, html } = place;
  const onlyHtml = text.length === textLength && html.length !== htmlLength;
  const onlyText = html.length === htmlLength && text.length !== textLength;
  if (onlyHtml) text.push(...html.slice(htmlLength));
  if (onlyText) html.push(...text.slice(textLength));
}

function descend<P extends Part>(walk: Walk<P>, part: P, place: Place<P>): void {
  const multipart = part.type.slice('multipart/'.length);
  const inAlternative = place.inAlternative || multipart === 'alternative';
  visit(walk, part.subParts as P[], { ...place, multipart, inAlternative, depth: place.depth + 1 });
}

function isInline(part: Part, index: number, multipart: string): boolean {
  if (part.disposition === 'attachment') return false;
  const isMedia = isInlineMedia(part.type);
  if (!isMedia && part.type !== 'text/plain' && part.type !== 'text/html') return false;
  return index === 0 || (multipart !== 'related' && (isMedia || !part.name));
}

function show<P extends Part>(walk: Walk<P>, part: P, place: Place<P>): void {
  if (place.multipart === 'alternative') {
    if (part.type === 'text/plain') place.text?.push(part);
    else if (part.type === 'text/html') place.html?.push(part);
    else walk.attachments.add(part);
    return;
  }
  if (place.inAlternative) {
    if (part.type === 'text/plain') place.html = null;
    if (part.type === 'text/html') place.text = null;
  }
  place.text?.push(part);
  place.html?.push(part);
  if ((!place.text || !place.html) && isInlineMedia(part.type)) walk.attachments.add(part);
}

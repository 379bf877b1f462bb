import { LinkifyIt } from 'linkify-it';

/** A run of plain text, or a link in it; `href` is http, https or mailto. */
export type TextSegment = { type: 'text'; text: string } | { type: 'link'; text: string; href: string };

const linkifier = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, maxLength: 2_000 })
  .add('ftp:', null)
  .add('//', null);

const maxLinks = 2_000;

/** Cuts plain text into text and links; joined, the texts are the input. The caller makes nodes of them, never HTML. */
export function linkify(text: string): TextSegment[] {
  const segments: TextSegment[] = [];
  let at = 0;
  for (const { index, lastIndex, url } of (linkifier.match(text) ?? []).slice(0, maxLinks)) {
    if (!isSafe(url)) continue;
    if (index > at) segments.push({ type: 'text', text: text.slice(at, index) });
    segments.push({ type: 'link', text: text.slice(index, lastIndex), href: url });
    at = lastIndex;
  }
  if (at < text.length) segments.push({ type: 'text', text: text.slice(at) });
  return segments;
}

const isSafe = (url: string): boolean => /^(https?:\/\/|mailto:)/i.test(url);

import { textOfHtml } from './html-text.ts';

const maxLength = 200;
/** The first words stand early in the body, mostly very early; the work stays small for any text. */
const maxInputLength = 32 * 1024;
const usualLength = 2_000;

/**
 * The first words of a text as one line of at most 200 characters (RFC 8621 §4.1.4, `preview`): quotes, attributions,
 * signatures and rules are left out unless there is nothing else. Empty for a text without words.
 */
export function previewOf(text: string, type: 'text/plain' | 'text/html'): string {
  const input = type === 'text/html' ? afterHead(text) : text.slice(0, maxInputLength);
  const begin = oneLine(ownWords(plainOf(input, type, usualLength)));
  if (begin.length === maxLength) return begin;
  const plain = plainOf(input, type, maxInputLength);
  return oneLine(ownWords(plain)) || oneLine(plain.replace(/^[>\s]+/gm, ''));
}

const plainOf = (text: string, type: string, length: number): string =>
  (type === 'text/html' ? textOfHtml(text, { maxLength: length, hasQuotes: false }) : text).slice(0, length);

/** A newsletter may hold 100 KiB of style before its first word. */
function afterHead(html: string): string {
  const head = /<\/head\s*>/i.exec(html);
  const start = head ? head.index : 0;
  return html.slice(start, start + maxInputLength);
}

/** The writer's own lines: up to a signature (RFC 3676 §4.3) or a forwarded original, without quotes. */
function ownWords(text: string): string {
  const lines: string[] = [];
  for (const line of text.split('\n', 400)) {
    if (/^-- ?$/.test(line.trimEnd() === '--' ? '--' : line)) break;
    if (/^\s*-{3,}\s*(original|forwarded|ursprüngliche|message d'origine|mensaje original)/i.test(line)) break;
    if (/^\s*>/.test(line) || /^\s*(on|am|le|el)\b.{6,200}(wrote|schrieb|écrit|escribió)\s*:\s*$/i.test(line)) continue;
    lines.push(line);
  }
  return lines.join('\n');
}

/** Rules, invisible filler of newsletters and runs of white space become one space or nothing. */
function oneLine(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/(?:[\s\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]|\u034f){2,}/g, ' ')
    .replace(/([-=_*~#+.])\1{3,}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line
    .slice(0, maxLength)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
}

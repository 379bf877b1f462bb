import type { Mask } from './mask.ts';

/** Of a line no more bytes than these are looked at; callers may cut it to one more. */
export const windowBytes = 8_192;
const maxShown = 1_000;

/** A line of the wire (bytes as latin1) as text to show: the secret hidden, nothing unseen in it, 1,000 characters at most. */
export function shapeText(line: string, mask: Mask): string {
  const isCut = line.length > windowBytes;
  const masked = mask.hide(line.slice(0, windowBytes));
  // What is cut off may have begun with the secret.
  const whole = isCut ? masked.slice(0, Math.max(0, masked.length - mask.longest)) : masked;
  const shown = decoder.decode(Buffer.from(whole, 'latin1')).replace(unseen, visible);
  if (shown.length <= maxShown && !isCut) return shown;
  return `${shown.slice(0, maxShown).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** How much stands where the content of a mail is left out. */
export const sizeWord = (bytes: number): string => `{${count.format(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}}`;

const count = new Intl.NumberFormat('en');
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** Control characters, and what turns the direction round or takes no room (UAX #9, general category Cf). */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

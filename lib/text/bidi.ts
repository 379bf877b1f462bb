/**
 * A name or subject that cannot paint outside of its line: bidirectional overrides, embeddings and isolates (Unicode
 * UAX #9) and control characters are taken out, white space is one space, and of marks over one letter no more than six
 * stay: hundreds stand upon one another and over the lines above. Letters of every script stay.
 */
export function displayText(text: string): string {
  const oneLine = text.replace(directing, '').replace(breaking, ' ').replace(/ {2,}/g, ' ').trim();
  return oneLine.replace(towering, '$1');
}

/** The same, kept to a direction of its own inside of a sentence of ours (first-strong isolate, UAX #9). */
export const isolated = (text: string): string => `\u2068${displayText(text)}\u2069`;

/** Whether a text tries to turn its direction round, as a file name that reads "exe.png" backwards does. */
export function hasDirectionOverride(text: string): boolean {
  return /[\u202d\u202e]/.test(text);
}

const directing = /[\u202a-\u202e\u2066-\u2069]/g;
const towering = /(\p{M}{6})\p{M}+/gu;
const breaking = /[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu;

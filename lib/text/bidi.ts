/**
 * A name or subject that cannot paint outside of its line: bidirectional overrides, embeddings and isolates (Unicode
 * UAX #9) and control characters are taken out, white space is one space, and of marks over one letter no more than six
 * stay: hundreds stand upon one another and over the lines above, with joiners between them too. Words of which nothing
 * would be seen are none, so that whoever has such a name is called by what stands in for one. Letters of every script stay.
 */
export function displayText(text: string): string {
  const oneLine = text.replace(directing, '').replace(breaking, ' ').replace(unseenWord, '').replace(/ {2,}/g, ' ');
  return oneLine.trim().replace(towering, '$1');
}

/** The same, kept to a direction of its own inside of a sentence of ours (first-strong isolate, UAX #9). */
export const isolated = (text: string): string => `\u2068${displayText(text)}\u2069`;

/** Whether a text tries to turn its direction round, as a file name that reads "exe.png" backwards does. */
export function hasDirectionOverride(text: string): boolean {
  return /[\u202d\u202e]/.test(text);
}

const directing = /[\u202a-\u202e\u2066-\u2069]/g;
const towering = /([\p{M}\p{Cf}]{6})[\p{M}\p{Cf}]+/gu;
/** The blank of braille is a space that is no white space. */
const unseenWord = /(?<![^ ])[\p{Default_Ignorable_Code_Point}\u2800]+(?![^ ])/gu;
const breaking = /[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu;

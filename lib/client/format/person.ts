import type { EmailAddress } from '../../mail/model.ts';

/** How someone is called in a list: the name, else the part before the @, else the address. */
export function nameOf(address: EmailAddress | undefined): string {
  if (address === undefined) return '';
  const name = address.name?.trim();
  return name === undefined || name === '' ? address.email : name;
}

/** One or two letters for the avatar, by Unicode graphemes. */
export function initialsOf(address: EmailAddress | undefined): string {
  const words = nameOf(address)
    .replace(/@.*$/, '')
    .split(/[\s._\-+,"'()]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = firstLetter(words[0]);
  // One ideograph says more than two, and two would not fit.
  if (/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u.test(first)) return first;
  return words.length > 1 ? first + firstLetter(words.at(-1)) : first;
}

const firstLetter = (word: string | undefined): string => {
  const letter = word?.match(/[\p{L}\p{N}]\p{M}*/u)?.[0] ?? '';
  return letter.toLocaleUpperCase();
};

/** A hue (0–359) that belongs to an address, the same everywhere. */
export function hueOf(address: EmailAddress | undefined): number {
  let hash = 7;
  for (const letter of address?.email.toLowerCase() ?? '') hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return (hash * 47) % 360;
}

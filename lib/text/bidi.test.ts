import { expect, it } from 'vitest';
import { displayText, hasDirectionOverride } from './bidi.ts';

it('takes out overrides and isolates, so that a name reads in its true order', () => {
  expect(displayText('invoice\u202egpj.exe')).toBe('invoicegpj.exe');
  expect(displayText('\u2066a\u2069 \u202bb\u202c')).toBe('a b');
});

it('makes one line of control characters and white space', () => {
  expect(displayText(' a\r\n\tb\u0000c\u2028d\u00a0\u00a0e ')).toBe('a b c d e');
});

it('keeps marks over one letter low, so that they do not paint over the lines above', () => {
  expect(displayText(`a${'\u0301'.repeat(500)}b`)).toBe(`a${'\u0301'.repeat(6)}b`);
  expect(displayText('ק\u05bc\u05b8\u0591\u05bd')).toBe('ק\u05bc\u05b8\u0591\u05bd');
});

it('keeps them low where joiners stand between them, which fonts pass over', () => {
  const shown = displayText(`a${'\u0301\u0301\u200d\u0301\u2060'.repeat(100)}b`);
  expect(shown.match(/\p{M}/gu)?.length).toBeLessThanOrEqual(6);
  expect(shown.at(-1)).toBe('b');
});

it('takes words of which nothing is seen for none', () => {
  for (const text of ['\u200b', '\u3164', '\u2800\u2800', ' \u00ad \ufeff ', '\u{e0041}'])
    expect(displayText(text)).toBe('');
  expect(displayText('\u200b\u2060 Ann \u3164 Lee\u200d')).toBe('Ann Lee\u200d');
});

it('leaves letters, marks and emoji of every script as they are', () => {
  for (const text of ['שלום עולם', 'مرحبا', 'می‌خواهم', '👩‍👩‍👧', 'नमस्ते', 'e\u0301', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 1️⃣'])
    expect(displayText(text)).toBe(text);
});

it('tells an override from a text that merely runs from right to left', () => {
  expect(hasDirectionOverride('a\u202eb')).toBe(true);
  expect(hasDirectionOverride('שלום')).toBe(false);
});

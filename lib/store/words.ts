import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { foldText, tokensOf } from '../text/tokens.ts';
import type { Dialect } from './dialect.ts';

/** Each word of these texts once, folded: so many count. */
export const wordsIn = (...texts: string[]): string[] => [...new Set(texts.flatMap(tokensOf))].slice(0, 60);

/** Words as a column holds them: folded, each with a space before it, so that a beginning is found by one look. */
export const wordsColumn = (...texts: string[]): string =>
  wordsIn(...texts)
    .map((word) => ` ${word}`)
    .join('');

/** The words that are asked for: so many of them count. */
export const askedWords = (q: string): string[] => [...new Set(tokensOf(q))].slice(0, 8);

/** Whether each of these begins one of the words in `column`. */
export function hasWords({ name }: Dialect, column: string, words: string[]): RawBuilder<SqlBool> {
  const looks = words.map((word) =>
    name === 'postgres'
      ? sql<SqlBool>`strpos(${sql.ref(column)}, ${` ${word}`}) > 0`
      : sql<SqlBool>`instr(${sql.ref(column)}, ${` ${word}`}) > 0`,
  );
  return looks.length === 0 ? sql<SqlBool>`1 = 1` : sql.join(looks, sql` and `);
}

/** Whether `column`, which is ordered by its bytes, begins as this word does. */
export function beginsAs(column: string, word: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} >= ${word} and ${sql.ref(column)} < ${`${word}\u{10ffff}`}`;
}

/** What a list is ordered by: the first of these texts that says something, folded. */
export const sortKeyOf = (...texts: string[]): string =>
  foldText(texts.find((text) => text.trim() !== '')?.trim() ?? '').slice(0, 300);

/** An address as it is compared: the part before the @ could differ by case (RFC 5321 §2.4), and never does. */
export const emailKeyOf = (email: string): string => email.normalize('NFC').toLowerCase();

/** A name as it is compared. */
export const foldWords = (text: string): string => foldText(text).trim();

/** Whether each word of `q` begins a word of `text`; false for a question without words. */
export function wordsMatch(text: string, q: string): boolean {
  const words = wordsColumn(text);
  const asked = askedWords(q);
  return asked.length > 0 && asked.every((token) => words.includes(` ${token}`));
}

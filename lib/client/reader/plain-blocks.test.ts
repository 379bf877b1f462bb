import { expect, test } from 'vitest';
import { processorMs } from '../../mail/testing/held.ts';
import { readPlainBlocks } from './plain-blocks.ts';

const kinds = (text: string) => readPlainBlocks({ text }).map((block) => block.kind);
const quotes = (text: string) => readPlainBlocks({ text }).flatMap((block) => (block.kind === 'quote' ? [block] : []));
const lines = (count: number) => Array.from({ length: count }, (_, index) => `> line ${index}`).join('\n');

test('text, quote and signature are told apart', () => {
  expect(kinds('Hello\n\n> you said\n\nYes.\n-- \nJon')).toEqual(['text', 'quote', 'text', 'signature']);
  expect(kinds('a -- b\n--\nno signature')).toEqual(['text']);
});

test('a long quote at the end is folded, a short one is not', () => {
  expect(quotes(`Yes.\n\n${lines(4)}`)[0]).toMatchObject({ isFolded: true, lineCount: 4 });
  expect(quotes(`Yes.\n\n${lines(3)}`)[0]).toMatchObject({ isFolded: false });
});

test('a quote that is being answered stays open, and the signature does not count as an answer', () => {
  expect(quotes(`${lines(9)}\nI agree.`)[0]).toMatchObject({ isFolded: false });
  expect(quotes(`Yes.\n${lines(9)}\n-- \nJon`)[0]).toMatchObject({ isFolded: true });
});

test('a mail that is nothing but a quote is shown whole', () => {
  expect(quotes(lines(40))[0]).toMatchObject({ isFolded: false });
});

test('deeper quotes belong to the quote around them', () => {
  expect(quotes('Yes.\n> a\n>> b\n> c')[0]?.runs.map(({ depth }) => depth)).toEqual([1, 2, 1]);
});

test('flowed text is joined, CRLF and a lone CR are line breaks', () => {
  expect(readPlainBlocks({ text: 'one \r\ntwo\rthree', isFlowed: true })).toEqual([
    { kind: 'text', text: 'one two\nthree' },
  ]);
});

test('a mail of two million spaces or line ends is read at once', () => {
  const startedMs = process.cpuUsage();
  expect(readPlainBlocks({ text: `a${' '.repeat(2_000_000)}b` })).toHaveLength(1);
  expect(readPlainBlocks({ text: `a${'\n'.repeat(1_000_000)}b` })).toHaveLength(1);
  expect(readPlainBlocks({ text: `a\n${'\n'.repeat(1_000_000)}-- \nb` })[0]).toEqual({ kind: 'text', text: 'a' });
  expect(processorMs(startedMs)).toBeLessThan(5_000);
});

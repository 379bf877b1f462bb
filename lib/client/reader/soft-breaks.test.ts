import { expect, test } from 'vitest';
import { findSoftBreaks, isAligned } from './soft-breaks.ts';

const breaks = (text: string) => findSoftBreaks(text).map(({ breakAfter }) => breakAfter);
const wrapped = `I have signed page three and initialled the annex. The only open point
is the mooring clause: the harbour office wants fourteen days' notice,
we offered seven.`;

test('the breaks of a paragraph wrapped at 70 columns are soft', () => {
  expect(breaks(wrapped)).toEqual(['soft', 'soft', 'none']);
});

test('the text is unchanged', () => {
  const text = `${wrapped}\n\n  - one\n  - two\n`;
  expect(
    findSoftBreaks(text)
      .map((line) => line.text)
      .join('\n'),
  ).toBe(text);
});

test('lists, fields, short lines and paragraphs keep their breaks', () => {
  expect(breaks('Jon Birkeland\nQuay 4\n+47 55 00 00 00')).toEqual(['hard', 'hard', 'none']);
  expect(breaks(`${'word '.repeat(13)}end\n- an item of a list`)).toEqual(['hard', 'none']);
  expect(breaks(`${'word '.repeat(13)}end\n12. an item`)).toEqual(['hard', 'none']);
  expect(breaks(`${'word '.repeat(13)}end\nFrom: someone`)).toEqual(['hard', 'none']);
  expect(breaks(`${'word '.repeat(13)}end\n\nnext`)).toEqual(['hard', 'hard', 'none']);
});

test('lines longer than any wrap were never wrapped', () => {
  expect(breaks(`${'word '.repeat(30)}\nnext line here`)).toEqual(['hard', 'none']);
});

test('Japanese wrapped at 35 letters is joined without spaces', () => {
  const line = '先日の会議の議事録をお送りしますのでご確認のほどよろしくお願いいたし';
  expect(breaks(`${line}\n${line}\nます。`)).toEqual(['joined', 'joined', 'none']);
});

test('tables, diagrams and patches need letters of one width, letters do not', () => {
  expect(isAligned('Port       High   Low\nNorth      04:12  10:31\nSouth      04:40  10:58')).toBe(true);
  expect(isAligned('diff --git a/x b/x\n@@ -1 +1 @@\n-a\n+b\n@@ -9 +9 @@')).toBe(true);
  expect(isAligned(wrapped)).toBe(false);
});

test('a paragraph of a million lines does not overflow the stack', () => {
  expect(findSoftBreaks('a\n'.repeat(1_000_000))).toHaveLength(1_000_001);
});

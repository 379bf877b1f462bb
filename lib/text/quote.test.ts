import { expect, it } from 'vitest';
import { splitQuotes } from './quote.ts';

it('splits text into runs of one quote depth, without the marks', () => {
  expect(splitQuotes('hi\n\n> a\n> b\n>> c\n> > d\n>e\nbye')).toEqual([
    { depth: 0, text: 'hi\n' },
    { depth: 1, text: 'a\nb' },
    { depth: 2, text: 'c\nd' },
    { depth: 1, text: 'e' },
    { depth: 0, text: 'bye' },
  ]);
});

it('keeps indentation inside of a quote, and a later ">" that is no mark', () => {
  expect(splitQuotes('>   if (a > b)')).toEqual([{ depth: 1, text: '  if (a > b)' }]);
});

it('bounds the depth and stays fast on a line of marks alone', () => {
  expect(splitQuotes('>'.repeat(1_000_000))).toEqual([{ depth: 20, text: '' }]);
});

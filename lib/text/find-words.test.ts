import { describe, expect, it } from 'vitest';
import { findWords } from './find-words.ts';

const found = (text: string, ...words: string[]) => findWords(text, words).map(([from, to]) => text.slice(from, to));

describe('words in a text', () => {
  it.each([
    ['The Ferry, the FERRYMAN', 'ferry', ['Ferry', 'FERRY']],
    ['a résumé', 'resume', ['résumé']],
    ['a re\u0301sume\u0301!', 'résumé', ['re\u0301sume\u0301']],
    ['Größe', 'große', ['Größe']],
    ['an o\ufb03ce', 'office', ['o\ufb03ce']],
    ['an o\ufb03ce', 'ffi', ['\ufb03']],
    ['the mooring\n\t clause', 'mooring clause', ['mooring\n\t clause']],
    ['\u{1F419} octopus \u{1F419}', '\u{1F419}', ['\u{1F419}', '\u{1F419}']],
    ['会議の議事録', '議事', ['議事']],
    ['nothing', 'ferry', []],
    ['nothing', ' ', []],
    ['', 'ferry', []],
    ['\u0301', 'a', []],
  ])('finds in %j %j', (text, word, spans) => {
    expect(found(text, word)).toEqual(spans);
  });

  it('finds each of several words', () => {
    expect(found('tide and ferry and tide', 'tide', 'ferry')).toEqual(['tide', 'tide', 'ferry']);
  });

  it('takes time in proportion to the text', () => {
    const seconds = (length: number) => {
      const before = process.cpuUsage();
      findWords('a\u0301 '.repeat(length), ['aa', 'a a a']);
      return process.cpuUsage(before).user;
    };
    seconds(10_000);
    expect(seconds(200_000)).toBeLessThan(200 * Math.max(seconds(10_000), 5_000));
  });
});

import { describe, expect, it } from 'vitest';
import { tokensOf } from './tokens.ts';

describe('tokens', () => {
  it.each([
    ['', []],
    ['  \0 -- !?@ 🦊 ', []],
    ['Résumé of the ÅNGSTRÖM’s', ['resume', 'of', 'the', 'angstrom', 's']],
    ['ann.lee+news@example.org', ['ann', 'lee', 'news', 'example', 'org']],
    ['ﬁle №5, x² and Ⅷ', ['file', 'no5', 'x2', 'and', 'viii']],
    ['東京へgo行く', ['東', '京', 'へ', 'go', '行', 'く']],
    ['サーバー', ['サ', 'ー', 'ハ', 'ー']],
    ['Привет, Ёлка', ['привет', 'елка']],
    ['\u202Eevil" OR body:NEAR(a b)*', ['evil', 'or', 'body', 'near', 'a', 'b']],
  ])('of %j', (text, tokens) => {
    expect(tokensOf(text)).toEqual(tokens);
  });

  it('of Korean are words of letters, so that a beginning is a prefix', () => {
    const [whole = '', beginning = ''] = tokensOf('한국어 한국');
    expect(whole.startsWith(beginning)).toBe(true);
    expect(beginning.length).toBeGreaterThan(2);
  });

  it('are pieces of 40 characters at most, so that the beginning of a long word is still a phrase', () => {
    expect(tokensOf('x'.repeat(90))).toEqual(['x'.repeat(40), 'x'.repeat(40), 'x'.repeat(10)]);
    expect(tokensOf('𐌰'.repeat(41))).toEqual(['𐌰'.repeat(40), '𐌰']);
  });
});

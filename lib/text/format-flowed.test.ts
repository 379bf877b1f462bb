import { describe, expect, it } from 'vitest';
import { unflow } from './format-flowed.ts';

describe('unflow', () => {
  it('joins soft-wrapped lines and keeps hard breaks', () => {
    expect(unflow('one \ntwo \nthree\nfour')).toBe('one two three\nfour');
  });

  it('deletes the space of the break with DelSp', () => {
    expect(unflow('東京は \n日本の首都\nx', true)).toBe('東京は日本の首都\nx');
  });

  it('keeps quotes apart by depth', () => {
    expect(unflow('>> deep \n>> er\n> less \n> deep\nmine')).toBe('>> deep er\n> less deep\nmine');
  });

  it('ends a paragraph where the quote depth changes, even after a soft break', () => {
    expect(unflow('> a \nb')).toBe('> a \nb');
  });

  it('takes out one stuffed space', () => {
    expect(unflow(' From here\n  two\n >not a quote')).toBe('From here\n two\n>not a quote');
  });

  it('never joins the signature separator', () => {
    expect(unflow('end \n-- \nAnn')).toBe('end \n-- \nAnn');
    expect(unflow('> -- \n> Ann')).toBe('> -- \n> Ann');
  });

  it('gives text without soft breaks back as it was', () => {
    expect(unflow('a\n\nb\n')).toBe('a\n\nb\n');
  });
});

import { describe, expect, it } from 'vitest';
import { avatarOf } from './initials.ts';

describe('avatarOf', () => {
  it.each([
    ['Ann Lee', 'AL'],
    ['Lee, Ann', 'AL'],
    ['ann', 'A'],
    ['Ann Mary van Lee (Sales) <x>', 'AL'],
    ['"Ann"', 'A'],
    ['Ωμέγα Ψ', 'ΩΨ'],
    ['иван петров', 'ИП'],
    ['山田 太郎', '山'],
    ['김철수', '김'],
    ['محمد علي', 'مع'],
    ['नमिता शर्मा', 'नश'],
    ['👩‍👩‍👧 Family', 'F'],
    ['e\u0301mile', 'E\u0301'],
    ['ßen', 'ß'],
  ])('shows %s as %s', (name, initials) => {
    expect(avatarOf(name, 'x@example.org').initials).toBe(initials);
  });

  it('uses the address when there is no name with letters, and a question mark when there is nothing', () => {
    expect(avatarOf(null, 'ann.lee@example.org').initials).toBe('AL');
    expect(avatarOf('🎉', 'bob@example.org').initials).toBe('B');
    expect(avatarOf(null, '').initials).toBe('?');
  });

  it('keeps marks over a letter as low as names do', () => {
    const { initials } = avatarOf(`Z${'\u0335\u0301'.repeat(90)} Y\u200d${'\u0301'.repeat(90)}`, 'x@example.org');
    expect(initials.replace(/[^ZY]/g, '')).toBe('ZY');
    expect(initials.length).toBeLessThanOrEqual(2 + 2 * 6);
  });

  it('keeps the hue of an address, whatever the name and the case', () => {
    const { hue } = avatarOf('Ann', 'ann@example.org');
    expect(avatarOf('Annie', 'ANN@example.org').hue).toBe(hue);
    expect(avatarOf('Ann', 'bob@example.org').hue).not.toBe(hue);
  });

  it('spreads the hues of similar addresses', () => {
    const hues = new Set(Array.from({ length: 60 }, (_, n) => avatarOf(null, `user${n}@example.org`).hue));
    expect(hues.size).toBeGreaterThan(40);
  });
});

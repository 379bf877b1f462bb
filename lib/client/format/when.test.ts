import { describe, expect, it } from 'vitest';
import { formatWhen, sectionOf } from './when.ts';

const now = new Date(2026, 10, 23, 10, 0);
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString();

describe('dates of a list', () => {
  it('are a time today and yesterday, a day this year, a date before', () => {
    expect(formatWhen(at(2026, 10, 23, 0, 5), now)).toMatch(/^0?0:05|12:05/);
    expect(formatWhen(at(2026, 2, 4, 9, 0), now)).toBe('4 Mar');
    expect(formatWhen(at(2019, 2, 4, 9, 0), now)).toBe('4 Mar 2019');
    expect(formatWhen('no date', now)).toBe('');
  });

  it('stand under today, yesterday, a weekday of the last week, or a month', () => {
    expect(sectionOf(at(2026, 10, 23, 0, 0), now)).toBe('today');
    expect(sectionOf(at(2026, 10, 22, 23, 59), now)).toBe('yesterday');
    expect(sectionOf(at(2026, 10, 18, 12, 0), now)).toBe('Wednesday');
    expect(sectionOf(at(2026, 9, 1, 12, 0), now)).toBe('October 2026');
  });

  it('count a date in the future as today', () => {
    expect(sectionOf(at(2031, 0, 1, 0, 0), now)).toBe('today');
  });
});

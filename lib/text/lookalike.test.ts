import { describe, expect, it } from 'vitest';
import { processorMs } from '../mail/testing/held.ts';
import { hasHiddenCharacters, hasLookalikeWord, isLookalikeDomain } from './lookalike.ts';

describe('a word in look-alike letters', () => {
  it.each([
    ['PаyPal', 'Cyrillic a'],
    ['Micrоsоft Support', 'Cyrillic o'],
    ['Αpple', 'Greek Alpha'],
    ['Gооgle', 'Cyrillic o twice'],
    ['օffice 365', 'Armenian o'],
  ])('is found in %s (%s)', (name) => expect(hasLookalikeWord(name)).toBe(true));

  it.each([
    'Александр Пушкин',
    'Анна (iPhone)',
    'VКонтакте',
    'IT-отдел',
    'Ωmega Κέντρο',
    'Νίκος Παπαδόπουλος',
    'Müller & Søn',
    'İpek Yılmaz',
    '山田太郎 Yamada',
    '株式会社ABC',
    'Ֆուտբոլ',
    'СОСНА',
    'Ö-Bank',
    'C++ и Ко',
    '',
  ])('is none in %s', (name) => expect(hasLookalikeWord(name)).toBe(false));

  it('is looked for in no time', () => {
    const started = process.cpuUsage();
    hasLookalikeWord('aа'.repeat(500_000));
    expect(processorMs(started)).toBeLessThan(1_000);
  });
});

describe('a domain in look-alike letters', () => {
  it.each(['pаypal.com', 'аррӏе.com', 'сосо.org', 'mail.gооgle.com'])('is %s', (domain) =>
    expect(isLookalikeDomain(domain)).toBe(true),
  );
  it.each([
    'paypal.com',
    'почта.рф',
    'яндекс.com',
    'bücher.example',
    'παράδειγμα.ελ',
    '日本語.jp',
    'xn--80ak6aa92e.com',
    '',
  ])('is not %s', (domain) => expect(isLookalikeDomain(domain)).toBe(false));
});

it('hidden characters are told from those that belong to a spelling', () => {
  for (const text of [
    'Pay\u200bPal',
    'ann@exa\u00admple.org',
    'Ann \u202egro.elpmaxe@nna',
    'Pay\u034fPal',
    'a\u3164b',
  ]) {
    expect(hasHiddenCharacters(text), text).toBe(true);
  }
  for (const text of [
    'می\u200cخواهم',
    'क्\u200dष',
    'שלום\u200f Ann',
    '\u2068Ann\u2069',
    '👩\u200d💻 Ann',
    '1\ufe0f\u20e3 Ann',
    'Ann',
  ]) {
    expect(hasHiddenCharacters(text), text).toBe(false);
  }
});

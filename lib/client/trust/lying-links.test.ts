import { expect, test } from 'vitest';
import { processorMs } from '../../mail/testing/held.ts';
import { lyingHost as lyingHostBy } from './lying-links.ts';
import { warmSites } from './site.ts';

const siteOf = await warmSites();
const lyingHost = (text: string, href: string) => lyingHostBy(text, href, siteOf);

test('a link whose text is an address of another site tells where it leads', () => {
  expect(lyingHost('https://bank.example/login', 'https://evil.test/bank.example')).toBe('evil.test');
  expect(lyingHost('www.bank.example', 'http://bank.example.evil.test/')).toBe('bank.example.evil.test');
  expect(lyingHost('bank.co.uk', 'https://evil.co.uk/')).toBe('evil.co.uk');
  expect(lyingHost('ann.me.uk', 'https://evil.me.uk/')).toBe('evil.me.uk');
  expect(lyingHost('ann.github.io', 'https://evil.github.io/')).toBe('evil.github.io');
  expect(lyingHost('bücher.example', 'https://buecher.example/')).toBe('buecher.example');
  // Characters that nobody sees, and letters and dots that stand for others.
  expect(lyingHost('bank\u200b.exam\u00adple\u2060/login', 'https://evil.test/')).toBe('evil.test');
  expect(lyingHost('\u202ehttps://bank.example', 'https://evil.test/')).toBe('evil.test');
  expect(lyingHost('\n bank.exam\u0000ple\t', 'https://evil.test/')).toBe('evil.test');
  expect(lyingHost('ｂａｎｋ．ｅｘａｍｐｌｅ', 'https://evil.test/')).toBe('evil.test');
  expect(lyingHost(`${' \u200b'.repeat(2_000)}bank.example`, 'https://evil.test/')).toBe('evil.test');
  expect(lyingHost('bank。example', 'https://evil.test/')).toBe('evil.test');
  expect(lyingHost('bank\u200b.example', 'https://www.bank.example/')).toBeNull();
});

test('the same site, and text that is no address, say nothing', () => {
  expect(lyingHost('https://shop.example/sale', 'https://click.shop.example/r?x=1')).toBeNull();
  expect(lyingHost('SHOP.example', 'https://www.shop.example/')).toBeNull();
  expect(lyingHost('Read on', 'https://evil.test/')).toBeNull();
  expect(lyingHost('see bank.example now', 'https://evil.test/')).toBeNull();
  expect(lyingHost('Buy\nbank.example', 'https://evil.test/')).toBeNull();
  expect(lyingHost('', 'https://evil.test/')).toBeNull();
});

test('letters that only look like those of the site tell the address as it is asked for', () => {
  // The second letter is Cyrillic, in the text and in the address.
  expect(lyingHost('https://pаypal.com/login', 'https://pаypal.com/login')).toBe('xn--pypal-4ve.com');
  expect(lyingHost('bücher.example', 'https://xn--bcher-kva.example/')).toBeNull();
  expect(lyingHost('почта.рф', 'https://почта.рф/')).toBeNull();
});

test('a text without an end takes no time', () => {
  const started = process.cpuUsage();
  for (const text of ['a.'.repeat(1e6), 'a'.repeat(1e6), 'a-'.repeat(900), '.'.repeat(1_900)]) {
    expect(lyingHost(text, 'https://evil.test/')).toBeNull();
  }
  expect(processorMs(started)).toBeLessThan(500);
});

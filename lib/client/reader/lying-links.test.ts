import { expect, test } from 'vitest';
import { lyingHost } from './lying-links.ts';

test('a link whose text is an address of another site tells where it leads', () => {
  expect(lyingHost('https://bank.example/login', 'https://evil.test/bank.example')).toBe('evil.test');
  expect(lyingHost('www.bank.example', 'http://bank.example.evil.test/')).toBe('bank.example.evil.test');
  expect(lyingHost('bank.co.uk', 'https://evil.co.uk/')).toBe('evil.co.uk');
});

test('the same site, and text that is no address, say nothing', () => {
  expect(lyingHost('https://shop.example/sale', 'https://click.shop.example/r?x=1')).toBeNull();
  expect(lyingHost('SHOP.example', 'https://www.shop.example/')).toBeNull();
  expect(lyingHost('Read on', 'https://evil.test/')).toBeNull();
  expect(lyingHost('see bank.example now', 'https://evil.test/')).toBeNull();
  expect(lyingHost('', 'https://evil.test/')).toBeNull();
});

import { expect, test } from 'vitest';
import { processorMs } from '../testing/held.ts';
import { textOfHtml } from './html-text.ts';

const words = (html: string, options = {}) => textOfHtml(html, options).split(/\s+/).filter(Boolean).join(' ');

test.each([
  ['<p>Grüße &amp; K&uuml;sse</p><div>a<b>b</b>c</div>', 'Grüße & Küsse abc'],
  ['<table><tr><td>A</td><td>B</td></tr></table><ul><li>C<li>D</ul>E<br>F', 'A B C D E F'],
  ['<head><title>T</title><style>p{color:red}</style></head><script>if (a</p>b) c</script>Text', 'Text'],
  ['<!--[if mso]><p>Outlook</p><![endif]-->a', 'a'],
  ['<img alt="no" src="x"><a href="https://example.org/secret">yes</a>', 'yes'],
  ['1 < 2 and <3', '1 < 2 and <3'],
  ['<b>unclosed <i', 'unclosed'],
  ['', ''],
])('the words of %j are %j', (html, read) => {
  expect(words(html)).toBe(read);
});

test('quotes are left out where they are not wanted', () => {
  const html = 'Yes<blockquote>no<blockquote>never</blockquote>no</blockquote>maybe';
  expect([words(html), words(html, { hasQuotes: false })]).toEqual(['Yes no never no maybe', 'Yes maybe']);
});

test('stops soon after as many characters as are wanted, and cuts no tag in two', () => {
  const html = `${'<p class="long name of a class">word</p>'.repeat(100_000)}`;
  const text = textOfHtml(html, { maxLength: 100 });
  expect(text.length).toBeLessThan(2_000);
  expect(text.replace(/\s|word/g, '')).toBe('');
});

test.each(['<div>', '<', '<p a="', '&', '<!--', '<style>', '<blockquote>', '</p>', '&amp'])(
  'stays fast on half a megabyte of %j',
  (piece) => {
    const started = process.cpuUsage();
    textOfHtml(piece.repeat(512_000 / piece.length));
    expect(processorMs(started)).toBeLessThan(2_000);
  },
);

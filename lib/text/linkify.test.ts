import { describe, expect, it } from 'vitest';
import { processorMs } from '../mail/testing/held.ts';
import { linkify } from './linkify.ts';

const hrefs = (text: string) => linkify(text).flatMap((segment) => (segment.type === 'link' ? [segment.href] : []));

describe('linkify', () => {
  it('finds addresses with and without scheme, and leaves the punctuation around them', () => {
    expect(hrefs('See https://example.org/a_(b)?c=d#e. (www.example.org), ann@example.org!')).toEqual([
      'https://example.org/a_(b)?c=d#e',
      'http://www.example.org',
      'mailto:ann@example.org',
    ]);
  });

  it('makes no link of anything but http, https and mailto', () => {
    const text =
      'javascript:alert(1) data:text/html,x ftp://example.org/x file:///etc/passwd //evil.example vbscript:x';
    expect(hrefs(text)).toEqual([]);
    expect(hrefs(`${text} https://example.org`)).toEqual(['https://example.org']);
  });

  it('gives segments that join to the input', () => {
    for (const text of [
      '',
      'plain',
      '<a href="https://x.example">y</a> & https://z.example\n\n',
      'http://例え.テスト/ü x@y.example',
    ]) {
      expect(
        linkify(text)
          .map((segment) => segment.text)
          .join(''),
      ).toBe(text);
    }
  });

  it('stays linear on hostile text', () => {
    for (const piece of ['a@', 'http://', 'www.', 'a.', 'mailto:', 'http://a.b/(', 'a.b-', 'x.com ']) {
      const started = process.cpuUsage();
      linkify(piece.repeat(Math.ceil(1_000_000 / piece.length)));
      expect(processorMs(started), piece).toBeLessThan(3_000);
    }
  });
});

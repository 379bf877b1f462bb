import { describe, expect, it } from 'vitest';
import { processorMs } from '../testing/held.ts';
import { previewOf } from './preview.ts';

describe('previewOf', () => {
  it.each([
    ['  Hello\r\n\r\n  Ann,\tyes. ', 'Hello Ann, yes.'],
    ['Yes.\n\nOn Mon, 3 Jan 2022 at 10:00, Bob <b@example.org> wrote:\n> no?\n>> what?\n', 'Yes.'],
    ['> What?\n\nThat.\n-- \nAnn\nExample Ltd.', 'That.'],
    ['See below.\n-----Original Message-----\nFrom: x', 'See below.'],
    ['=====================\nNEWS\n=====================\nOne', 'NEWS One'],
    ['> only\n> quoted', 'only quoted'],
    ['a\u202eb\u200b\u200c\u034f \u00adc', 'ab c'],
    ['👩‍👩‍👧 hi', '👩‍👩‍👧 hi'],
    ['\n \n', ''],
  ])('makes one line of the text %j', (text, preview) => {
    expect(previewOf(text, 'text/plain')).toBe(preview);
  });

  it.each([
    ['<p>Hello <b>Ann</b>,</p><p>yes &amp; no</p>', 'Hello Ann, yes & no'],
    ['<head><title>T</title><style>p{}</style></head><body><table><tr><td>A</td><td>B</td></tr></table>', 'A B'],
    ['<style>.x{color:red}</style><script>alert(1)</script>Text', 'Text'],
    ['<div style="display:none">Preheader&zwnj;&nbsp;&zwnj;&nbsp;</div><h1>Big</h1>', 'Preheader Big'],
    ['Yes<blockquote>no</blockquote>', 'Yes'],
    ['<img src="https://tracker.example/x.gif" alt="x"><a href="https://example.org">link</a>', 'link'],
    ['<ul><li>A</li><li>B</li></ul><ol><li>C</li></ol>', 'A B C'],
    ['<b>unclosed', 'unclosed'],
    ['', ''],
  ])('makes one line of the HTML %j', (html, preview) => {
    expect(previewOf(html, 'text/html')).toBe(preview);
  });

  it('finds the first words behind a long head', () => {
    expect(
      previewOf(`<html><head><style>${'a{b:c}'.repeat(50_000)}</style></head><body>Hello</body></html>`, 'text/html'),
    ).toBe('Hello');
  });

  it('is 200 characters at most and cuts no character in two', () => {
    expect(previewOf('x'.repeat(5_000), 'text/plain')).toHaveLength(200);
    const cut = previewOf(`x${'👩'.repeat(300)}`, 'text/plain');
    expect(cut.length).toBeLessThanOrEqual(200);
    expect(cut.isWellFormed()).toBe(true);
  });

  it.each(['<div>', '<', '<p>a', '<table><tr><td>', '&', '<!--', 'on ', '> ', '-----', ' \u200b', '<a href="'])(
    'stays fast on megabytes of %j',
    (piece) => {
      const text = piece.repeat(2_000_000 / piece.length);
      const started = process.cpuUsage();
      expect(previewOf(text, 'text/html').length).toBeLessThanOrEqual(200);
      expect(previewOf(text, 'text/plain').length).toBeLessThanOrEqual(200);
      expect(processorMs(started)).toBeLessThan(2_000);
    },
  );
});

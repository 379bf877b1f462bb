import { expect, it } from 'vitest';
import { contentDisposition } from './disposition.ts';

it.each([
  ['report.pdf', 'attachment; filename="report.pdf"'],
  ['Bericht März.pdf', 'attachment; filename="Bericht Marz.pdf"; filename*=UTF-8\'\'Bericht%20M%C3%A4rz.pdf'],
  ['東京.txt', 'attachment; filename="__.txt"; filename*=UTF-8\'\'%E6%9D%B1%E4%BA%AC.txt'],
  ['a"b\\c.txt', 'attachment; filename="c.txt"'],
  ['100%.txt', 'attachment; filename="100_.txt"; filename*=UTF-8\'\'100%25.txt'],
  ["it's (1)*.txt", 'attachment; filename="it\'s (1)_.txt"'],
  ['x\r\nSet-Cookie: a=b', 'attachment; filename="x Set-Cookie_ a=b"'],
  [null, 'attachment; filename="attachment"'],
])('names %j as %s', (name, value) => {
  expect(contentDisposition(name)).toBe(value);
});

it('is one header line of visible ASCII for any name', () => {
  for (const name of ['\0\x7f\u202e', '\ud800', '👩‍👩‍👧'.repeat(300), '/'.repeat(10_000)]) {
    expect(contentDisposition(name, 'inline')).toMatch(
      /^inline; filename="[ -~]+"(; filename\*=UTF-8''[\w!#$&+.^`|~%-]+)?$/,
    );
  }
});

import { describe, expect, it } from 'vitest';
import { processorMs } from '../testing/held.ts';
import { decodeHeader } from './encoded-word.ts';

describe('decodeHeader', () => {
  it.each([
    // The examples of RFC 2047 §8.
    ['(=?ISO-8859-1?Q?a?=)', '(a)'],
    ['(=?ISO-8859-1?Q?a?= b)', '(a b)'],
    ['(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)', '(ab)'],
    ['(=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=)', '(ab)'],
    ['(=?ISO-8859-1?Q?a?=\r\n       =?ISO-8859-1?Q?b?=)', '(ab)'],
    ['(=?ISO-8859-1?Q?a_b?=)', '(a b)'],
    ['(=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=)', '(a b)'],
    ['=?US-ASCII*EN?Q?Keith_Moore?= <moore@cs.utk.edu>', 'Keith Moore <moore@cs.utk.edu>'],
    // What senders do.
    ['=?utf-8?B?w6k=?=', 'é'],
    ['=?UTF-8?b?w6k?=', 'é'],
    ['=?utf-8?Q?=C3?= =?utf-8?Q?=A9?=', 'é'],
    ['=?utf-8?B?5p2x5L?= =?utf-8?B?qs?=', '東京'],
    ['=?utf-8?Q?a=3D=3Fb?=', 'a=?b'],
    ['Re:=?utf-8?Q?_=C3=A9?=x', 'Re: éx'],
    ['"=?utf-8?Q?=C3=A9?="', '"é"'],
    ['=?utf-8?Q?with space?=', 'with space'],
    ['=?iso-8859-1?Q?=93x=94?=', '“x”'],
    ['=?utf-7?Q?+AOk-?=', 'é'],
    ['=?iso-2022-jp?B?GyRCOzMbKEI=?=', '山'],
    ['=?x-unknown?Q?=C3=A9?=', 'é'],
    ['=?x-unknown?Q?=E9?=', 'é'],
    ['a\r\n b\r\n\tc', 'a b c'],
    ['a\r\nBcc: x', 'a Bcc: x'],
    ['nul\0l', 'null'],
    // What is no encoded word stays.
    ['=?utf-8?X?abc?=', '=?utf-8?X?abc?='],
    ['=?utf-8?Q?abc', '=?utf-8?Q?abc'],
    ['a =? b ?= c', 'a =? b ?= c'],
    ['', ''],
  ])('reads %j as %j', (raw, text) => {
    expect(decodeHeader(raw)).toBe(text);
  });

  it('reads raw 8-bit bytes as UTF-8 or windows-1252, as bytes or one char per byte, and Unicode as it is', () => {
    expect(decodeHeader(Buffer.from('Grüße'))).toBe('Grüße');
    expect(decodeHeader(Buffer.from('Grüße').toString('latin1'))).toBe('Grüße');
    expect(decodeHeader(Buffer.from('Gr\xfc\xdfe', 'latin1'))).toBe('Grüße');
    expect(decodeHeader('Grüße 東京')).toBe('Grüße 東京');
    expect(decodeHeader(Buffer.from('ü =?utf-8?Q?=C3=A9?='))).toBe('ü é');
  });

  it('stays linear on a header of a megabyte that never closes a word', () => {
    for (const piece of ['=?utf-8?Q?a', '=?utf-8?Q?a?= ', '=?', '?=', '=?a?b?', ' ']) {
      const started = process.cpuUsage();
      decodeHeader(piece.repeat(1_000_000 / piece.length));
      expect(processorMs(started), piece).toBeLessThan(2_000);
    }
  });
});

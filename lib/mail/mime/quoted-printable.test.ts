import libqp from 'libqp';
import { expect, test } from 'vitest';
import { processorMs } from '../testing/held.ts';
import { decodeQuotedPrintable } from './quoted-printable.ts';

const decode = (text: string) => decodeQuotedPrintable(Buffer.from(text, 'latin1')).toString('latin1');

test.each([
  ['Gr=C3=BC=\r\n=C3=9Fe', 'Gr\xc3\xbc\xc3\x9fe'],
  ['blanks \t\r\nof the transport  ', 'blanks\r\nof the transport'],
  ['blanks=20\r\nof the writer =20\r\n', 'blanks \r\nof the writer  \r\n'],
  ['soft = \r\nbreak=\nhere=', 'soft breakhere'],
  ['an escape cut in two =4=\r\n1', 'an escape cut in two A'],
  ['none: =XX =4 = =\r', 'none: =XX =4 = =\r'],
  ['', ''],
])('%j is read as %j', (text, read) => {
  expect(decode(text)).toBe(read);
});

test('reads whatever comes as libqp does', () => {
  const pieces = ['=', '\r\n', '\n', ' ', '\t', 'A', '4', 'f', 'z', '\xff', '=3D', '=20', '=\r\n', '= \n'];
  let state = 1;
  const chance = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
  for (let round = 0; round < 20_000; round += 1) {
    const text = Array.from({ length: 12 }, () => pieces[Math.floor(chance() * pieces.length)]).join('');
    expect(decode(text), JSON.stringify(text)).toBe(libqp.decode(text).toString('latin1'));
  }
});

test('takes megabytes of anything in good time', () => {
  for (const piece of ['=', ' ', '=\r\n', '= ', '=4=\n', '==\n']) {
    const started = process.cpuUsage();
    decode(piece.repeat(4_000_000 / piece.length));
    expect(processorMs(started), piece).toBeLessThan(2_000);
  }
});

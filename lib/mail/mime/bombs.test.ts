import { describe, expect, it } from 'vitest';
import { summariseMessage } from '../pop3/summarise.ts';
import { costOf } from '../testing/held.ts';
import { readMessage } from './read-message.ts';

/** Mails made to be costly. Each must be read in bounded memory, in steps between which others have their turn. */

const mebibyte = 1024 * 1024;
const mixed = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n';

/** `head`, then `unit` again and again up to so many bytes, then `tail`, as it would come from a socket. */
function* bytesOf(head: string, unit: string, sizeBytes: number, tail = ''): Generator<Buffer> {
  yield Buffer.from(head, 'latin1');
  const run = Buffer.from(unit.repeat(Math.ceil(65_536 / unit.length)), 'latin1');
  for (let left = sizeBytes; left > 0; left -= run.length) yield run.subarray(0, Math.min(left, run.length));
  yield Buffer.from(tail, 'latin1');
}
const text = (unit: string, sizeBytes = 64 * mebibyte, head = 'Subject: x\r\n') =>
  bytesOf(`${head}\r\n`, unit, sizeBytes);
const header = (head: string, unit: string, sizeBytes: number) => bytesOf(head, unit, sizeBytes, '\r\n\r\nbody');
const nested = (depth: number) =>
  Array.from({ length: depth }, (_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`);

const bombs: [string, () => Iterable<Buffer>][] = [
  ['10,000 files', () => bytesOf(mixed, '--b\r\nContent-Type: text/plain; name=a.txt\r\n\r\nx\r\n', 490_000)],
  ['a million texts', () => bytesOf(mixed, '--b\r\n\r\nx\r\n', 10_000_000)],
  ['a thousand texts of 60 kB', () => bytesOf(mixed, `--b\r\n\r\n${'x'.repeat(60_000)}\r\n`, 60 * mebibyte)],
  ['multiparts 10,000 deep', () => [Buffer.from(`${mixed.replace('=b', '=b0')}${nested(10_000).join('')}`)]],
  ['messages 10,000 deep', () => bytesOf('', 'Content-Type: message/rfc822\r\n\r\n', 320_000)],
  ['a subject of 10 MB', () => header('Subject: ', 'x', 10 * mebibyte)],
  ['10 MB of folds', () => header('Subject: x\r\n', ' x\r\n', 10 * mebibyte)],
  ['10 MB of fields', () => header('Subject: x\r\n', 'A: b\r\n', 10 * mebibyte)],
  ['10 MB of fields in a part', () => header(`${mixed}--b\r\n`, 'A: b\r\n', 10 * mebibyte)],
  ['200,000 recipients', () => header('To: ', '"Somebody, Longer" <a@example.org>,\r\n ', 200_000 * 38)],
  ['a megabyte of To fields', () => header('', 'To: a@example.org\r\n', mebibyte)],
  ['a megabyte of encoded words', () => header('Subject: ', '=?utf-8?q?=C3?= ', mebibyte)],
  ['a megabyte of comments', () => header('From: ', '(', mebibyte)],
  ['a line of 64 MB', () => text('x')],
  ['a line of 64 MB in base64', () => text('QUJD', 64 * mebibyte, 'Content-Transfer-Encoding: base64\r\n')],
  ['a line of 64 MB of escapes', () => text('=3D', 64 * mebibyte, 'Content-Transfer-Encoding: quoted-printable\r\n')],
  ['64 MB of line ends', () => text('\r', 64 * mebibyte, mixed)],
  ['64 MB of hyphens that delimit nothing', () => text('\n--', 64 * mebibyte, mixed)],
  ['64 MB of almost boundaries', () => text('\n--bxxxxxxxxxxxxxxxxxxxxxxx', 64 * mebibyte, mixed)],
  ['64 MB of tags that are never closed', () => text('<b>x', 64 * mebibyte, 'Content-Type: text/html\r\n')],
  ...['utf-7', 'hz-gb-2312', 'iso-2022-kr', 'iso-2022-jp', 'gb18030'].map(
    (charset): [string, () => Iterable<Buffer>] => [
      `8 MB of shifts in ${charset}`,
      () =>
        text('+AGE-~{;3~}\x0e;3\x0f\x1b$B;3\x1b(B', 8 * mebibyte, `Content-Type: text/plain; charset=${charset}\r\n`),
    ],
  ),
  [
    'a report of 64 MB',
    () =>
      bytesOf(
        `${mixed.replace('mixed', 'report')}--b\r\nContent-Type: message/delivery-status\r\n\r\n`,
        'Action: failed\r\n\r\n',
        64 * mebibyte,
      ),
  ],
];

describe('a mail made to be costly', () => {
  it.each(bombs)(
    'is read in small steps and little memory: %s',
    async (_, bytes) => {
      const source = (async function* () {
        yield* bytes();
      })();
      const { heldMs, peakBytes } = await costOf(async () => {
        summariseMessage(await readMessage(source), new Date().toISOString(), true);
      });
      // Ordinary steps take 5 ms; the longest is one text of 2 MiB, decoded at once.
      expect(heldMs).toBeLessThan(600);
      expect(peakBytes).toBeLessThan(160 * mebibyte);
    },
    60_000,
  );

  it('at hand as a whole gives others their turn as well', async () => {
    const whole = Buffer.concat([...text('\n--bx', 4 * mebibyte, mixed)]);
    let turns = 0;
    let isGoing = true;
    const count = () => {
      turns += 1;
      if (isGoing) setImmediate(count);
    };
    setImmediate(count);
    await readMessage(whole);
    isGoing = false;
    expect(turns).toBeGreaterThan(5);
  });
});

import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { readMessage } from './read-message.ts';

const message = (...lines: string[]) => Buffer.from(lines.join('\r\n'));

const newsletter = message(
  'From: Shop <shop@example.org>',
  'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
  'Content-Type: multipart/mixed; boundary=m',
  '',
  '--m',
  'Content-Type: multipart/alternative; boundary=a',
  '',
  '--a',
  'Content-Type: text/plain; charset=iso-8859-1; format=flowed; delsp=yes',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Gr=FC=DFe =',
  'euch',
  '--a',
  'Content-Type: multipart/related; boundary=r',
  '',
  '--r',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('<p>Grüße</p>').toString('base64'),
  '--r',
  'Content-Type: image/png; name="=?utf-8?Q?b=C3=BC.png?="',
  'Content-ID: <b@example.org>',
  'Content-Disposition: inline',
  'Content-Transfer-Encoding: base64',
  '',
  'iVBORw0KGgo=',
  '--r--',
  '--a--',
  '--m',
  "Content-Type: application/pdf; name*=utf-8''M%C3%A4rz.pdf",
  'Content-Disposition: attachment',
  '',
  '%PDF',
  '--m',
  'Content-Type: message/rfc822',
  '',
  'Subject: inner',
  '',
  'inner',
  '--m--',
  '',
);

describe('readMessage', () => {
  it('gives the texts decoded and the files listed', async () => {
    const read = await readMessage(newsletter);
    expect(read).toMatchObject({
      sizeBytes: newsletter.length,
      warnings: [],
      headers: { subject: 'Grüße', from: [{ name: 'Shop', email: 'shop@example.org' }] },
      textBody: [
        { partId: '1.1', type: 'text/plain', text: 'Grüße euch', isTruncated: false, isFlowed: true, isDelSp: true },
      ],
      htmlBody: [{ partId: '1.2.1', type: 'text/html', text: '<p>Grüße</p>', isTruncated: false }],
      attachments: [
        { partId: '1.2.2', name: 'bü.png', type: 'image/png', cid: 'b@example.org', isInline: true },
        { partId: '2', name: 'März.pdf', type: 'application/pdf', sizeBytes: 4, cid: null, isInline: false },
        { partId: '3', name: null, type: 'message/rfc822', isInline: false },
      ],
    });
    expect(read.htmlBody[0]).not.toHaveProperty('isFlowed');
  });

  it('reads a stream as it reads a buffer', async () => {
    const whole = await readMessage(newsletter);
    const bytes = [...newsletter].map((byte) => Buffer.from([byte]));
    expect(await readMessage(Readable.from(bytes))).toEqual(whole);
  });

  it('cuts a text at 2 MiB and says so, whatever its encoding', async () => {
    const text = 'Zeile\r\n'.repeat(600_000);
    for (const [encoding, body] of [
      ['7bit', text],
      ['base64', Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n')],
      ['quoted-printable', text.replaceAll('e', '=65')],
    ]) {
      const read = await readMessage(message(`Content-Transfer-Encoding: ${encoding}`, '', body ?? ''));
      expect(read.textBody[0]?.isTruncated, encoding).toBe(true);
      expect(read.textBody[0]?.text.startsWith('Zeile\nZeile\n')).toBe(true);
      expect(read.textBody[0]?.text.length).toBeGreaterThan(1_700_000);
      expect(read.textBody[0]?.text.length).toBeLessThanOrEqual(2 * 1024 * 1024);
      expect(read.warnings).toEqual(['bodyTruncated']);
    }
  });

  it('takes out NULs and keeps everything else of an 8-bit text without charset', async () => {
    const read = await readMessage(Buffer.concat([message('Subject: a\0b', '', 'x\0y '), Buffer.from([0xe9])]));
    expect(read.headers.subject).toBe('ab');
    expect(read.textBody[0]?.text).toBe('xy é');
  });

  it('rejects as its source does', async () => {
    const failing = (async function* () {
      yield Buffer.from('Subject: x\r\n');
      throw new Error('connection lost');
    })();
    await expect(readMessage(failing)).rejects.toThrow('connection lost');
  });

  it('holds texts, not files: a message of 50 MB passes in flat memory', async () => {
    const file = Buffer.from(`${'A'.repeat(76)}\r\n`.repeat(840));
    let passed = 0;
    let peakBytes = 0;
    const source = (async function* () {
      yield message('Content-Type: multipart/mixed; boundary=m', '', '--m', '', 'hello', '--m');
      yield message('', 'Content-Type: application/zip', 'Content-Transfer-Encoding: base64', '', '');
      for (; passed < 50_000_000; passed += file.length) {
        yield Buffer.from(file);
        if (passed % (100 * file.length) === 0) peakBytes = Math.max(peakBytes, held());
      }
      yield message('', '--m--', '');
    })();
    const before = held();
    const read = await readMessage(source);
    expect(read.textBody[0]?.text).toBe('hello');
    expect(read.attachments[0]?.sizeBytes).toBeGreaterThan(50_000_000 - 2);
    expect(peakBytes - before).toBeLessThan(16_000_000);
  });
});

/** Bytes on the heap and outside of it that are still in use. */
function held(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

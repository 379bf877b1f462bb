import { createHash } from 'node:crypto';
import { buffer, text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { openPartOf } from './open-part.ts';

const lines = (...all: string[]) => Buffer.from(all.join('\r\n'));
const twoFiles = lines(
  'Content-Type: multipart/mixed; boundary=m',
  '',
  'preamble',
  '--m',
  'Content-Type: text/plain; charset=koi8-r; name=a.txt',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'one=20',
  '',
  '--m',
  'Content-Type: multipart/mixed; boundary=n',
  '',
  '--n',
  'Content-Transfer-Encoding: base64',
  '',
  'dHdv',
  '--n--',
  '--m--',
);

describe('openPartOf', () => {
  it('gives the decoded bytes of one part and what it is', async () => {
    const one = await openPartOf(twoFiles, '1');
    expect(one).toMatchObject({ type: 'text/plain', charset: 'koi8-r', name: 'a.txt', sizeBytes: null });
    expect(await text(one.stream)).toBe('one \r\n');
    expect(await text((await openPartOf(twoFiles, '2.1')).stream)).toBe('two');
  });

  it.each(['2', '3', '1.1', '2.2', '', 'TEXT', '1 '])(
    'throws notFound for the part %j that is none',
    async (partId) => {
      await expect(openPartOf(twoFiles, partId)).rejects.toMatchObject({ name: 'MailError', code: 'notFound' });
    },
  );

  it('opens the text of a multipart whose boundary never comes', async () => {
    const broken = lines('Content-Type: multipart/mixed; boundary=m', '', 'hello', 'all');
    expect(await text((await openPartOf(broken, '1')).stream)).toBe('hello\r\nall');
  });

  it('reads its source no further than the part, and closes it', async () => {
    let isClosed = false;
    let chunks = 0;
    const source = (async function* () {
      try {
        for (let at = 0; at < twoFiles.length; at += 10, chunks++) yield twoFiles.subarray(at, at + 10);
      } finally {
        isClosed = true;
      }
    })();
    await text((await openPartOf(source, '1')).stream);
    expect(isClosed).toBe(true);
    expect(chunks).toBeLessThan(twoFiles.length / 10 - 5);
  });

  it('closes its source when the reader goes away in the middle', async () => {
    let close: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const source = (async function* () {
      try {
        yield Buffer.from('Subject: x\r\n\r\n');
        for (;;) yield Buffer.alloc(65_536, 'x');
      } finally {
        close();
      }
    })();
    const { stream } = await openPartOf(source, '1');
    stream.once('data', () => stream.destroy());
    await closed;
  });

  it('fails as its source does', async () => {
    const source = (async function* () {
      yield Buffer.from('Subject: x\r\n\r\nhello');
      throw new Error('connection lost');
    })();
    const { stream } = await openPartOf(source, '1');
    await expect(buffer(stream)).rejects.toThrow('connection lost');
  });

  it('streams 50 MB with as little in memory as the reader takes', async () => {
    const line = Buffer.from(`${Buffer.alloc(57, 7).toString('base64')}\r\n`.repeat(800));
    let pulled = 0;
    const source = (async function* () {
      yield lines('Content-Type: application/zip', 'Content-Transfer-Encoding: base64', '', '');
      for (; pulled < 50_000_000; pulled += line.length) yield line;
    })();
    const { stream } = await openPartOf(source, '1');
    const hash = createHash('sha256');
    let bytes = 0;
    let ahead = 0;
    for await (const chunk of stream) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      ahead = Math.max(ahead, pulled - (bytes * 78) / 57);
    }
    expect(bytes).toBe((pulled / 78) * 57);
    expect(hash.digest('hex')).toBe(createHash('sha256').update(Buffer.alloc(bytes, 7)).digest('hex'));
    // What the source gave before the reader had it: a few buffers, never the file.
    expect(ahead).toBeLessThan(1_000_000);
  });
});

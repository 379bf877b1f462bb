import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { processorMs } from '../testing/held.ts';
import { decodeTransfer } from './transfer.ts';

const decode = (encoding: string | null, ...chunks: (string | Buffer)[]) =>
  buffer(Readable.from(chunks.map((chunk) => Buffer.from(chunk as string))).pipe(decodeTransfer(encoding)));
const splits = (text: string) =>
  Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)]);

describe('decodeTransfer', () => {
  const quoted = 'Gr=C3=BC=\r\n=C3=9Fe  \r\na=3D=3d b=\r\n\r\n=XX=4 \t\r\n.=\n end=';
  const plain = 'Grüße\r\na== b\r\n=XX=4\r\n. end';

  it('decodes quoted-printable, tolerantly, wherever the chunks are cut', async () => {
    for (const chunks of splits(quoted)) {
      expect((await decode('Quoted-Printable', ...chunks)).toString(), JSON.stringify(chunks)).toBe(plain);
    }
    expect((await decode('quoted-printable', ...quoted)).toString()).toBe(plain);
  });

  it('decodes base64, tolerantly, wherever the chunks are cut', async () => {
    const encoded = 'R3LD\r\nvMO!fZQ==\r\n*';
    for (const chunks of splits(encoded)) expect((await decode(' BASE64 ', ...chunks)).toString()).toBe('Grüße');
    expect((await decode('base64', 'R3I=', 'R3I=')).toString()).toBe('GrGr');
  });

  it.each(['7bit', '8bit', 'binary', 'x-unknown', '', null])('passes %j through byte by byte', async (encoding) => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
    expect(await decode(encoding, bytes)).toEqual(bytes);
  });

  it('decodes one quoted-printable line of megabytes in bounded pieces', async () => {
    const line = '=C3=A9 \t'.repeat(500_000);
    const started = process.cpuUsage();
    const decoded = await decode('quoted-printable', ...(line.match(/.{1,65536}/g) ?? []), '!');
    expect(decoded.toString()).toBe(`${'é \t'.repeat(500_000)}!`);
    expect(processorMs(started)).toBeLessThan(5_000);
  });

  it('gives the first lines before the last have come', async () => {
    const stream = decodeTransfer('quoted-printable');
    stream.write('one=20\r\n');
    const [first] = await Promise.all([new Promise((resolve) => stream.once('data', resolve))]);
    expect(String(first)).toBe('one \r\n');
    stream.destroy();
  });
});

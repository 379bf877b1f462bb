import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { costOf } from '../mail/testing/held.ts';
import { unzip } from './testing/unzip.ts';
import { zipBytes } from './zip-bytes.ts';

const modifiedAt = new Date(Date.UTC(2026, 10, 2));

/** Files in chunks of 64 KiB, that remember what became of their streams. */
function filesOf(sizes: Record<string, number>, failAt = Number.POSITIVE_INFINITY) {
  const streams: Readable[] = [];
  const chunk = Buffer.alloc(65_536, 'bytes of a file ');
  const files = Object.entries(sizes).map(([name, size]) => ({
    name,
    modifiedAt,
    open: async (signal: AbortSignal) => {
      async function* chunks() {
        for (let at = 0; at < size; at += chunk.length) {
          if (at >= failAt) throw new Error('the server hung up');
          yield chunk.subarray(0, Math.min(chunk.length, size - at));
        }
      }
      const stream = Readable.from(chunks(), { objectMode: false, highWaterMark: 65_536, signal });
      streams.push(stream);
      return stream;
    },
  }));
  return { files, streams };
}

async function read({ bytes }: ReturnType<typeof zipBytes>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for (let next = await bytes.next(); !next.done; next = await bytes.next()) chunks.push(next.value);
  return Buffer.concat(chunks);
}

test('every file is whole, the empty one too', async () => {
  const unpacked = unzip(await read(zipBytes(filesOf({ 'a.txt': 10, 'größe 東京.bin': 200_000, nothing: 0 }).files)));
  expect([...unpacked].map(([name, bytes]) => [name, bytes.length])).toEqual([
    ['a.txt', 10],
    ['größe 東京.bin', 200_000],
    ['nothing', 0],
  ]);
});

test('a file is opened when its turn comes, and nothing is read ahead', async () => {
  const { files, streams } = filesOf({ first: 1_000_000, second: 10 });
  const { bytes, close } = zipBytes(files);
  await bytes.next();
  expect(streams).toHaveLength(1);
  close();
});

test('300 MB pass by without being held', async () => {
  const { bytes } = zipBytes(filesOf({ large: 150_000_000, larger: 150_000_000 }).files);
  let length = 0;
  let most = 0;
  const before = process.memoryUsage().arrayBuffers;
  for (let next = await bytes.next(); !next.done; next = await bytes.next()) {
    length += next.value.byteLength;
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  expect(length).toBeGreaterThan(300_000_000);
  expect(most).toBeLessThan(40_000_000);
});

test('a file that breaks off breaks the archive', async () => {
  const zip = zipBytes(filesOf({ first: 100, second: 500_000 }, 200_000).files);
  await expect(read(zip)).rejects.toThrow('the server hung up');
});

test('whoever leaves lets go of the open file, and no archive ends as if whole', async () => {
  const { files, streams } = filesOf({ first: 10_000_000, second: 10 });
  const zip = zipBytes(files);
  await zip.bytes.next();
  await zip.bytes.next();
  zip.close();
  await expect(read(zip)).rejects.toThrow();
  expect(streams.map(({ destroyed }) => destroyed)).toEqual([true]);
});

test('of a thousand files that each take a while to find, others have their turn between them', async () => {
  const files = Array.from({ length: 1_000 }, (_, at) => ({
    name: `${at}.txt`,
    modifiedAt,
    open: async () => {
      // As a part of a collected message is found: by reading it from its beginning, without a turn.
      createHash('sha256').update(Buffer.alloc(500_000)).digest();
      return Readable.from([Buffer.from('text')], { objectMode: false });
    },
  }));
  let archive: Buffer = Buffer.alloc(0);
  const { heldMs } = await costOf(async () => {
    archive = await read(zipBytes(files));
  });
  expect(unzip(archive).size).toBe(1_000);
  expect(heldMs).toBeLessThan(100);
});

import { LRUCache } from 'lru-cache';
import type { PartStream } from '../mail/driver.ts';

/** A part never changes under its id, so its size need be measured once. */
const measured = new LRUCache<string, number>({ max: 2_000 });

/** Decoded size in bytes. Where the driver does not know it beforehand the part is read through once: a range needs the total. */
export async function sizeOf(identity: string, open: () => Promise<PartStream>): Promise<number> {
  const known = measured.get(identity);
  if (known !== undefined) return known;
  const { stream, sizeBytes } = await open();
  let size = sizeBytes ?? 0;
  if (sizeBytes === null) for await (const chunk of stream) size += (chunk as Uint8Array).byteLength;
  stream.destroy();
  measured.set(identity, size);
  return size;
}

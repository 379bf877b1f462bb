import { Readable } from 'node:stream';
import type { PartStream } from '../driver.ts';
import { MailError } from '../errors.ts';
import { holdsMessage } from './choose.ts';
import type { MimePart } from './content.ts';
import { createScanner } from './scan.ts';
import { chunksOf, type MessageSource } from './source.ts';
import { maxTextBytes } from './text-body.ts';
import { decodeTransfer } from './transfer.ts';

/**
 * Opens one part of a message that streams by: its bytes, decoded from the transfer encoding, never held whole. A number may
 * go on inside of an attached message. The source is read only as far as the part reaches and then destroyed. Throws
 * `notFound` when there is no such part.
 */
export async function openPartOf(source: MessageSource, partId: string): Promise<PartStream> {
  const passing = createPassing(source, partId);
  const part = await passing.seek();
  const bytes = Readable.from(passing.bytes(), { objectMode: false });
  const stream = decodeTransfer(part.encoding);
  bytes.on('error', (error) => stream.destroy(error));
  stream.on('close', () => bytes.destroy());
  bytes.pipe(stream);
  if (isInside(part, partId)) return await openPartOf(stream, partId.slice(`${part.partId}.`.length));
  return { stream, type: part.type, charset: part.charset, name: part.name, sizeBytes: null };
}

/** Whether the part is the message that this number goes on in. */
const isInside = (part: MimePart, partId: string): boolean =>
  part.partId !== null && partId.startsWith(`${part.partId}.`) && holdsMessage(part);

function createPassing(source: MessageSource, partId: string) {
  const chunks = chunksOf(source);
  let part: MimePart | null = null;
  /** A multipart of that number: should no part follow in it, its text is the part. */
  let broken: MimePart | null = null;
  let passed: Buffer[] = [];
  const scanner = createScanner({
    onPart(seen, _, number) {
      if (part === null) passed = [];
      if (seen.partId === partId || isInside(seen, partId)) part = seen;
      else if (number === partId) broken = seen;
    },
    onBody(seen, bytes) {
      if (seen === part || (seen === broken && seen.sizeBytes <= maxTextBytes)) passed.push(bytes);
    },
  });

  /** Scans the next chunk; false at the end. */
  async function advance(): Promise<boolean> {
    const { value, done } = await chunks.next();
    if (done) scanner.end();
    else scanner.write(value);
    return !done;
  }

  return {
    async seek(): Promise<MimePart> {
      let isMore = true;
      while (part === null && isMore) isMore = await advance();
      if (broken?.partId === partId) part = broken;
      if (part === null) throw new MailError('notFound', 'no such part', { detail: partId });
      return part;
    },
    async *bytes(): AsyncGenerator<Buffer> {
      try {
        for (let isMore = true; ; isMore = await advance()) {
          const ready = Buffer.concat(passed);
          passed = [];
          if (ready.length > 0) yield ready;
          if (!isMore || scanner.current !== part) return;
        }
      } finally {
        await chunks.return(undefined);
      }
    },
  };
}

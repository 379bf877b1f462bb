import type { Readable } from 'node:stream';
import { MailError } from '../../mail/errors.ts';
import { config } from '../config.ts';
import { contents } from '../contents.ts';

/** What was kept, durably: its name, its size, and whether some of its bytes are above 127. */
export interface Kept {
  content: string;
  sizeBytes: number;
  is8Bit: boolean;
}

export function tooLarge(): MailError {
  const detail = `at most ${Math.floor(config().maxMessageBytes / 1_048_576)} MiB`;
  return new MailError('tooLarge', 'larger than the admin allows', { detail });
}

/** Keeps bytes that are to be sent. Throws `tooLarge` beyond the admin's bound, `storageFull`, and as the source does. */
export async function keep(accountId: string, source: Readable | AsyncIterable<Uint8Array>): Promise<Kept> {
  const { maxMessageBytes } = config();
  let is8Bit = false;
  async function* bounded() {
    let sizeBytes = 0;
    for await (const run of source as AsyncIterable<Uint8Array>) {
      sizeBytes += run.length;
      if (sizeBytes > maxMessageBytes) throw tooLarge();
      is8Bit ||= run.some((byte) => byte > 127);
      yield Buffer.from(run.buffer, run.byteOffset, run.byteLength);
    }
  }
  const { hash, sizeBytes } = await contents().put(accountId, bounded());
  return { content: hash, sizeBytes, is8Bit };
}

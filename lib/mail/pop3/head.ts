import { MailError } from '../errors.ts';
import type { KnownServer } from './known-servers.ts';
import type { Wire } from './wire.ts';

/** A header with the first lines of its text. `isWhole`: that was all of the message. */
export interface Head {
  bytes: Buffer;
  isWhole: boolean;
}

/** What is kept of a header. */
export const headBytes = 256 * 1024;

/** Reads a header and `lines` lines by TOP, or all of the message where the server has no TOP, which is then remembered. */
export async function readHead(wire: Wire, server: KnownServer, number: number, lines: number): Promise<Head> {
  if (server.hasTop) {
    try {
      const bytes = await wire.top(number, lines);
      return { bytes, isWhole: lines > 0 && bytes.length < headBytes && textLines(bytes, lines) < lines };
    } catch (error) {
      if (!isRefused(error) || wire.capabilities.words.has('TOP')) throw error;
    }
  }
  const head = await readStart(wire, number);
  // Only now: had RETR been refused too, the message would have been at fault and not TOP.
  server.hasTop = false;
  return head;
}

async function readStart(wire: Wire, number: number): Promise<Head> {
  const runs: Buffer[] = [];
  let room = headBytes;
  let isWhole = true;
  for await (const run of (await wire.retrieve(number)) as AsyncIterable<Buffer>) {
    if (run.length > room) isWhole = false;
    if (room > 0) runs.push(run.subarray(0, room));
    room = Math.max(0, room - run.length);
  }
  return { bytes: Buffer.concat(runs), isWhole };
}

const isRefused = (error: unknown) =>
  error instanceof MailError && error.code === 'notFound' && error.serverText !== undefined;

/** Lines below the empty line that ends the header, `most` at most. */
function textLines(bytes: Buffer, most: number): number {
  const end = bytes.indexOf('\r\n\r\n');
  let at = end < 0 ? bytes.length : end + 4;
  let lines = 0;
  while (lines < most) {
    const next = bytes.indexOf('\n', at);
    if (next < 0) return at < bytes.length ? lines + 1 : lines;
    at = next + 1;
    lines += 1;
  }
  return lines;
}

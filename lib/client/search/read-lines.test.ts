import { describe, expect, it } from 'vitest';
import { readLines } from './read-lines.ts';

function streamOf(chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}
const linesOf = async (chunks: Uint8Array[]) => {
  const lines: string[] = [];
  for await (const line of readLines(streamOf(chunks))) lines.push(line);
  return lines;
};

describe('lines of a stream', () => {
  it('are whole wherever the bytes are cut, in the middle of a letter too', async () => {
    const bytes = new TextEncoder().encode('{"a":"ü📯"}\n\n{"b":2}\nlast');
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(await linesOf([bytes.slice(0, cut), bytes.slice(cut)])).toEqual(['{"a":"ü📯"}', '{"b":2}', 'last']);
    }
  });

  it('end the stream when the reader stops early', async () => {
    let wasCancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('x\n')),
      cancel: () => {
        wasCancelled = true;
      },
    });
    for await (const line of readLines(stream)) if (line === 'x') break;
    expect(wasCancelled).toBe(true);
  });
});

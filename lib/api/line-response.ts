import { streamHeaders } from './headers.ts';

/**
 * Answers with one JSON value a line (application/x-ndjson) as `events` yields them, no faster than the caller reads.
 * The first value is awaited before anything is sent, so that an error until then is a problem document; a later one is
 * the last line, as `lastLine` words it. `onCancel` is called when the caller leaves.
 */
export async function lineResponse<T extends object>(
  events: AsyncIterable<T>,
  { requestId, lastLine, onCancel }: { requestId: string; lastLine: (error: unknown) => object; onCancel: () => void },
): Promise<Response> {
  const iterator = events[Symbol.asyncIterator]();
  let first: IteratorResult<T> | null = await iterator.next();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = first ?? (await iterator.next());
          first = null;
          if (next.done) controller.close();
          else controller.enqueue(lineOf(next.value));
        } catch (error) {
          controller.enqueue(lineOf(lastLine(error)));
          controller.close();
        }
      },
      async cancel() {
        onCancel();
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  const headers = streamHeaders(requestId);
  headers.set('Content-Type', 'application/x-ndjson');
  return new Response(body, { headers });
}

const encoder = new TextEncoder();
const lineOf = (value: object) => encoder.encode(`${JSON.stringify(value)}\n`);

import type { CDPSession } from '@playwright/test';

export const kinds = ['html', 'js', 'css', 'font', 'other'] as const;
export type Weight = Record<(typeof kinds)[number] | 'all', number>;

const kindOf: Record<string, keyof Weight> = { Document: 'html', Script: 'js', Stylesheet: 'css', Font: 'font' };

/** One arrival: the bytes on the wire, headers too, and when, in ms of the clock that pages see as `timeOrigin`. */
interface Arrival {
  kind: keyof Weight;
  bytes: number;
  atMs: number;
}

/**
 * Counts what a tab receives, compressed as it comes, at the moment that it comes: so that what a page fetches in a quiet
 * moment after it can be used is told from what it needs, however late the one who measures looks.
 */
export async function countWire(session: CDPSession): Promise<{ until(atMs: number): Weight }> {
  const arrivals: Arrival[] = [];
  const requests = new Map<string, { kind: keyof Weight; bytes: number }>();
  let clockMs = 0;
  const arrive = (id: string, seconds: number, bytes: number) => {
    const request = requests.get(id);
    if (request === undefined || bytes <= 0) return;
    request.bytes += bytes;
    arrivals.push({ kind: request.kind, bytes, atMs: clockMs + seconds * 1_000 });
  };
  session.on('Network.requestWillBeSent', ({ requestId, type, wallTime, timestamp }) => {
    clockMs = (wallTime - timestamp) * 1_000;
    requests.set(requestId, { kind: kindOf[type ?? ''] ?? 'other', bytes: 0 });
  });
  session.on('Network.responseReceived', ({ requestId, timestamp, response }) =>
    arrive(requestId, timestamp, response.encodedDataLength),
  );
  session.on('Network.dataReceived', ({ requestId, timestamp, encodedDataLength }) =>
    arrive(requestId, timestamp, encodedDataLength),
  );
  // Of some answers only the end tells the bytes; of some, that the page has read but not closed, there is no end.
  session.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) =>
    arrive(requestId, timestamp, encodedDataLength - (requests.get(requestId)?.bytes ?? 0)),
  );
  await session.send('Network.enable');
  return {
    until(atMs) {
      const weight: Weight = { html: 0, js: 0, css: 0, font: 0, other: 0, all: 0 };
      for (const { kind, bytes } of arrivals.filter((arrival) => arrival.atMs <= atMs)) {
        weight[kind] += bytes / 1_000;
        weight.all += bytes / 1_000;
      }
      return weight;
    },
  };
}

/** What every answer with a person's data carries: kept nowhere, framed by nobody, never taken for a page. */
export function privateHeaders(requestId: string): Headers {
  return new Headers({
    'Cache-Control': 'private, no-store',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'X-Request-Id': requestId,
  });
}

/** The same for an answer that is sent while it is made: no one on the way may compress or collect it first. */
export function streamHeaders(requestId: string): Headers {
  const headers = privateHeaders(requestId);
  headers.set('Cache-Control', 'private, no-store, no-transform');
  headers.set('X-Accel-Buffering', 'no');
  return headers;
}

/** Below this an answer fits into one packet, and compressing it costs more than it saves. */
const packetBytes = 1_200;

/** The same for JSON. Next compresses what is worth it and what may be. */
export function jsonHeaders(requestId: string, json: string, type = 'application/json'): Headers {
  const headers = privateHeaders(requestId);
  if (json.length < packetBytes) headers.set('Cache-Control', 'private, no-store, no-transform');
  headers.set('Content-Type', type);
  return headers;
}

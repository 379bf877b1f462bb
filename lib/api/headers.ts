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

import type { ServerResponse } from 'node:http';

/**
 * Writes a list of one header value as the value. Next hands over each header of a route handler's answer as such a list,
 * and its own compression then does not know `['application/json']` for a type worth compressing.
 */
export function writeSingleHeaders(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) =>
    setHeader(name, Array.isArray(value) && value.length === 1 ? `${value[0]}` : value);
}

/** A packed script that is not there (after an upgrade) is a page that is not packed: its answer must not say that it is. */
export function unpackRefusals(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  response.writeHead = ((...args: unknown[]) => {
    const status = typeof args[0] === 'number' ? args[0] : response.statusCode;
    if (status >= 400 && response.getHeader('content-encoding') === 'br') response.removeHeader('content-encoding');
    return writeHead(...args);
  }) as ServerResponse['writeHead'];
}

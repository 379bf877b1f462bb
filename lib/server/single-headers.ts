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

import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { live } from './live.ts';

/**
 * The address a request came from, given what the proxies wrote and how many of them are ours. Each proxy appends the
 * address it saw, so the last `trustedProxies` entries are true and everything before them is the client's word.
 */
export function trueAddress(forwardedFor: string, peer: string, trustedProxies: number): string {
  const chain = [
    ...forwardedFor
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
    peer,
  ];
  return chain[Math.max(0, chain.length - 1 - trustedProxies)] ?? peer;
}

/**
 * Puts the true address, and nothing else, into X-Forwarded-For of every request before Next sees it: a route handler
 * has no socket to ask, and Next passes on what a client made up. Does so once per process.
 */
export function watchClientAddresses(trustedProxies: number): void {
  live('client addresses', () => {
    subscribe('http.server.request.start', (message) => {
      const { request } = message as { request: IncomingMessage };
      const forwardedFor = request.headers['x-forwarded-for'];
      const text = Array.isArray(forwardedFor) ? forwardedFor.join(',') : (forwardedFor ?? '');
      request.headers['x-forwarded-for'] = trueAddress(text, request.socket.remoteAddress ?? 'unknown', trustedProxies);
    });
    return true;
  });
}

/** The address of a request's client, once `watchClientAddresses` runs. */
export const clientAddressOf = (headers: { get(name: string): string | null }): string =>
  headers.get('x-forwarded-for') ?? 'unknown';

import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { trueAddress } from './client-address.ts';
import { live } from './live.ts';
import { log } from './log.ts';
import { readableAddress } from './path-text.ts';
import { unpackRefusals, writeSingleHeaders } from './single-headers.ts';

const servers = live('http servers', () => new Set<Server>());

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
}

/**
 * Stands where Node hands a request over, before Next sees it: puts the client's true address, and nothing else, into
 * X-Forwarded-For (a route handler has no socket to ask, and Next passes on what a client made up), and remembers the
 * server so that it can be closed. What Next stumbles over is mended here too. Once per process.
 */
export function watchHttpDoor(trustedProxies: number): void {
  live('http door', () => {
    subscribe('http.server.request.start', (message) => {
      const { request, response, server } = message as Exchange;
      servers.add(server);
      const given = request.headers['x-forwarded-for'] ?? '';
      const forwardedFor = Array.isArray(given) ? given.join(',') : given;
      if (forwardedFor !== '' && trustedProxies === 0) warnOfProxy(request.socket.remoteAddress ?? '');
      request.headers['x-forwarded-for'] = trueAddress(
        forwardedFor,
        request.socket.remoteAddress ?? 'unknown',
        trustedProxies,
      );
      request.url = readableAddress(request.url ?? '/');
      writeSingleHeaders(response);
      unpackRefusals(response);
    });
    return true;
  });
}

/** Behind a proxy that is not declared all people share one address, and one person's mistakes throttle everybody. */
function warnOfProxy(peer: string): void {
  if (!/^(::ffff:)?(127|10|192\.168|172\.(1[6-9]|2\d|3[01]))\.|^::1$|^f[cd]/.test(peer)) return;
  live('proxy warning', () => {
    log.warn({ peer }, 'a proxy sends X-Forwarded-For but TRUSTED_PROXIES is 0: all its clients count as one address');
    return true;
  });
}

/** Takes no new requests and resolves when those under way are answered. */
export async function closeHttpServers(): Promise<void> {
  await Promise.all([...servers].map(closeServer));
}

async function closeServer(server: Server): Promise<void> {
  // close() ends only what is idle now; a browser holds its connection open for seconds after the last answer.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearInterval(idle);
}

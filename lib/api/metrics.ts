import { createHash, timingSafeEqual } from 'node:crypto';
import { MailError } from '../mail/errors.ts';
import { clientAddressOf } from '../server/client-address.ts';
import { config } from '../server/config.ts';
import { renderMetrics } from '../server/metrics.ts';

/**
 * The figures for Prometheus, for whoever has METRICS_TOKEN. Without a token they are told to this machine alone, and only
 * where the public address is this machine too: behind a proxy everyone would seem to come from here. Throws `forbidden`.
 */
export async function answerMetrics(request: Request): Promise<Response> {
  const { metricsToken, url } = config();
  const mayRead =
    metricsToken === null
      ? isLoopback(url.hostname) && isLoopback(clientAddressOf(request.headers))
      : isSame(request.headers.get('authorization') ?? '', `Bearer ${metricsToken}`);
  if (!mayRead) throw new MailError('forbidden', 'metrics refused', { detail: 'Authorization: Bearer METRICS_TOKEN' });
  const { contentType, body } = await renderMetrics();
  return new Response(body, { headers: { 'Content-Type': contentType, 'Cache-Control': 'no-store' } });
}

const isLoopback = (host: string) => /^(localhost|127(\.\d+){3}|\[?::1\]?|::ffff:127(\.\d+){3})$/.test(host);

// Compared as digests, so that neither length nor content shows in the time it takes.
const digest = (text: string) => createHash('sha256').update(text).digest();
const isSame = (given: string, wanted: string) => timingSafeEqual(digest(given), digest(wanted));

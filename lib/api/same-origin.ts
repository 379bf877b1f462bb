import { MailError } from '../mail/errors.ts';

/**
 * Lets a write through only when it comes from a page of ours. `Sec-Fetch-Site` is the browser's own word and decides;
 * where it is missing (old browsers, plain http, programs) `Origin` must be the public URL's. Throws `forbidden`.
 */
export function requireSameOrigin(request: Request, publicUrl: URL): void {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  if (site !== null && site !== 'same-origin') throw crossOrigin(publicUrl);
  if (origin === null) {
    if (site === null) throw crossOrigin(publicUrl);
    return;
  }
  if (origin === publicUrl.origin) return;
  // Opened by another name of the same machine (127.0.0.1 for localhost): same origin to the browser, and it says so.
  if (site === 'same-origin' && hostOf(origin) === request.headers.get('host')) return;
  throw crossOrigin(publicUrl);
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);

const crossOrigin = (publicUrl: URL) =>
  new MailError('forbidden', 'write from another origin', { detail: `Posthorn lives at ${publicUrl.origin}` });

import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { MailError } from '../mail/errors.ts';
import { secureContextOf } from '../mail/open.ts';
import { allowedLookup, type Resolve } from './allowed-lookup.ts';
import type { AddressRule } from './public-address.ts';

/** The way to other servers: how names become addresses, and which of those may be connected to. */
export interface WebWay {
  resolve: Resolve;
  mayReach: AddressRule;
  /** PEM of authorities to trust beside the system's. */
  ca?: string | null;
}

export interface WebQuestion {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
}

const longestUrl = 4_096;

/** The address as it would be asked for; null for what is never asked for: other schemes, credentials, over 4,096 characters. */
export function webUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.href.length > longestUrl) return null;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null;
  url.hash = '';
  return url;
}

/**
 * One request over a connection of its own, to an address that was checked for it; nothing is followed. It tells nothing
 * about who asks. The caller must end or destroy the answer. Throws `forbidden`, `protocol`, and what the socket throws.
 */
export async function askWeb(
  url: URL,
  { method, headers, body }: WebQuestion,
  { resolve, mayReach, ca = null }: WebWay,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:';
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  const lookup = allowedLookup(url.hostname, port, mayReach, resolve);
  const request = (isSecure ? secureRequest : plainRequest)(url, {
    agent: false,
    lookup,
    method,
    signal,
    maxHeaderSize: 16_384,
    ...(ca === null ? {} : { secureContext: secureContextOf(ca) }),
    headers: { ...headers, 'user-agent': 'Mozilla/5.0' },
  });
  const answer = await new Promise<IncomingMessage>((answered, failed) => {
    request.on('response', answered).on('error', failed);
    // A change of protocol (101) ends the request without either.
    request.on('close', () => failed(new MailError('protocol', 'closed without an answer'))).end(body);
  });
  // Nobody should have answered from elsewhere; if a change of Node's connecting ever makes it so, nothing is taken.
  if (mayReach(answer.socket.remoteAddress ?? '', port)) return answer;
  answer.destroy();
  throw new MailError('forbidden', 'answered from an address that may not be reached');
}

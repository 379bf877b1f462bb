import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { asMailError, MailError } from '../mail/errors.ts';
import { allowedLookup, type Resolve } from './allowed-lookup.ts';
import { pictureHeadBytes, pictureType } from './picture-type.ts';
import type { AddressRule } from './public-address.ts';

export interface Picture {
  type: NonNullable<ReturnType<typeof pictureType>>;
  bytes: Buffer;
}

/** The way to other servers: how names become addresses, which of those may be connected to, and how much is borne. */
export interface PictureWay {
  resolve: Resolve;
  mayReach: AddressRule;
  limits: { sizeBytes: number; timeMs: number; redirects: number };
}

export const pictureLimits: PictureWay['limits'] = { sizeBytes: 8 * 1024 * 1024, timeMs: 10_000, redirects: 5 };

const redirects = [301, 302, 303, 307, 308];
const longestUrl = 4_096;

/** The address as it would be asked for; null for what is never asked for: other schemes, credentials, over 4,096 characters. */
export function pictureUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.href.length > longestUrl) return null;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null;
  url.hash = '';
  return url;
}

/**
 * Fetches a picture of another server, whole, and tells nothing about who asks: no cookie, no referrer, the same words for
 * everyone. What it is, its bytes say. Whatever goes wrong there is `notFound` for the caller, so that answers cannot be
 * used to look around in the network; why stands in the cause.
 */
export async function fetchPicture(address: string, way: PictureWay, signal: AbortSignal): Promise<Picture> {
  const timed = AbortSignal.any([signal, AbortSignal.timeout(way.limits.timeMs)]);
  try {
    return await follow(address, way, timed);
  } catch (error) {
    signal.throwIfAborted();
    const { message } = asMailError(error);
    throw new MailError('notFound', `no picture: ${message}`, { detail: 'picture', cause: error });
  }
}

async function follow(address: string, way: PictureWay, signal: AbortSignal): Promise<Picture> {
  let url = pictureUrl(address);
  for (let hops = 0; hops <= way.limits.redirects; hops += 1) {
    if (url === null) throw new MailError('forbidden', 'an address that is never asked for');
    const answer = await ask(url, way, signal);
    try {
      if (!redirects.includes(answer.statusCode ?? 0)) return await read(answer, way.limits.sizeBytes);
      const location: string = answer.headers.location ?? '';
      url = URL.canParse(location, url) ? pictureUrl(new URL(location, url).href) : null;
    } finally {
      answer.destroy();
    }
  }
  throw new MailError('protocol', 'too many redirects');
}

/** One request over a connection of its own, to an address that was checked for it. */
async function ask(url: URL, { resolve, mayReach }: PictureWay, signal: AbortSignal): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:';
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  const lookup = allowedLookup(url.hostname, port, mayReach, resolve);
  const request = (isSecure ? secureRequest : plainRequest)(url, {
    agent: false,
    lookup,
    signal,
    maxHeaderSize: 16_384,
    headers: {
      accept: 'image/webp,image/png,image/jpeg,image/gif',
      // Packed bytes could unfold to any size.
      'accept-encoding': 'identity',
      'user-agent': 'Mozilla/5.0',
    },
  });
  const answer = await new Promise<IncomingMessage>((answered, failed) => {
    request.on('response', answered).on('error', failed);
    // A change of protocol (101) ends the request without either.
    request.on('close', () => failed(new MailError('protocol', 'closed without an answer'))).end();
  });
  // Nobody should have answered from elsewhere; if a change of Node's connecting ever makes it so, nothing is taken.
  if (mayReach(answer.socket.remoteAddress ?? '', port)) return answer;
  answer.destroy();
  throw new MailError('forbidden', 'answered from an address that may not be reached');
}

async function read(answer: IncomingMessage, sizeBytes: number): Promise<Picture> {
  const { 'content-encoding': encoding = 'identity', 'content-length': length } = answer.headers;
  if (answer.statusCode !== 200) throw new MailError('notFound', `answered ${answer.statusCode}`);
  if (encoding !== 'identity') throw new MailError('protocol', 'packed, though it was asked for as it is');
  if (Number(length) > sizeBytes) throw new MailError('tooLarge', 'larger than it may be');
  const chunks: Buffer[] = [];
  let size = 0;
  let type: Picture['type'] | null = null;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > sizeBytes) throw new MailError('tooLarge', 'larger than it may be');
    if (type !== null || size < pictureHeadBytes) continue;
    type = pictureType(Buffer.concat(chunks).subarray(0, pictureHeadBytes));
    if (type === null) break;
  }
  if (type === null) throw new MailError('unsupported', 'not a picture of a kind that is shown');
  if (!answer.complete) throw new MailError('protocol', 'ended before its end');
  return { type, bytes: Buffer.concat(chunks) };
}

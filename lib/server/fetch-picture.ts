import type { IncomingMessage } from 'node:http';
import { asMailError, MailError } from '../mail/errors.ts';
import { askWeb, type WebQuestion, type WebWay, webUrl } from './ask-web.ts';
import { pictureHeadBytes, pictureType } from './picture-type.ts';

export interface Picture {
  type: NonNullable<ReturnType<typeof pictureType>>;
  bytes: Buffer;
}

/** The way to other servers, and how much is borne. */
export interface PictureWay extends WebWay {
  limits: { sizeBytes: number; timeMs: number; redirects: number };
}

export const pictureLimits: PictureWay['limits'] = { sizeBytes: 8 * 1024 * 1024, timeMs: 10_000, redirects: 5 };

const question: WebQuestion = {
  method: 'GET',
  headers: {
    accept: 'image/webp,image/png,image/jpeg,image/gif',
    // Packed bytes could unfold to any size.
    'accept-encoding': 'identity',
  },
};
const redirects = [301, 302, 303, 307, 308];

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
  let url = webUrl(address);
  for (let hops = 0; hops <= way.limits.redirects; hops += 1) {
    if (url === null) throw new MailError('forbidden', 'an address that is never asked for');
    const answer = await askWeb(url, question, way, signal);
    try {
      if (!redirects.includes(answer.statusCode ?? 0)) return await read(answer, way.limits.sizeBytes);
      const location: string = answer.headers.location ?? '';
      url = URL.canParse(location, url) ? webUrl(new URL(location, url).href) : null;
    } finally {
      answer.destroy();
    }
  }
  throw new MailError('protocol', 'too many redirects');
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

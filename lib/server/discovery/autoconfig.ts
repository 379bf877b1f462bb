import type { IncomingMessage } from 'node:http';
import { asMailError, MailError } from '../../mail/errors.ts';
import { askWeb, type WebQuestion, webUrl } from '../ask-web.ts';
import type { Candidate } from './candidates.ts';
import { parseAutoconfig } from './parse-autoconfig.ts';
import type { DiscoveryWay } from './way.ts';

const question: WebQuestion = {
  method: 'GET',
  headers: { accept: 'text/xml,application/xml', 'accept-encoding': 'identity' },
};
const redirects = [301, 302, 303, 307, 308];

/** Where the file of a domain may be, as its own web servers have it; the first is told the address too. */
export const autoconfigUrls = (domain: string, port = 443): string[] => {
  const at = port === 443 ? '' : `:${port}`;
  return [
    `https://autoconfig.${domain}${at}/mail/config-v1.1.xml`,
    `https://${domain}${at}/.well-known/autoconfig/mail/config-v1.1.xml`,
  ];
};

/**
 * The servers that an autoconfig file names. Asked over https alone, also after each of a few redirects, at addresses that may
 * be reached; within the limits of size and time. Throws `notFound` where there is no such file, alike for what may not be
 * reached, `timeout`, `tooLarge`, and as `parseAutoconfig` does.
 */
export async function askAutoconfig(
  url: string,
  address: string,
  { web, limits }: Pick<DiscoveryWay, 'web' | 'limits'>,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const late = AbortSignal.timeout(limits.timeMs);
  try {
    const xml = await follow(url, { web, limits }, AbortSignal.any([signal, late]));
    return parseAutoconfig(xml, address);
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) throw new MailError('timeout', 'no file in time', { cause: error });
    if (error instanceof MailError && error.code !== 'forbidden') throw error;
    throw new MailError('notFound', `no file: ${asMailError(error).message}`, { cause: error });
  }
}

async function follow(
  address: string,
  { web, limits }: Pick<DiscoveryWay, 'web' | 'limits'>,
  signal: AbortSignal,
): Promise<string> {
  let url = webUrl(address);
  for (let hops = 0; hops <= limits.redirects; hops += 1) {
    if (url?.protocol !== 'https:') throw new MailError('forbidden', 'an address that is never asked for');
    const answer = await askWeb(url, question, web, signal);
    try {
      if (!redirects.includes(answer.statusCode ?? 0)) return await read(answer, limits.sizeBytes);
      const location: string = answer.headers.location ?? '';
      url = URL.canParse(location, url) ? webUrl(new URL(location, url).href) : null;
    } finally {
      answer.destroy();
    }
  }
  throw new MailError('protocol', 'too many redirects');
}

async function read(answer: IncomingMessage, sizeBytes: number): Promise<string> {
  if (answer.statusCode !== 200) throw new MailError('notFound', `answered ${answer.statusCode}`);
  if ((answer.headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new MailError('protocol', 'packed, though it was asked for as it is');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > sizeBytes) throw new MailError('tooLarge', 'larger than such a file is');
    chunks.push(chunk);
  }
  if (!answer.complete) throw new MailError('protocol', 'ended before its end');
  return Buffer.concat(chunks).toString('utf8');
}

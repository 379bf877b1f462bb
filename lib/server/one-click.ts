import { asMailError } from '../mail/errors.ts';
import { askWeb, type WebWay, webUrl } from './ask-web.ts';
import { log } from './log.ts';

const body = 'List-Unsubscribe=One-Click';
const timeMs = 15_000;

/**
 * Sends the one click of RFC 8058 §3.1 to the address that a message names, and gives whether it was accepted. It carries
 * no cookie and no name but what stands in the address; a redirect is a no. Why it was not accepted stands in the log.
 */
export async function postOneClick(address: string, way: WebWay, signal: AbortSignal): Promise<boolean> {
  const url = webUrl(address);
  if (url?.protocol !== 'https:') return false;
  const timed = AbortSignal.any([signal, AbortSignal.timeout(timeMs)]);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.length),
    accept: '*/*',
    'accept-encoding': 'identity',
  };
  try {
    const answer = await askWeb(url, { method: 'POST', headers, body }, way, timed);
    const status = answer.statusCode ?? 0;
    answer.destroy();
    const isAccepted = status >= 200 && status < 300;
    if (!isAccepted) log.info({ host: url.host, status }, 'an unsubscription was not accepted');
    return isAccepted;
  } catch (error) {
    signal.throwIfAborted();
    log.info({ host: url.host, reason: asMailError(error).message }, 'an unsubscription did not reach the sender');
    return false;
  }
}

import { MailError } from '../mail/errors.ts';
import { postOneClick } from '../server/one-click.ts';
import { webWay } from '../server/web-way.ts';
import type { Call } from './call.ts';

/** Leaves the list of a message by one click; `unsupported` where the message does not offer that (RFC 8058 §4). */
export async function unsubscribe({ mail, params, signal }: Call<'unsubscribe'>) {
  const { unsubscribe: offer } = await mail.getMessage({ id: params.messageId }, { signal });
  const address = offer?.isOneClick === true ? offer.urls.find((url) => /^https:/i.test(url)) : undefined;
  if (address === undefined) throw new MailError('unsupported', 'no list that is left by one click');
  return { host: new URL(address).host, isAccepted: await postOneClick(address, webWay(), signal) };
}

import { emptyRules, listRules, removeRule, setRule } from '../server/remote-image-rules.ts';
import { readPicture, signPictures } from '../server/remote-picture.ts';
import type { Call } from './call.ts';
import { privateHeaders } from './headers.ts';

/**
 * Gives addresses of our own, for an hour, to pictures that an open message names; which of its addresses are pictures,
 * the sanitiser has decided. Throws `notFound` for a message that is not in this account.
 */
export async function signRemoteImages({ signedIn, mail, params, body, signal }: Call<'signRemoteImages'>) {
  const { accountId, messageId } = params;
  const signed = signPictures(body.urls, { sessionId: signedIn.sessionId, accountId });
  await mail.getMessage({ id: messageId }, { signal });
  const path = `/api/accounts/${encodeURIComponent(accountId)}/remote-image`;
  return {
    images: signed.map(({ url, expires, signature }) => ({
      url,
      href: `${path}?${new URLSearchParams({ url, expires: String(expires), signature })}`,
    })),
  };
}

/** A picture of another server, fetched by us: bytes of a kind that cannot run, named by what they are. */
export async function answerRemoteImage(call: Call<'getRemoteImage'>): Promise<Response> {
  const { signedIn, params, query, requestId, signal } = call;
  const { type, bytes } = await readPicture(query, { sessionId: signedIn.sessionId, ...params }, signal);
  const headers = privateHeaders(requestId);
  headers.set('Content-Type', type);
  headers.set('Content-Disposition', 'inline');
  headers.set('Content-Security-Policy', "sandbox; default-src 'none'; frame-ancestors 'none'");
  return new Response(new Uint8Array(bytes), { headers });
}

export const listRemoteImageRules = async ({ signedIn }: Call<'listRemoteImageRules'>) => ({
  rules: await listRules(signedIn),
});

export const setRemoteImageRule = ({ signedIn, params, body }: Call<'setRemoteImageRule'>) =>
  setRule(signedIn, { ...params, ...body });

export const removeRemoteImageRule = ({ signedIn, params }: Call<'removeRemoteImageRule'>) =>
  removeRule(signedIn, params);

export const emptyRemoteImageRules = ({ signedIn }: Call<'emptyRemoteImageRules'>) => emptyRules(signedIn);

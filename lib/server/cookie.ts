import { decode } from 'next-auth/jwt';
import { config } from './config.ts';

/** What our sign-in puts in next-auth's encrypted token. */
export interface SignInToken {
  sessionId: string;
  /** Half of the key of the mail secret; see vault.ts. */
  half: string;
}

/** The name of the session cookie. `__Host-` binds it to this host and https (RFC 6265bis §4.1.3.2). */
export const sessionCookieName = (): string => `${config().isSecure ? '__Host-' : ''}posthorn.session`;

/** The value of the session cookie in a request's headers; null without one. */
export function sessionCookieOf(headers: Headers): string | null {
  const name = `${sessionCookieName()}=`;
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const pair = part.trim();
    if (pair.startsWith(name)) return pair.slice(name.length) || null;
  }
  return null;
}

/** Opens a cookie that we made; null for one that is forged, altered or over its age. Takes about a millisecond. */
export async function readToken(cookie: string): Promise<SignInToken | null> {
  // `decode` throws for whatever is not a token of ours; to the caller all such cookies are the same: nobody.
  const token = await decode({ token: cookie, secret: config().authSecret }).catch(() => null);
  const { sessionId, half } = token ?? {};
  return typeof sessionId === 'string' && typeof half === 'string' ? { sessionId, half } : null;
}

import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { asMailError } from '../mail/errors.ts';
import { clientAddressOf } from './client-address.ts';
import { config } from './config.ts';
import { readToken, sessionCookieName, sessionCookieOf } from './cookie.ts';
import { log } from './log.ts';
import { revokeSession } from './session.ts';
import { signIn } from './sign-in.ts';

/**
 * next-auth, held to what we need of it: the form's CSRF check, the encrypted cookie, sign-out. A refused sign-in gives
 * the MailErrorCode as `error` in the answer's `url`, and nothing else of what the mail server said.
 */
export function authOptions(): NextAuthOptions {
  const { authSecret, isSecure, sessionMaxAgeMs } = config();
  const maxAge = sessionMaxAgeMs / 1_000;
  const cookie = { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure } as const;
  const prefix = isSecure ? '__Host-' : '';
  return {
    secret: authSecret,
    session: { strategy: 'jwt', maxAge },
    jwt: { maxAge },
    useSecureCookies: isSecure,
    cookies: {
      sessionToken: { name: sessionCookieName(), options: cookie },
      csrfToken: { name: `${prefix}posthorn.csrf`, options: cookie },
      callbackUrl: { name: `${prefix}posthorn.callback`, options: cookie },
    },
    pages: { signIn: '/signin', signOut: '/signin', error: '/signin' },
    providers: [
      Credentials({
        id: 'credentials',
        credentials: { username: {}, password: {}, protocol: {} },
        async authorize(fields, request) {
          const headers = new Headers(request.headers as Record<string, string>);
          const client = { address: clientAddressOf(headers), userAgent: headers.get('user-agent') ?? '' };
          try {
            const token = await signIn(fields, client);
            await endEarlierSession(headers);
            return { id: '', ...token };
          } catch (error) {
            throw new Error(asMailError(error).code);
          }
        },
      }),
    ],
    callbacks: {
      // Only `user` of a fresh sign-in carries the token; afterwards it is what the cookie held.
      jwt: ({ token, user }) => ('sessionId' in (user ?? {}) ? { ...pick(user) } : pick(token)),
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sessionId === 'string') await revokeSession(token.sessionId);
      },
    },
    logger: {
      // A cookie that is none of ours is the caller's affair, and anyone's to send.
      error: (code) => log[code === 'JWT_SESSION_ERROR' ? 'debug' : 'error']({ code }, 'next-auth reports an error'),
      warn: (code) => log.debug({ code }, 'next-auth warns'),
      debug: () => undefined,
    },
  };
}

/** Whoever signs in again in the same browser has no more use for the session before. */
async function endEarlierSession(headers: Headers): Promise<void> {
  const cookie = sessionCookieOf(headers);
  const earlier = cookie === null ? null : await readToken(cookie);
  if (earlier !== null) await revokeSession(earlier.sessionId);
}

function pick(holder: object): { sessionId: unknown; half: unknown } {
  const { sessionId, half } = holder as Record<string, unknown>;
  return { sessionId, half };
}

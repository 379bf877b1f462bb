import type { ApiErrorCode } from '@/lib/client/api-error';
import { mailErrorCodes } from '@/lib/mail/errors';

export interface Credentials {
  username: string;
  password: string;
  protocol: 'imap' | 'pop3' | undefined;
}

let token: Promise<string> | undefined;

/** Fetches the token that next-auth wants with the form, ahead of the press. */
export function warmToken(): void {
  token ??= fetchToken();
  token.catch(() => {
    token = undefined;
  });
}

/** Signs in; gives null when it is done, else the code of what went wrong. Never throws for what a server says. */
export async function requestSignIn(credentials: Credentials): Promise<ApiErrorCode | null> {
  try {
    const first = await post(credentials, await (token ?? fetchToken()));
    // A token older than its cookie is answered with a way back to the form: once more with a new one.
    return first === 'again' ? codeOf(await post(credentials, await fetchToken())) : first;
  } catch (error) {
    if (error instanceof TypeError) return 'offline';
    throw error;
  } finally {
    token = undefined;
  }
}

const codeOf = (outcome: ApiErrorCode | null | 'again') => (outcome === 'again' ? 'internal' : outcome);

async function fetchToken(): Promise<string> {
  const response = await fetch('/api/auth/csrf', { cache: 'no-store' });
  const { csrfToken } = (await response.json()) as { csrfToken?: string };
  return csrfToken ?? '';
}

async function post(credentials: Credentials, csrfToken: string): Promise<ApiErrorCode | null | 'again'> {
  const { username, password, protocol } = credentials;
  const body = new URLSearchParams({ csrfToken, username, password, json: 'true', callbackUrl: '/mail' });
  if (protocol !== undefined) body.set('protocol', protocol);
  const response = await fetch('/api/auth/callback/credentials', { method: 'POST', body });
  if (!response.headers.get('content-type')?.includes('json')) return response.ok ? 'again' : 'internal';
  const { url } = (await response.json()) as { url?: string };
  const answer = new URL(url ?? '/signin', location.origin);
  if (answer.searchParams.has('csrf')) return 'again';
  const code = answer.searchParams.get('error');
  if (code === null) return response.ok ? null : 'internal';
  if (code === 'CredentialsSignin') return 'unauthenticated';
  return mailErrorCodes.find((known) => known === code) ?? 'internal';
}

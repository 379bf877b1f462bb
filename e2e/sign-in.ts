import type { BrowserContext } from '@playwright/test';
import type { Login } from './servers/person.ts';

/** A server may close a connection at rest just as it is used again; a browser then asks anew by itself. */
export const patient = { maxRetries: 2 };

/** Signs a browser in as the form does, without the form. */
export async function signIn(context: BrowserContext, { username, password, protocol }: Login): Promise<void> {
  const form = { username, password, protocol, csrfToken: await token(context), json: 'true' };
  const response = await context.request.post('/api/auth/callback/credentials', { form, ...patient });
  const { url } = (await response.json()) as { url: string };
  const error = new URL(url).searchParams.get('error');
  if (error !== null) throw new Error(`${username} could not sign in: ${error}`);
}

/** Ends the session of a browser with its connections, if it has one. */
export async function signOut(context: BrowserContext): Promise<void> {
  await context.request.post('/api/auth/signout', {
    form: { csrfToken: await token(context), json: 'true' },
    ...patient,
  });
}

async function token(context: BrowserContext): Promise<string> {
  const response = await context.request.get('/api/auth/csrf', patient);
  return ((await response.json()) as { csrfToken: string }).csrfToken;
}

import { forgetRemembered } from '@/lib/client/app/remembered';

/** Ends the sign-in: the session, its secret and its connections on the server go too. */
export async function signOut(): Promise<void> {
  const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string };
  await fetch('/api/auth/signout', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken, json: 'true' }),
  });
  forgetRemembered('deed');
  window.location.assign('/signin');
}

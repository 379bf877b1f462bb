import { forgetRemembered } from '@/lib/client/app/remembered';

/** What is still asked while the sign-in ends is answered as without one, and means nothing. */
let isSigningOut = false;

/** Ends the sign-in: the session, its secret and its connections on the server go too. Rejects where the server is not reached. */
export async function signOut(): Promise<void> {
  isSigningOut = true;
  try {
    const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string };
    const { ok, status } = await fetch('/api/auth/signout', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrfToken, json: 'true' }),
    });
    if (!ok) throw new Error(`signing out was answered with ${status}`);
  } catch (error) {
    isSigningOut = false;
    throw error;
  }
  forgetRemembered('deeds');
  window.location.assign('/signin');
}

/** Whether the sign-in is being ended from this page: nothing is to be asked any more. */
export const isLeaving = (): boolean => isSigningOut;

/** The sign-in has ended elsewhere: sign in again, and come back to this very place. */
export function signInAgain(): void {
  if (isSigningOut) return;
  const { pathname, search } = window.location;
  window.location.assign(`/signin?ended=1&next=${encodeURIComponent(pathname + search)}`);
}

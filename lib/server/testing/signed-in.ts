import type { SignedIn } from '../session.ts';

/** Somebody signed in to an account of the store, without a cookie: enough for what needs no password. */
export function signedInTo(id: string, username: string): SignedIn {
  const server = { protocol: 'imap', host: 'mail.example.org', port: 1, username } as const;
  const place = { ...server, server_url: null, smtp_url: null };
  return {
    sessionId: 's',
    username,
    accounts: [{ ...server, id, name: '', color: null, address: null, place }],
  };
}

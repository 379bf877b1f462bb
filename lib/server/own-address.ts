import { config } from './config.ts';

/** A login, and the address that its person has named where that is another. */
export interface Owner {
  username: string;
  address?: string | null;
}

/** The address of an account: the login, or with MAIL_DOMAIN where it names no domain. Null where nobody has said which that is. */
export function addressOf({ username, address = null }: Owner): string | null {
  if (address !== null || username.includes('@')) return address ?? username;
  const { mailDomain } = config();
  return mailDomain === null ? null : `${username}@${mailDomain}`;
}

import { config } from './config.ts';

/** The address of a login: itself, or with MAIL_DOMAIN where it names no domain. Null where nobody has said which that is. */
export function addressOfLogin(username: string): string | null {
  if (username.includes('@')) return username;
  const { mailDomain } = config();
  return mailDomain === null ? null : `${username}@${mailDomain}`;
}

import { type Elsewhere, openElsewhere } from '../../lib/mail/testing/people.ts';
import type { Servers } from './servers.ts';

export interface Login {
  username: string;
  password: string;
  protocol: 'imap' | 'pop3';
}

/** Somebody with empty mailboxes of their own, and an independent client that is signed in to them. */
export interface Person extends Login {
  elsewhere: Elsewhere;
}

/** The one with all of the sample mail. Several tests read it at once, so none files or deletes. */
export const ines: Login = { username: 'ines@skarholm.example', password: 'harbour', protocol: 'imap' };

export const passwordOfAnybody = 'open-the-door';

/** Opens the mailboxes of a name that nobody had before. */
export async function createPerson(servers: Servers, name: string, domain: string): Promise<Person> {
  const ports = domain === 'bare.example' ? servers.barePorts : servers.ports;
  const login: Login = { username: `${name}@${domain}`, password: passwordOfAnybody, protocol: 'imap' };
  return { ...login, elsewhere: await openElsewhere({ ports }, login) };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dovecot } from './dovecot.ts';
import { openRawImap } from './raw-imap.ts';
import { type Reply, type SubmissionServer, startSubmissionServer } from './submission-server.ts';

export interface PostOffice {
  /** Whose people may send: a login that this server lets in is let in here. Its certificate is ours too. */
  people: Dovecot;
  /** Where a recipient's mail goes; null: this is not one of our domains, and nothing is passed on to others. */
  houseOf(domain: string): Dovecot | null;
  /** Whether one of our domains has this person. */
  knows(address: string): boolean;
}

/** The submission server of a whole site on loopback: what is sent by its people to its people arrives, the rest is refused by name. */
export async function startPostOffice({ people, houseOf, knows }: PostOffice): Promise<SubmissionServer> {
  const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return await startSubmissionServer({
    login: (username, password) => letsIn(people, { username, password }),
    lmtpPort: (recipient) => (houseOf(domainOf(recipient)) ?? people).ports.lmtp,
    refuse(recipient): Reply | null {
      if (houseOf(domainOf(recipient)) === null)
        return { code: 550, text: `5.7.1 Relay access denied: no mail leaves here for ${domainOf(recipient)}` };
      return knows(recipient) ? null : { code: 550, text: `5.1.1 Nobody here is called ${recipient}` };
    },
    options: {
      key: readFileSync(join(people.directory, 'key.pem')),
      cert: readFileSync(people.certificatePath),
      size: 30 * 1024 * 1024,
    },
  });
}

async function letsIn({ ports }: Dovecot, login: { username: string; password: string }): Promise<boolean> {
  try {
    (await openRawImap(ports.imap, login)).close();
    return true;
  } catch {
    return false;
  }
}

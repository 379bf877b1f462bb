import { type Dovecot, type DovecotOptions, startDovecot } from '../../lib/mail/testing/dovecot.ts';
import { startPostOffice } from '../../lib/mail/testing/post-office.ts';
import type { SubmissionServer } from '../../lib/mail/testing/submission-server.ts';
import { writeFolder, writeSubscriptions } from './maildir.ts';
import { type SamplePerson, type SampleSize, samplePeople } from './people.ts';

/** Folders that the server makes and names by role (RFC 6154) for everybody. */
const roles = { Drafts: '\\Drafts', Sent: '\\Sent', Archive: '\\Archive', Junk: '\\Junk', Trash: '\\Trash' };

/** Starts a real mail server on loopback with the sample mail in a temporary folder. `stop()` ends it and removes the mail. */
export async function startSampleServer(
  size?: SampleSize,
  options: Partial<DovecotOptions> = {},
): Promise<{ dovecot: Dovecot; people: SamplePerson[] }> {
  const people = samplePeople(new Date(), size);
  const dovecot = await startDovecot({ users: people, specialUse: roles, ...options });
  for (const person of people) {
    const folders = await person.folders();
    const maildir = dovecot.maildirOf(person.username);
    for (const folder of folders) writeFolder(maildir, folder.path, folder.mails);
    writeSubscriptions(
      maildir,
      folders.map((folder) => folder.path).filter((path) => path !== 'INBOX'),
    );
    dovecot.own(maildir);
  }
  return { dovecot, people };
}

/** Starts the server that these people send by: to each other, and to nobody else. */
export function startSamplePost(dovecot: Dovecot, people: SamplePerson[]): Promise<SubmissionServer> {
  const addresses = people.map(({ username }) => username);
  return startPostOffice({
    people: dovecot,
    houseOf: (domain) => (addresses.some((address) => address.endsWith(`@${domain}`)) ? dovecot : null),
    knows: (address) => addresses.includes(address.toLowerCase()),
  });
}

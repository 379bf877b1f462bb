import type { Dovecot } from '../../lib/mail/testing/dovecot.ts';
import type { SamplePerson } from '../sample/people.ts';

const about: Record<string, string> = {
  'ines@skarholm.example': 'IMAP, 14 folders, one of them with 20,000 messages',
  'tomas@skarholm.example': 'IMAP, a small mailbox',
  'ines@oldmail.example': 'POP3, 180 messages',
};

/** What the demo says when it is ready. */
export function welcome(
  port: number,
  { dovecot, smtpPort }: { dovecot: Dovecot; smtpPort: number },
  people: SamplePerson[],
): string {
  const width = Math.max(...people.map(({ username }) => username.length));
  const logins = people.map(
    ({ username, password }) => `  ${username.padEnd(width)}   ${password.padEnd(10)} ${about[username] ?? ''}`,
  );
  return `
  Posthorn is at   http://localhost:${port}

  Sign in with one of these, as address and password:

${logins.join('\n')}

  The mail server behind it: IMAP on ${dovecot.ports.imap} (TLS ${dovecot.ports.imaps}), POP3 on ${dovecot.ports.pop3} (TLS ${dovecot.ports.pop3s}), submission on ${smtpPort} (TLS).
  What these three send to each other arrives; no mail leaves this machine.
  Ctrl-C ends everything and removes the mail.
`;
}

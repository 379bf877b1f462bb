import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dovecot } from '../../testing/dovecot.ts';

let delivered = 0;

/** Puts messages into a user's Maildir in this order; each is the text of a file, line ends as given. */
export function deliver(dovecot: Dovecot, username: string, messages: (string | Buffer)[]): void {
  const maildir = dovecot.maildirOf(username);
  for (const message of messages) {
    delivered += 1;
    const name = `${1_700_000_000 + delivered}.M${String(delivered).padStart(6, '0')}.test`;
    writeFileSync(join(maildir, 'new', name), message);
  }
  dovecot.own(maildir);
}

/** A plain message; `more` are further header fields. */
export function plainMail(subject: string, body = 'Hello.\r\n', more: string[] = []): string {
  const fields = ['From: Ann Writer <ann@example.org>', 'To: bob@example.org', `Subject: ${subject}`, ...more];
  const date = more.some((field) => field.startsWith('Date:')) ? [] : ['Date: Mon, 02 Nov 2026 10:00:00 +0000'];
  return `${[...fields, ...date].join('\r\n')}\r\n\r\n${body}`;
}

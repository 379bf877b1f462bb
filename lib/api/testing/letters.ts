import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dovecot } from '../../mail/testing/dovecot.ts';

/** A red square of 10 by 10. */
export const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC',
  'base64',
);
/** What the attachment holds, decoded: every byte tells its place. */
export const attached = Buffer.from(Array.from({ length: 5_000 }, (_, at) => at % 251));

/** A letter with an HTML body, a picture in it, an attachment, and an HTML file that calls itself a picture. */
export function letterWithParts(subject: string): string {
  const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/(.{76})/g, '$1\r\n');
  const part = (type: string, extra: string, bytes: Buffer) =>
    `--m\r\nContent-Type: ${type}\r\n${extra}Content-Transfer-Encoding: base64\r\n\r\n${base64(bytes)}\r\n`;
  return [
    `From: Mara <mara@example.net>\r\nTo: ada@example.org\r\nSubject: ${subject}\r\n`,
    `Date: Mon, 02 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n`,
    part('text/html; charset=utf-8', '', Buffer.from('<p>hello <img src="cid:square"></p>')),
    part('image/png', 'Content-ID: <square>\r\nContent-Disposition: inline\r\n', picture),
    part('application/pdf', 'Content-Disposition: attachment; filename="p\u0000lan\r\n x.pdf"\r\n', attached),
    part(
      'image/png',
      'Content-Disposition: attachment; filename="evil.png"\r\n',
      Buffer.from('<svg><script>1</script></svg>'),
    ),
    '--m--\r\n',
  ].join('');
}

export const plainLetter = (subject: string, body = 'hello') =>
  `From: Jonas <jonas@example.com>\r\nTo: ada@example.org\r\nSubject: ${subject}\r\nDate: Sun, 01 Nov 2026 10:00:00 +0000\r\n\r\n${body}\r\n`;

/** Puts letters into a mailbox of a user, the first as the oldest; `mailbox` in Maildir++ words, '' for the Inbox. */
export function deliver(mail: Dovecot, username: string, mailbox: string, letters: string[]): void {
  const directory = join(mail.maildirOf(username), mailbox === '' ? '' : `.${mailbox}`);
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(directory, name), { recursive: true });
  letters.forEach((letter, at) => {
    const second = 1_790_000_000 + at;
    writeFileSync(join(directory, 'cur', `${second}.M${at}P1.host:2,`), letter);
  });
  mail.own(mail.maildirOf(username));
}

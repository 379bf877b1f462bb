import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import type { Flag } from './mail.ts';

/** One message of a Maildir: its bytes with CRLF, and what its file name and time say. */
export interface StoredMail {
  bytes: Buffer;
  receivedAt: Date;
  flags: readonly Flag[];
  keywords?: readonly string[];
}

/** Writes a folder of a Maildir++ (INBOX is the Maildir itself), as a delivery agent would, oldest first. */
export function writeFolder(maildir: string, path: string, mails: StoredMail[]): void {
  const folder = path === 'INBOX' ? maildir : join(maildir, `.${encodePath(path)}`);
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(folder, name), { recursive: true });
  // The server tells by this file that the folder is one.
  if (path !== 'INBOX') writeFileSync(join(folder, 'maildirfolder'), '');
  const keywords = [...new Set(mails.flatMap((mail) => mail.keywords ?? []))];
  if (keywords.length > 0) {
    writeFileSync(join(folder, 'dovecot-keywords'), keywords.map((word, index) => `${index} ${word}\n`).join(''));
  }
  const inOrder = [...mails].sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
  for (const [index, mail] of inOrder.entries()) {
    const seconds = Math.floor(mail.receivedAt.getTime() / 1_000);
    const letters = [...mail.flags].sort().join('') + letterOf(mail.keywords ?? [], keywords);
    // S= and W= are the sizes: the server need not open the file to know them.
    const unique = `M${index}P1Q${index}.posthorn,S=${mail.bytes.length},W=${mail.bytes.length}`;
    const file = join(folder, 'cur', `${seconds}.${unique}:2,${letters}`);
    writeFileSync(file, mail.bytes);
    utimesSync(file, seconds, seconds);
  }
}

/** Names the folders that a person is subscribed to, in the format of Dovecot's `subscriptions`, version 2. */
export function writeSubscriptions(maildir: string, paths: string[]): void {
  if (paths.length === 0) return;
  const lines = paths.map((path) => path.split('/').map(encodeName).join('\t'));
  writeFileSync(join(maildir, 'subscriptions'), `V\t2\n\n${lines.join('\n')}\n`);
}

function letterOf(words: readonly string[], all: string[]): string {
  return words
    .map((word) => String.fromCharCode(97 + all.indexOf(word)))
    .sort()
    .join('');
}

/** Maildir++ joins the names of a path by dots; the names are in modified UTF-7 (RFC 3501 §5.1.3). */
function encodePath(path: string): string {
  return path.split('/').map(encodeName).join('.');
}

function encodeName(name: string): string {
  return iconv.encode(name, 'utf-7-imap').toString('latin1');
}

import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dovecot } from '../lib/mail/testing/dovecot.ts';

export const login = { username: 'bench@posthorn.example', password: 'bench of the post' };

const subjects = [
  'Tide tables',
  'The quay wall',
  'Minutes',
  'Invoice',
  'Lunch on Thursday',
  'Keys for the pump house',
  'Re: Tender',
  'Photos',
];
export const names = [
  'Marta Kowalska',
  'Jon Birkeland',
  'Samira Okafor',
  'Lena Fischer',
  'Amadou Diallo',
  'Rosa Silva',
  'Piet Nieuwenhuis',
];
const filler = 'The light was kind to us for once, and the tide waited until everyone was ashore with dry feet.\r\n';

/** The message of an index, which came at `date`; the same in every run. */
export type MessageOf = (index: number, date: Date) => Buffer;

/** Fills INBOX with `count` messages, and a second folder with 1,000, as files of a Maildir. Gives the bytes in INBOX. */
export function fill(dovecot: Dovecot, count: number, messageOf: MessageOf = plainMessage): number {
  const maildir = dovecot.maildirOf(login.username);
  const sizeBytes = writeMessages(maildir, count, messageOf);
  for (const name of ['Second', 'Trash']) {
    const folder = join(maildir, `.${name}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'maildirfolder'), '');
    writeMessages(folder, name === 'Second' ? 1_000 : 0, plainMessage);
  }
  dovecot.own(maildir);
  return sizeBytes;
}

/** Writes `count` messages to a folder of a Maildir; the caller gives it to the mail server. Gives their bytes. */
export function writeMessages(folder: string, count: number, messageOf: MessageOf): number {
  let sizeBytes = 0;
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(folder, name), { recursive: true });
  const newest = Math.floor(Date.now() / 1_000) - 60;
  for (let index = 0; index < count; index += 1) {
    const seconds = newest - (count - index) * 300;
    const bytes = messageOf(index, new Date(seconds * 1_000));
    sizeBytes += bytes.length;
    const size = `S=${bytes.length},W=${bytes.length}`;
    const file = join(folder, 'cur', `${seconds}.M${index}P1.bench,${size}:2,${index % 5 === 0 ? '' : 'S'}`);
    writeFileSync(file, bytes);
    utimesSync(file, seconds, seconds);
  }
  return sizeBytes;
}

/** About 1.2 kB, all of it header and plain text. */
export function plainMessage(index: number, date: Date): Buffer {
  const name = names[index % names.length] ?? '';
  const address = `${name.toLowerCase().replace(' ', '.')}@quay.example`;
  const lines = [
    'Return-Path: <sender@quay.example>',
    `From: ${name} <${address}>`,
    `To: ${login.username}`,
    `Subject: ${subjects[index % subjects.length]} ${index}`,
    `Date: ${date.toUTCString()}`,
    `Message-ID: <${index}.bench@quay.example>`,
    // Conversations of three, by seven in a row, a third of the mail beside them.
    ...(index % 7 === 2 || index % 7 === 4 ? [`In-Reply-To: <${index - 2}.bench@quay.example>`] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    filler.repeat(5 + (index % 10)),
  ];
  return Buffer.from(lines.join('\r\n'));
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MailDriver } from '../driver.ts';
import { mailboxIdOf } from '../ids.ts';
import { openPartOf } from '../mime/open-part.ts';
import { readMessage } from '../mime/read-message.ts';
import type { Message } from '../model.ts';
import { type Dovecot, startDovecot } from '../testing/dovecot.ts';
import { createImapDriver } from './driver.ts';
import { closePool } from './pool.ts';

/** Mails of other parsers' tests, appended to a real server and opened from its BODYSTRUCTURE, against our own reading. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const corpora = resolve(root, process.env.POSTHORN_CORPORA ?? '../shared/corpora');
const files = ['stalwart-mail-parser', 'mime4j', 'espoofer']
  .map((corpus) => join(corpora, corpus))
  .filter(existsSync)
  .flatMap((folder) =>
    (readdirSync(folder, { recursive: true, encoding: 'utf8' }) as string[])
      .filter((file) => /\.(eml|msg)$/.test(file))
      .map((file) => join(folder, file)),
  )
  .sort();

/** Where the server's structure or envelope tells another thing than the bytes do. */
const differs = new Map([
  ['testmsgs/ending-boundaries', 'text after a boundary: the server takes the line for one'],
  ['testmsgs/missing-inner-boundary', 'the server leaves out an inner multipart without parts, which we show as text'],
  ['testmsgs/missing-inner-start-boundary', 'the same'],
  ['testmsgs/very-long-boundary', 'of a very long boundary the server compares the beginning'],
  ['testmsgs/very-very-long-boundary', 'the same'],
  ['malformed/004', 'a line that only begins like a boundary is one to the server'],
  ['malformed/016', 'the same, with boundaries that are beginnings of one another'],
  ['malformed/017', 'a semicolon forgotten: the server finds no boundary, we the picture'],
  ['malformed/019', 'a header cut in two: the server sees a multipart, we show the rest'],
  ['malformed/022', 'an unclosed multipart: to the server its last line end belongs to the file'],
  ['thirdparty/007', 'the same, in an attached message'],
  ['thirdparty/015', 'the same, in attached messages'],
]);

const shortOf = (file: string) => file.replace(/^.*\/([^/]+\/[^/]+)\.\w+$/, '$1');

describe.skipIf(files.length === 0)('the mails of the corpora over IMAP', () => {
  let dovecot: Dovecot;
  let driver: MailDriver;
  beforeAll(async () => {
    dovecot = await startDovecot({ users: [{ username: 'ann', password: 'secret' }] });
    driver = createImapDriver({
      key: { sessionId: 'corpora', accountId: 'a' },
      server: {
        protocol: 'imap',
        host: '127.0.0.1',
        port: dovecot.ports.imaps,
        security: 'tls',
        verifiesCertificate: true,
        ca: readFileSync(dovecot.certificatePath, 'utf8'),
      },
      login: { username: 'ann', password: 'secret' },
    });
  });
  afterAll(async () => {
    await closePool(0);
    await dovecot?.stop();
  });

  it.each(files.map((file) => [shortOf(file), file] as const))('%s reads as its bytes do', async (short, file) => {
    const { id } = await driver.appendMessage({
      mailboxId: mailboxIdOf('INBOX'),
      raw: readFileSync(file),
      keywords: ['$seen'],
    });
    const message = await driver.getMessage({ id: id ?? '' });
    const raw = await buffer((await driver.openRaw({ id: id ?? '' })).stream);
    const { headers, ...contents } = await readMessage(raw);
    const theirs = await shown({ ...headers, ...contents }, async (partId) => await openPartOf(raw, partId));
    const ours = await shown(message, async (partId) => await driver.openPart({ id: message.id, partId }));
    if (differs.has(short)) expect(ours, 'it agrees now: take it off the list').not.toEqual(theirs);
    else expect(ours).toEqual(theirs);
  });
});

type Shown = Pick<
  Message,
  'subject' | 'from' | 'to' | 'cc' | 'textBody' | 'htmlBody' | 'attachments' | 'report' | 'protection'
>;

async function shown(message: Shown, open: (partId: string) => Promise<{ stream: NodeJS.ReadableStream }>) {
  const { subject, from, to, cc, textBody, htmlBody, attachments, report, protection } = message;
  const bytes: string[] = [];
  for (const { partId } of attachments) bytes.push((await buffer((await open(partId)).stream)).toString('latin1'));
  return {
    ...{ subject, from, to, cc, report, protection },
    text: textBody.map(({ partId, text }) => [partId, text]),
    html: htmlBody.map(({ partId, text }) => [partId, text]),
    attachments: attachments.map(({ sizeBytes: _, ...attachment }) => attachment),
    bytes,
  };
}

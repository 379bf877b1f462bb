import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SubmissionRequest } from '../../contract/writing.ts';
import { letter } from '../../mail/testing/letters.ts';
import { openElsewhere } from '../../mail/testing/people.ts';
import { databases } from '../../store/testing/databases.ts';
import { reschedule } from './answer.ts';
import { type Desk, openDesk, password, rawOf, type Writer } from './testing/desk.ts';
import { readByMutt } from './testing/mutt.ts';
import { readByPython } from './testing/python.ts';
import { addUpload } from './uploads.ts';

const [ann, bob] = ['ann@example.org', 'bob@example.org'] as const;
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const everyByte = Buffer.from(Array.from({ length: 3_000 }, (_, at) => at % 256));
const forwarded = letter({
  subject: 'Größe',
  from: 'Ada <ada@example.org>',
  body: 'From here on,\r\n.dots\r\nall stays.',
});

interface File {
  name: string;
  bytes: Buffer;
  type: string;
  cid?: string;
}
type Message = SubmissionRequest['message'];
interface Kind {
  message: Partial<Message>;
  files?: File[];
  /** The message of Ann's Inbox goes along. */
  forwards?: boolean;
}

const long = 'Ein sehr langer Betreff über Größe, naïveté et l’été — 長い件名がここにあります — и ещё немного 🦊 ';
const kinds: [string, Kind][] = [
  [
    'plain',
    {
      message: { text: 'Dear Bob,\n\nsee you at noon.\n\n-- \nAnn', bcc: [{ name: 'Eve', email: 'eve@example.org' }] },
    },
  ],
  [
    'flowed',
    {
      message: {
        text: `${'words that go on and on '.repeat(20).trim()}\n\n> what was said ${'before and after '.repeat(12).trim()}\n>> deeper\n\nFrom here on\n  two spaces\n.`,
      },
    },
  ],
  [
    'formatted',
    { message: { html: '<p>Grüße &amp; <b>more</b></p><ul><li>one</li></ul>', text: 'Grüße & more\n\n * one' } },
  ],
  [
    'with pictures in it',
    {
      message: { html: '<p>Look: <img src="cid:pic.1@here" alt="dot"></p>', text: 'Look:' },
      files: [
        { name: 'Punkt.png', bytes: picture, type: 'image/png', cid: 'pic.1@here' },
        { name: 'plan.bin', bytes: everyByte, type: 'application/octet-stream' },
      ],
    },
  ],
  [
    'with files of other names',
    {
      message: { text: 'Files.' },
      files: [
        { name: 'Pläne für “2026”; Größe.pdf', bytes: everyByte, type: 'application/pdf' },
        { name: '見積書の最終版（修正済み）第二案.xlsx', bytes: Buffer.from('zwei'), type: 'application/vnd.ms-excel' },
        { name: "it's 100% (a).txt", bytes: Buffer.from('line\nline\n'), type: 'text/plain' },
      ],
    },
  ],
  [
    'with a long subject and names',
    {
      message: {
        subject: long.repeat(3).trim(),
        from: { name: 'Ann Ångström-Müller, née “Ó Súilleabháin” (Küche)', email: ann },
        to: [
          { name: 'Боб Иванович Константинопольский-Преображенский', email: bob },
          { name: '田中 太郎', email: 'tanaka@example.org' },
        ],
        cc: [{ name: 'Smith, "Jay" \\ Jr.', email: 'jay@example.org' }],
        text: 'Names.',
      },
    },
  ],
  [
    'an answer',
    {
      message: {
        subject: 'Re: Tide',
        text: 'Yes.',
        inReplyTo: ['second@example.org'],
        references: Array.from({ length: 12 }, (_, at) => `${'first'.repeat(6)}.${at}@example.org`).concat(
          'second@example.org',
        ),
      },
    },
  ],
  ['forwarded whole', { message: { subject: 'Fwd: Größe', text: 'See below.' }, forwards: true }],
];

let desk: Desk;
let writer: Writer;
let reader: Writer;
beforeAll(async () => {
  desk = await openDesk({
    database: databases[0] as (typeof databases)[number],
    usernames: [ann, bob, 'eve@example.org', 'jay@example.org', 'tanaka@example.org'],
  });
  [writer, reader] = [await desk.signIn(ann), await desk.signIn(bob)];
  const elsewhere = await openElsewhere(desk.dovecot, { username: ann, password });
  await elsewhere.deliver(forwarded);
  elsewhere.close();
});
afterAll(async () => desk?.close());

async function attachmentsOf({ files = [], forwards = false }: Kind): Promise<Message['attachments']> {
  const { accountId } = writer;
  const uploads = files.map(async ({ name, bytes, type, cid = null }) => {
    const source = Readable.from([bytes], { objectMode: false });
    const { id } = await addUpload(accountId, { name, type, source, announcedBytes: bytes.length });
    return { kind: 'upload' as const, uploadId: id, name, type, cid };
  });
  const [original] = await writer.list('inbox');
  const whole = { kind: 'message' as const, messageId: original?.id ?? '', name: 'Größe.eml', type: '', cid: null };
  return [...(await Promise.all(uploads)), ...(forwards ? [whole] : [])];
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
/** Text as it is read: where its lines break is its reader's affair. */
const wordsOf = (text: string) => text.split(/[>\s]+/).filter((word) => word !== '');

describe('what was sent and has arrived', () => {
  test.each(kinds)('%s is read alike by Python and by mutt', async (_, kind) => {
    const attachments = await attachmentsOf(kind);
    const message = { to: [{ name: 'Bob', email: bob }], subject: 'Tide', ...kind.message, attachments };
    const sent = await writer.send(message);
    await writer.reached(sent.id, ['filed']);
    const [arrived, copy] = [await rawOf(reader, 'inbox', sent.messageId), await rawOf(writer, 'sent', sent.messageId)];

    const files = kind.files ?? [];
    const told = readByPython(arrived);
    const pairs = (list: Message['to'] = []) => list.map(({ name, email }) => [name ?? '', email]);
    const ids = (list: string[] = []) => list.map((id) => `<${id}>`).join(' ') || null;
    expect(told).toMatchObject({
      subject: message.subject,
      messageId: `<${sent.messageId}>`,
      from: pairs([kind.message.from ?? { name: null, email: ann }]),
      to: pairs(message.to),
      cc: pairs(kind.message.cc),
      bcc: [],
      inReplyTo: ids(kind.message.inReplyTo),
      references: ids(kind.message.references),
      defects: [],
    });
    expect(told.plain.trimEnd()).toBe(kind.message.text);
    expect(told.html?.trimEnd() ?? null).toBe(kind.message.html ?? null);
    const found = files.map(({ name, bytes, type, cid }) => ({
      name,
      type,
      disposition: cid === undefined ? 'attachment' : 'inline',
      cid: cid === undefined ? null : `<${cid}>`,
      sha256: hashOf(bytes),
    }));
    const whole = { type: 'message/rfc822', name: 'Größe.eml', subject: 'Größe' };
    expect(told.files).toMatchObject([...found, ...(kind.forwards ? [whole] : [])]);
    if (kind.forwards) expect(arrived.includes(forwarded.trimEnd())).toBe(true);

    // mutt lists an alternative, its two texts, and what holds the second together with pictures.
    const before = kind.message.html === undefined ? 1 : files.some(({ cid }) => cid !== undefined) ? 4 : 3;
    const mutt = await readByMutt(
      arrived,
      files.map((_, at) => before + at + 1),
    );
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(mutt.shown)?.[1]?.trimEnd() ?? null;
    expect(field('Subject')).toBe(message.subject);
    expect([field('In-Reply-To'), field('References')]).toEqual([told.inReplyTo, told.references]);
    for (const { name, email } of [...message.to, ...(kind.message.cc ?? [])])
      for (const words of [email, ...(name === null ? [] : wordsOf(name.replaceAll(/["\\]/g, '')))])
        expect(mutt.shown.replaceAll(/["\\]/g, '')).toContain(words);
    expect(wordsOf(mutt.shown.slice(mutt.shown.indexOf('\n\n')))).toEqual(
      expect.arrayContaining(wordsOf(kind.message.text ?? '')),
    );
    expect([...mutt.files].map(([name, bytes]) => [name, hashOf(bytes)]).sort()).toEqual(
      files.map(({ name, bytes }) => [name, hashOf(bytes)]).sort(),
    );

    expect(readByPython(copy)).toMatchObject({ bcc: pairs(kind.message.bcc), subject: message.subject, defects: [] });
    const wire = desk.smtp.received.at(-1)?.raw ?? Buffer.alloc(0);
    expect(wire.includes('eve@example.org')).toBe(false);
    const lines = wire.toString('latin1').split('\r\n');
    expect(lines.filter((line) => line.length > 998 || /[\r\n]/.test(line))).toEqual([]);
  });

  test('marks what it answers, also where that was filed meanwhile', async () => {
    const { mail, accountId, signedIn } = writer;
    const original = (await writer.list('inbox')).find(({ subject }) => subject === 'Größe');
    const { messageId } = await mail.getMessage({ id: original?.id ?? '' });
    const folder = await mail.createMailbox({ name: 'Kept', parentId: null });
    const answers = [{ messageId: original?.id ?? '', keyword: '$answered' as const }];
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const answer = {
      to: [{ name: null, email: bob }],
      subject: 'Re: Größe',
      text: 'Yes.',
      inReplyTo: [messageId ?? ''],
    };
    const held = await writer.send(answer, { answers, sendAt: later });
    await mail.moveMessages({ ids: [original?.id ?? ''], to: folder.id });
    await reschedule(signedIn, { accountId, id: held.id, sendAt: new Date().toISOString() });
    await writer.reached(held.id, ['filed']);
    const { items } = await mail.listMessages({ mailboxId: folder.id, position: 0, limit: 5 });
    expect(items).toMatchObject([{ keywords: expect.arrayContaining(['$answered']) }]);
  });
});

import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Composition } from '../model.ts';
import { bccFieldOf, type ComposedPart, composeMessage } from './compose.ts';
import { readMessage } from './read-message.ts';

const composition: Composition = {
  from: { name: 'Inês Moreira', email: 'ines@skarholm.example' },
  replyTo: [],
  to: [{ name: 'Lindqvist, Hanne', email: 'hanne@example.org' }],
  cc: [],
  bcc: [{ name: 'Piet "the Pump"', email: 'piet@example.org' }],
  subject: 'The drawings, third round — für Łódź',
  text: 'Dear Hanne,\n\nall of it is here.\n-- \nInês',
  html: null,
  messageId: 'abc.123@skarholm.example',
  inReplyTo: ['one@example.org'],
  references: ['zero@example.org', 'one@example.org'],
  sentAt: '2026-03-01T12:00:00.000Z',
  priority: 'normal',
  wantsReadReceipt: false,
  calendar: null,
};

const file = (part: Partial<ComposedPart>, bytes: Buffer | string = 'bytes'): ComposedPart => ({
  name: 'file.bin',
  type: 'application/octet-stream',
  cid: null,
  isInline: false,
  open: () => Readable.from([Buffer.from(bytes)]),
  ...part,
});

async function built(change: Partial<Composition> = {}, parts: ComposedPart[] = [], keepsBcc = false) {
  const chunks: Buffer[] = [];
  for await (const chunk of composeMessage({ ...composition, ...change }, parts, { keepsBcc })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('composeMessage', () => {
  it('carries a saved page as a file, and not as a multipart without parts', async () => {
    const page =
      'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n\r\nhello\r\n--x--\r\n';
    const raw = await built({}, [file({ name: 'page.mht', type: 'multipart/related' }, page)]);
    const { attachments } = await readMessage(raw);
    expect(attachments).toMatchObject([{ name: 'page.mht', type: 'application/octet-stream' }]);
    expect(raw.toString()).toContain(Buffer.from(page).toString('base64').slice(0, 76));
  });

  it('says in the header what was written, in ASCII, folded, and nobody sees Bcc', async () => {
    const raw = await built();
    const [header = ''] = raw.toString('latin1').split('\r\n\r\n');
    expect(header).not.toMatch(/bcc|piet/i);
    expect(header).toMatch(/^[\x20-\x7e\r\n\t]+$/);
    for (const line of header.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
    expect(header).toContain('Message-ID: <abc.123@skarholm.example>');
    expect(header).toContain('References: <zero@example.org> <one@example.org>');
    expect(header).toContain('Date: Sun, 01 Mar 2026 12:00:00 +0000');
    const read = await readMessage(raw);
    expect(read.headers).toMatchObject({
      subject: composition.subject,
      from: [composition.from],
      to: composition.to,
      bcc: [],
      inReplyTo: ['one@example.org'],
    });
    expect(read.textBody).toMatchObject([{ type: 'text/plain', isFlowed: true }]);
    expect((await readMessage(await built({}, [], true))).headers.bcc).toEqual(composition.bcc);
  });

  it('gives the Bcc field for copies of one’s own, to be put in front', async () => {
    const raw = Buffer.concat([Buffer.from(bccFieldOf(composition)), await built()]);
    expect(raw.toString('latin1')).toMatch(/^Bcc: /);
    expect((await readMessage(raw)).headers).toMatchObject({ bcc: composition.bcc, subject: composition.subject });
    expect(bccFieldOf({ bcc: [] })).toBe('');
  });

  it('ends every line with CRLF, whatever the text has', async () => {
    const raw = (await built({ text: 'one\ntwo\r\nthree\rfour' })).toString('latin1');
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect((await readMessage(Buffer.from(raw))).textBody[0]?.text).toBe('one\ntwo\nthree\nfour\n');
  });

  it('nests HTML, its pictures and files as other programs expect them', async () => {
    const parts = [
      file({ name: 'plan.png', type: 'image/png', cid: 'p1@x', isInline: true }, 'png'),
      file({ name: 'Übersicht 2026.pdf', type: 'application/pdf' }, Buffer.from([0, 255, 13, 10, 46, 13, 10])),
    ];
    const raw = await built({ html: '<p>Hello <img src="cid:p1@x"></p>', text: null }, parts);
    const types = [...raw.toString('latin1').matchAll(/^Content-Type: ([^;\r]+)/gm)].map((match) => match[1]);
    expect(types).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'multipart/related',
      'text/html',
      'image/png',
      'application/pdf',
    ]);
    const read = await readMessage(raw);
    expect(read.htmlBody[0]?.text).toContain('Hello');
    expect(read.attachments.map(({ name, cid, isInline }) => ({ name, cid, isInline }))).toEqual([
      { name: 'plan.png', cid: 'p1@x', isInline: true },
      { name: 'Übersicht 2026.pdf', cid: null, isInline: false },
    ]);
  });

  it('makes plain text of HTML with its links, and attaches a message as it is', async () => {
    const inner = 'Subject: Old\r\n\r\nna\xefve\r\n';
    const parts = [file({ name: 'Old.eml', type: 'message/rfc822' }, Buffer.from(inner, 'latin1'))];
    const html = '<p>See <a href="https://example.org/a">the plan</a></p><blockquote>quoted</blockquote>';
    const raw = await built({ html, text: null }, parts);
    expect(raw.includes(Buffer.from(inner, 'latin1'))).toBe(true);
    expect(raw.toString('latin1')).toContain('the plan <https://example.org/a>');
  });

  it.each([
    ['a subject', { subject: 'a\r\nBcc: evil@example.org' }],
    ['a name', { to: [{ name: 'a\nb', email: 'a@example.org' }] }],
    ['an address', { to: [{ name: null, email: 'a@example.org\r\nX: y' }] }],
    ['a message id', { inReplyTo: ['a>\r\nX: y'] }],
    ['a message id of two', { messageId: 'a> <b' }],
  ])('refuses a line break in %s', async (_, change) => {
    await expect(built(change)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('takes no type for a header', async () => {
    const raw = (await built({}, [file({ type: 'text/html\r\nX-Evil: 1', name: 'a"\r\nX-Evil: 2' })])).toString(
      'latin1',
    );
    expect(raw).not.toMatch(/^X-Evil/m);
    expect(raw).toContain('Content-Type: application/octet-stream');
  });

  it('fails as its parts do', async () => {
    const broken = file({ open: () => Readable.from(failing()) });
    await expect(built({}, [broken])).rejects.toThrow('gone');
  });
});

async function* failing() {
  yield Buffer.from('some');
  throw new Error('gone');
}

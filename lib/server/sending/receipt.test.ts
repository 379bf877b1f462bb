import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMessage } from '../../mail/mime/read-message.ts';
import { letter } from '../../mail/testing/letters.ts';
import { type Elsewhere, openElsewhere } from '../../mail/testing/people.ts';
import { databases } from '../../store/testing/databases.ts';
import { takeBack } from './answer.ts';
import { sendReceipt } from './receipt.ts';
import { type Desk, openDesk, password, rawOf, type Writer } from './testing/desk.ts';
import { readByPython } from './testing/python.ts';

const [ann, bob] = ['ann@example.org', 'bob@example.org'] as const;
let desk: Desk;
let asker: Writer;
let reader: Writer;
let elsewhere: Elsewhere;
/** Nobody can write to Ann. */
let isClosed = false;

beforeAll(async () => {
  desk = await openDesk({
    database: databases[0] as (typeof databases)[number],
    usernames: [ann, bob],
    smtp: { refuse: (recipient) => (recipient === ann && isClosed ? { code: 550, text: '5.1.1 not here' } : null) },
    dovecot: { specialUse: { Sent: '\\Sent', Drafts: '\\Drafts', Trash: '\\Trash', Junk: '\\Junk' } },
  });
  [asker, reader] = [await desk.signIn(ann), await desk.signIn(bob)];
  elsewhere = await openElsewhere(desk.dovecot, { username: bob, password });
});
afterAll(async () => {
  elsewhere?.close();
  await desk?.close();
});

const asks = `Disposition-Notification-To: Ann <${ann}>`;
const words = { subject: 'Read: Tide', text: 'Grüße: it was opened.\n' };

async function put(subject: string, { headers = [asks], mailbox = 'INBOX', role = 'inbox' as const } = {}) {
  await elsewhere.deliver(letter({ subject, headers }), { mailbox });
  const [newest] = await reader.list(role);
  return {
    id: newest?.id ?? '',
    keywords: async () => (await reader.mail.getMessage({ id: newest?.id ?? '' })).keywords,
  };
}

const answer = (messageId: string, change: { holdMs?: number; from?: string } = {}) =>
  sendReceipt(reader.signedIn, {
    accountId: reader.accountId,
    mail: reader.mail,
    messageId,
    request: { from: { name: 'Bob Ünal', email: change.from ?? bob }, holdMs: change.holdMs ?? 0, ...words },
  });

describe('a receipt', () => {
  test('arrives as a report from nobody, read by Python and by us, and is sent once', async () => {
    const { id, keywords } = await put('Tide');
    const sent = await answer(id);
    await reader.reached(sent.id, ['filed']);
    const raw = await rawOf(asker, 'inbox', sent.message_id);
    expect(raw.toString('latin1')).toMatch(/^Return-Path: <>\r\n/);
    const told = readByPython(raw);
    expect(told).toMatchObject({
      subject: words.subject,
      from: [['Bob Ünal', bob]],
      to: [['Ann', ann]],
      kinds: ['multipart/report', 'text/plain', 'text/plain'],
      parameters: { 'report-type': 'disposition-notification' },
      inReplyTo: '<54696465@example.org>',
      notification: [
        ['Reporting-UA', 'Posthorn'],
        ['Final-Recipient', `rfc822;${bob}`],
        ['Original-Message-ID', '<54696465@example.org>'],
        ['Disposition', 'manual-action/MDN-sent-manually; displayed'],
      ],
      defects: [],
    });
    expect(told.plain).toBe(words.text);
    // It asks for nothing itself, and tells nothing of the message but its id (RFC 8098 §3).
    expect(raw.toString('latin1')).not.toMatch(/^Disposition-Notification-To|See you at noon/im);
    expect((await readMessage(raw)).report).toMatchObject({ kind: 'disposition', outcomes: [{ action: 'displayed' }] });

    expect(await keywords()).toContain('$mdnsent');
    expect(await elsewhere.flagsOf('Tide')).toContain('$mdnsent');
    await expect(answer(id)).rejects.toMatchObject({ code: 'conflict' });
    expect(desk.smtp.received).toHaveLength(1);
  });

  test('is one, of two clicks at once and of two copies of the message', async () => {
    const { id } = await put('Ebb');
    const both = await Promise.allSettled([answer(id, { holdMs: 60_000 }), answer(id, { holdMs: 60_000 })]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { id: copy, keywords } = await put('Ebb');
    expect(copy).not.toBe(id);
    await expect(answer(copy)).rejects.toMatchObject({ code: 'conflict' });
    // Nobody asks for it at the copy either.
    expect(await keywords()).toContain('$mdnsent');
  });

  test('that is taken back was not sent, and may be sent then', async () => {
    const { id, keywords } = await put('Flood');
    const before = desk.smtp.received.length;
    const held = await answer(id, { holdMs: 60_000 });
    expect(await keywords()).toContain('$mdnsent');
    await takeBack(reader.accountId, held.id, reader.mail);
    expect(await keywords()).not.toContain('$mdnsent');
    const sent = await answer(id);
    await reader.reached(sent.id, ['filed']);
    expect(desk.smtp.received.length - before).toBe(1);
  });

  test('that the server refuses is not asked for again, also where it is taken out of the Outbox', async () => {
    const { id, keywords } = await put('Surf');
    isClosed = true;
    const { id: refused } = await answer(id);
    await reader.reached(refused, ['refused']);
    isClosed = false;
    expect(await keywords()).toContain('$mdnsent');
    await takeBack(reader.accountId, refused, reader.mail);
    expect(await keywords()).toContain('$mdnsent');
  });

  test.each([
    ['nobody asks for', { headers: [] }],
    ['a list would carry', { headers: [asks, 'List-Id: <tides.example.org>'] }],
    ['several would get', { headers: [`${asks}, eve@example.org`] }],
    ['another machine would get', { headers: [asks, 'Auto-Submitted: auto-generated'] }],
    ['is for mail in Junk', { mailbox: 'Junk', role: 'junk' as const }],
    ['is for mail of one’s own in Sent', { mailbox: 'Sent', role: 'sent' as const }],
    ['is for a draft', { mailbox: 'Drafts', role: 'drafts' as const }],
  ])('that %s is not sent', async (name, where) => {
    const { id, keywords } = await put(name.slice(0, 12), where as object);
    const before = desk.smtp.received.length;
    await expect(answer(id)).rejects.toMatchObject({ code: 'unsupported' });
    expect(await keywords()).not.toContain('$mdnsent');
    expect(desk.smtp.received).toHaveLength(before);
  });

  test('that could not be handed over leaves the message as it was', async () => {
    const { id, keywords } = await put('Wake');
    await expect(answer(id, { from: 'bob@nowhere\u0007.example' })).rejects.toMatchObject({ code: 'invalid' });
    expect(await keywords()).not.toContain('$mdnsent');
  });
});

import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { serverEvent } from '../contract/answers.ts';
import type { composition } from '../contract/writing.ts';
import { type SubmissionServer, startSubmissionServer } from '../mail/testing/submission-server.ts';
import { readByPython } from '../server/sending/testing/python.ts';
import { createConformity } from './testing/conformity.ts';
import { password, useProduct } from './testing/office.ts';
import { createPerson, type Person } from './testing/person.ts';
import { type Product, startProduct } from './testing/product.ts';
import { readEvents } from './testing/read-events.ts';

const office = useProduct();
const login = { username: 'ada@example.org', password };
let smtp: SubmissionServer;
let product: Product;
let ada: Person;
let ben: Person;
let accountId = '';

beforeAll(async () => {
  smtp = await startSubmissionServer({
    login,
    lmtpPort: office.mail.ports.lmtp,
    refuse: { 'gone@example.org': { code: 550, text: '5.1.1 no such person' } },
    options: { size: 30_000_000 },
  });
  product = await startProduct(office.mail, {
    MAIL_SMTP: `submissions+insecure://127.0.0.1:${smtp.url.port}`,
    MESSAGE_MAX_MB: '5',
    LOG_LEVEL: 'info',
  });
  const conformity = createConformity((await (await fetch(`${product.url}/api/openapi.json`)).json()) as object);
  [ada, ben] = [createPerson(product.url, conformity), createPerson(product.url, conformity)];
  expect(await ada.signIn(login)).toBeNull();
  expect(await ben.signIn({ username: 'ben@example.org', password })).toBeNull();
  accountId = (await ada.call('getSession')).json.accounts[0].id;
}, 240_000);

afterAll(async () => {
  await product?.stop();
  await smtp?.stop();
});

let count = 0;
const written = (change: Partial<z.input<typeof composition>> = {}) => {
  count += 1;
  const standard = {
    from: { name: 'Ada Lovelace', email: 'ada@example.org' },
    to: [{ name: 'Ben', email: 'ben@example.org' }],
    subject: `Written ${count}`,
    text: `Dear Ben,\n\nnumber ${count}.`,
  };
  return { ...standard, ...change, subject: change.subject ?? standard.subject };
};

const send = async (message: object, more: object = {}) =>
  await ada.call('createSubmission', { params: { accountId }, body: { message, holdMs: 0, ...more } });

async function settled(id: string, states = ['filed', 'refused', 'unknown']) {
  let last = { state: '' } as { state: string; [name: string]: unknown };
  await expect
    .poll(
      async () => {
        last = (await ada.call('getSubmission', { params: { accountId, submissionId: id } })).json;
        return states.includes(last.state);
      },
      { timeout: 15_000 },
    )
    .toBe(true);
  return last;
}

async function listOf(person: Person, role: string) {
  const params = { accountId: (await person.call('getSession')).json.accounts[0].id };
  const { mailboxes } = (await person.call('listMailboxes', { params })).json;
  const mailboxId = mailboxes.find((mailbox: { role: string }) => mailbox.role === role).id;
  const { items } = (await person.call('listMessages', { params: { ...params, mailboxId } })).json;
  return { params, items: items as { id: string; subject: string; keywords: string[] }[] };
}

async function opened(person: Person, role: string, subject: string) {
  const { params, items } = await listOf(person, role);
  const id = items.find((item) => item.subject === subject)?.id ?? '';
  return (await person.call('getMessage', { params: { ...params, messageId: id } })).json;
}

describe('sending', () => {
  test('a message arrives, its copy is in Sent with Bcc, what it answers is marked', async () => {
    const answered = (await listOf(ada, 'inbox')).items[0];
    const message = written({
      bcc: [{ name: null, email: 'ada@example.org' }],
      html: '<p>Dear <b>Ben</b></p>',
      text: null,
    });
    const sent = await send(message, { answers: [{ messageId: answered?.id, keyword: '$answered' }] });
    expect(sent).toMatchObject({ status: 200, json: { state: 'held', to: message.to } });
    expect(await settled(sent.json.id)).toMatchObject({ state: 'filed', problem: null, refused: [] });
    const arrived = await opened(ben, 'inbox', message.subject);
    expect(arrived).toMatchObject({ from: [message.from], to: message.to, bcc: [], messageId: sent.json.messageId });
    expect(arrived.textBody[0].text).toContain('Dear Ben');
    expect(await opened(ada, 'sent', message.subject)).toMatchObject({ bcc: message.bcc, keywords: ['$seen'] });
    const marked = (await listOf(ada, 'inbox')).items.find(({ id }) => id === answered?.id);
    expect(marked?.keywords).toContain('$answered');
  });

  test('is done once for an Idempotency-Key, and once for a message, however often it is asked for', async () => {
    const before = smtp.received.length;
    const message = written({ messageId: `once.${Date.now()}@example.org` });
    const headers = { 'idempotency-key': 'one-click' };
    const ask = () => ada.call('createSubmission', { params: { accountId }, body: { message, holdMs: 0 }, headers });
    const first = await ask();
    expect((await ask()).json.id).toBe(first.json.id);
    // Another tab with the same draft.
    expect((await send(message)).json.code).toBe('conflict');
    await settled(first.json.id);
    expect(smtp.received.length - before).toBe(1);
  });

  test('can be taken back until its time has come, and is not sent then', async () => {
    const before = smtp.received.length;
    const held = await send(written(), { holdMs: 60_000 });
    const params = { accountId, submissionId: held.json.id };
    expect((await ada.call('cancelSubmission', { params })).status).toBe(204);
    expect((await ada.call('getSubmission', { params })).json.code).toBe('notFound');
    const control = await send(written());
    await settled(control.json.id);
    expect(smtp.received.length - before).toBe(1);
    const late = await ada.call('cancelSubmission', { params: { accountId, submissionId: control.json.id } });
    expect(late.json.code).toBe('conflict');
  });

  test('that waits goes at another time, or back to be written on; a receipt is asked for by name', async () => {
    const held = await send(written(), { sendAt: new Date(Date.now() + 3_600_000).toISOString() });
    const params = { accountId, submissionId: held.json.id };
    const sendAt = new Date(Date.now() + 7_200_000).toISOString();
    const moved = await ada.call('rescheduleSubmission', { params, body: { sendAt } });
    expect(moved).toMatchObject({ status: 200, json: { id: held.json.id, state: 'held', dueAt: sendAt } });
    const { status, json } = await ada.call('redraftSubmission', { params });
    expect(status).toBe(200);
    const draft = await ada.call('getMessage', { params: { accountId, messageId: json.draftId } });
    expect(draft.json).toMatchObject({ subject: held.json.subject, messageId: held.json.messageId });
    expect((await ada.call('redraftSubmission', { params })).json.code).toBe('notFound');
    const receipt = {
      params: { accountId, messageId: json.draftId },
      body: { from: written().from, subject: 'Read', text: '' },
    };
    expect((await ada.call('sendReceipt', receipt)).json.code).toBe('unsupported');
  });

  test('an answer to an invitation arrives beside its text and as a file; the invitation is marked with the last one', async () => {
    const invitation = (await listOf(ada, 'inbox')).items[0];
    const answer = (state: string) =>
      `BEGIN:VCALENDAR\r\nPRODID:-//Posthorn//Posthorn//EN\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:41@example.org\r\nSEQUENCE:3\r\nDTSTAMP:20261128T093015Z\r\nSUMMARY:Größe\r\nORGANIZER:mailto:ben@example.org\r\nATTENDEE;PARTSTAT=${state.toUpperCase()}:mailto:ada@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
    for (const state of ['accepted', 'declined']) {
      const message = written({ subject: `Answer: ${state}`, text: 'Grüße', calendar: answer(state) });
      const answers = [{ messageId: invitation?.id, keyword: `$invitation-${state}` }];
      const sent = await send(message, { answers });
      expect(sent.json.isWritten).toBe(false);
      await settled(sent.json.id);
    }
    const { params, items } = await listOf(ben, 'inbox');
    const { id } = items.find(({ subject }) => subject === 'Answer: declined') ?? { id: '' };
    const raw = Buffer.from(await (await ben.open('getRaw', { params: { ...params, messageId: id } })).arrayBuffer());
    const told = readByPython(raw);
    expect(told).toMatchObject({
      kinds: ['multipart/mixed', 'multipart/alternative', 'text/plain', 'text/calendar', 'application/ics'],
      methods: ['REPLY'],
      files: [{ name: 'answer.ics', type: 'application/ics', disposition: 'attachment' }],
      defects: [],
    });
    expect([told.plain.trim(), told.calendar]).toEqual(['Grüße', answer('declined').replaceAll('\r\n', '\n')]);
    const event = new ICAL.Component(ICAL.parse(told.calendar)).getFirstSubcomponent('vevent');
    expect(event?.getFirstProperty('attendee')?.getParameter('partstat')).toBe('DECLINED');
    const marked = (await listOf(ada, 'inbox')).items.find((item) => item.id === invitation?.id)?.keywords ?? [];
    expect(marked.filter((keyword) => keyword.startsWith('$invitation-'))).toEqual(['$invitation-declined']);
    for (const calendar of [
      'BEGIN:VCALENDAR\r\n',
      answer('x').replace('METHOD:REPLY', 'METHOD:REQUEST'),
      `${answer('x')}X`,
    ])
      expect((await send(written({ calendar }))).json.code).toBe('invalid');
  });

  test('goes on though the browser has signed out', async () => {
    const eve = await signedInAgain();
    const message = written();
    const sent = await eve.call('createSubmission', { params: { accountId }, body: { message, holdMs: 1_500 } });
    const { sessions } = (await eve.call('listSessions')).json;
    const current = sessions.find((session: { isCurrent: boolean }) => session.isCurrent);
    await eve.call('endSession', { params: { sessionId: current.id } });
    expect(await settled(sent.json.id)).toMatchObject({ state: 'filed' });
  });

  test('tells whom the server refused, by name; and that it refused all of them, keeping the message', async () => {
    const gone = { name: null, email: 'gone@example.org' };
    const some = await send(written({ cc: [gone] }));
    expect(await settled(some.json.id)).toMatchObject({
      state: 'filed',
      refused: [{ email: 'gone@example.org', serverText: 'no such person' }],
    });
    const all = await send(written({ to: [gone] }));
    expect(await settled(all.json.id)).toMatchObject({ state: 'refused', problem: 'notFound' });
    const params = { accountId, submissionId: all.json.id };
    const again = await ada.call('decideSubmission', { params, body: { decision: 'again' } });
    expect(again.json.state).toMatch(/held|sending|refused/);
    expect(await settled(all.json.id, ['refused'])).toMatchObject({ state: 'refused' });
    expect((await ada.call('decideSubmission', { params, body: { decision: 'sent' } })).json.code).toBe('conflict');
    expect((await ada.call('cancelSubmission', { params })).status).toBe(204);
  });

  test.each<[string, Parameters<typeof written>[0], string]>([
    ['nobody to send it to', { to: [] }, 'invalid'],
    ['a line break in a name', { to: [{ name: 'a\r\nBcc: x@y.example', email: 'a@example.org' }] }, 'invalid'],
    [
      'a line break in an address',
      { to: [{ name: null, email: 'a@example.org>\r\nRCPT TO:<b@y.example' }] },
      'invalid',
    ],
    ['a line break in the subject', { subject: 'a\nb' }, 'invalid'],
    [
      'an upload of somebody else',
      { attachments: [{ kind: 'upload', uploadId: 'none', name: 'a', type: 'a/b' }] },
      'notFound',
    ],
    [
      'a part that is not there',
      { attachments: [{ kind: 'part', messageId: 'forged', partId: '1', name: 'a', type: 'a/b' }] },
      'notFound',
    ],
  ])('refuses %s, and sends nothing', async (_, change, code) => {
    const before = smtp.received.length;
    expect((await send(written(change))).json.code).toBe(code);
    await settled((await send(written())).json.id);
    expect(smtp.received.length - before).toBe(1);
  });

  test('of others’ submissions nothing can be seen or done', async () => {
    const held = await send(written(), { holdMs: 60_000 });
    const bens = { accountId: (await ben.call('getSession')).json.accounts[0].id, submissionId: held.json.id };
    expect((await ben.call('getSubmission', { params: bens })).json.code).toBe('notFound');
    expect((await ben.call('cancelSubmission', { params: bens })).json.code).toBe('notFound');
    expect((await ben.call('getSubmission', { params: { ...bens, accountId } })).json.code).toBe('notFound');
    expect((await ada.call('cancelSubmission', { params: { accountId, submissionId: held.json.id } })).status).toBe(
      204,
    );
  });
});

describe('what is told while a message is sent', () => {
  async function listening(person: Person, name: 'getEvents' | 'getExchange') {
    const own = { accountId: (await person.call('getSession')).json.accounts[0].id as string };
    const asked = name === 'getEvents' ? { query: own } : { params: own };
    const events = readEvents(await person.open(name, asked));
    await events.until('"live"');
    return events;
  }

  test('of its way is told to the open pages of its account, and to nobody else’s', async () => {
    const [mine, bens] = [await listening(ada, 'getEvents'), await listening(ben, 'getEvents')];
    const { id } = (await send(written())).json;
    const told = await mine.until('"submissions"');
    for (const event of told) expect(serverEvent.safeParse(event).success).toBe(true);
    expect(told).toContainEqual({ type: 'submissions', accountId });
    await settled(id);
    // The control: the message has reached his Inbox, and his page hears of that.
    expect((await bens.until('"created"')).map(({ type }) => type)).not.toContain('submissions');
    await Promise.all([mine.leave(), bens.leave()]);
  });

  test('the lines to the submission server go to the own person alone, without password or text', async () => {
    const [mine, bens] = [await listening(ada, 'getExchange'), await listening(ben, 'getExchange')];
    const message = written({ text: 'a herring in confidence' });
    await settled((await send(message)).json.id);
    const lines = (await mine.until('QUIT')).filter(({ type }) => type === 'line');
    const smtp = lines.filter(({ connection }) => connection.startsWith('SMTP')).map(({ text }) => text);
    expect(smtp).toEqual(expect.arrayContaining([expect.stringMatching(/^MAIL FROM:<ada@example.org>/)]));
    expect(smtp.join('\n')).not.toMatch(/herring|correct horse/);
    // The control: he does something himself, and sees that.
    await listOf(ben, 'inbox');
    const ofBen = (await bens.until('FETCH')).filter(({ type }) => type === 'line');
    expect(ofBen.filter(({ connection }) => !connection.startsWith('IMAP'))).toEqual([]);
    expect(JSON.stringify(ofBen)).not.toContain('ada@example.org');
    expect((await ben.call('getExchange', { params: { accountId } })).json.code).toBe('notFound');
    await Promise.all([mine.leave(), bens.leave()]);
  });
});

describe('files', () => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
  const upload = (name: string, body: Buffer) =>
    ada.open('createUpload', {
      params: { accountId },
      query: { name, type: 'application/pdf' },
      raw: body,
      headers: { 'content-type': 'application/octet-stream' },
    });

  test('are uploaded as they are, go along with parts and messages that are there, and arrive byte for byte', async () => {
    const file = (await (await upload('Pläne 2026.pdf', bytes)).json()) as { id: string; sizeBytes: number };
    expect(file.sizeBytes).toBe(bytes.length);
    const other = await opened(ada, 'inbox', 'parts');
    const message = written({
      html: '<p><img src="cid:pic@here"></p>',
      attachments: [
        { kind: 'upload', uploadId: file.id, name: 'Pläne 2026.pdf', type: 'application/pdf' },
        { kind: 'message', messageId: other.id, name: 'parts.eml', type: '' },
        {
          kind: 'part',
          messageId: other.id,
          partId: other.attachments[0].partId,
          name: 'again.bin',
          type: 'image/png',
          cid: 'pic@here',
        },
      ],
    });
    await settled((await send(message)).json.id);
    const arrived = await opened(ben, 'inbox', message.subject);
    const { params } = await listOf(ben, 'inbox');
    const named = (name: string) => arrived.attachments.find((one: { name: string }) => one.name === name);
    const part = { ...params, messageId: arrived.id, partId: named('Pläne 2026.pdf').partId };
    expect(Buffer.from(await (await ben.open('getPart', { params: part })).arrayBuffer()).equals(bytes)).toBe(true);
    expect(named('again.bin')).toMatchObject({ isInline: true, cid: 'pic@here' });
    expect(named('parts.eml')).toMatchObject({ type: 'message/rfc822' });
  });

  test('larger than the admin allows are refused while they come, alone and together', async () => {
    const large = Buffer.alloc(4 * 1024 * 1024, 1);
    expect((await upload('too large', Buffer.alloc(6 * 1024 * 1024))).status).toBe(413);
    const ids = [];
    for (const name of ['one', 'two']) ids.push(((await (await upload(name, large)).json()) as { id: string }).id);
    const attachments = ids.map((uploadId) => ({ kind: 'upload' as const, uploadId, name: 'x', type: 'a/b' }));
    expect((await send(written({ attachments }))).json.code).toBe('tooLarge');
    for (const uploadId of ids) await ada.call('deleteUpload', { params: { accountId, uploadId } });
  });
});

test('the Outbox lists what waits and what was sent, the newest first', async () => {
  const held = await send(written(), { holdMs: 60_000 });
  const { submissions } = (await ada.call('listSubmissions', { params: { accountId } })).json;
  expect(submissions[0]).toMatchObject({ id: held.json.id, state: 'held', problem: null });
  expect(submissions.some(({ state }: { state: string }) => state === 'filed')).toBe(true);
  await ada.call('cancelSubmission', { params: { accountId, submissionId: held.json.id } });
});

describe('drafts', () => {
  test('one draft stays one draft over many versions, with Bcc and files, until it is sent', async () => {
    const params = { accountId };
    const first = await ada.call('createDraft', { params, body: written({ subject: 'Draft of it', to: [] }) });
    expect(first.json).toMatchObject({ otherId: null, left: null, attachments: [] });
    const { messageId } = first.json;
    const message = written({ subject: 'Draft of it', messageId, bcc: [{ name: null, email: 'ada@example.org' }] });
    const second = await ada.call('replaceDraft', { params: { ...params, draftId: first.json.id }, body: message });
    expect(second.json).toMatchObject({ messageId, otherId: null, left: null });
    const drafts = async () => (await listOf(ada, 'drafts')).items.filter(({ subject }) => subject === 'Draft of it');
    expect(await drafts()).toMatchObject([{ id: second.json.id, keywords: ['$draft', '$seen'] }]);
    expect(await opened(ada, 'drafts', 'Draft of it')).toMatchObject({ bcc: message.bcc, messageId });
    const sent = await send(message, { draftId: second.json.id });
    expect(await settled(sent.json.id)).toMatchObject({ state: 'filed' });
    expect(await drafts()).toEqual([]);
  });

  test('what was changed elsewhere is kept beside, and told', async () => {
    const params = { accountId };
    const first = (await ada.call('createDraft', { params, body: written({ subject: 'Two hands' }) })).json;
    const body = written({ subject: 'Two hands', messageId: first.messageId });
    const elsewhere = (await ada.call('replaceDraft', { params: { ...params, draftId: first.id }, body })).json;
    const here = (await ada.call('replaceDraft', { params: { ...params, draftId: first.id }, body })).json;
    expect(here.otherId).toBe(elsewhere.id);
    const ids = (await listOf(ada, 'drafts')).items.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([elsewhere.id, here.id]));
    for (const draftId of [elsewhere.id, here.id])
      expect((await ada.call('deleteDraft', { params: { ...params, draftId } })).status).toBe(204);
    expect((await ada.call('deleteDraft', { params: { ...params, draftId: here.id } })).json.code).toBe('notFound');
  });
});

async function signedInAgain() {
  const person = createPerson(product.url, office.conformity);
  expect(await person.signIn(login)).toBeNull();
  return person;
}

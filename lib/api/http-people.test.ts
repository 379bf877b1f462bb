import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { peopleOperations } from '../contract/people-operations.ts';
import { type SubmissionServer, startSubmissionServer } from '../mail/testing/submission-server.ts';
import { type Conformity, createConformity } from './testing/conformity.ts';
import { password, useProduct } from './testing/office.ts';
import { createPerson, type Person } from './testing/person.ts';
import { type Product, startProduct } from './testing/product.ts';

const office = useProduct();
const login = { username: 'ada@example.org', password };
let smtp: SubmissionServer;
let product: Product;
let conformity: Conformity;
let ada: Person;
let ben: Person;
let accountId = '';

beforeAll(async () => {
  const refuse = { 'gone@example.org': { code: 550, text: '5.1.1 no such person' } };
  smtp = await startSubmissionServer({ login, lmtpPort: office.mail.ports.lmtp, refuse });
  product = await startProduct(office.mail, {
    MAIL_SMTP: `submissions+insecure://127.0.0.1:${smtp.url.port}`,
    SEND_FROM: 'login',
  });
  conformity = createConformity((await (await fetch(`${product.url}/api/openapi.json`)).json()) as object);
  [ada, ben] = [createPerson(product.url, conformity), createPerson(product.url, conformity)];
  expect(await ada.signIn(login)).toBeNull();
  expect(await ben.signIn({ username: 'ben@example.org', password })).toBeNull();
  accountId = (await ada.call('getSession')).json.accounts[0].id;
}, 240_000);

afterAll(async () => {
  await product?.stop();
  await smtp?.stop();
});

const completions = async (person: Person, q: string) =>
  (await person.call('searchContacts', { query: { q } })).json.addresses.map((one: { email: string }) => one.email);

async function send(from: string, to: string[]) {
  const message = { from: { name: 'Ada L', email: from }, to: to.map((email) => ({ name: null, email })), text: 'x' };
  const sent = await ada.call('createSubmission', { params: { accountId }, body: { message, holdMs: 0 } });
  if (sent.status !== 200) return sent.json.code;
  const params = { accountId, submissionId: sent.json.id };
  const state = async () => (await ada.call('getSubmission', { params })).json.state;
  await expect.poll(state, { timeout: 15_000 }).toBe('filed');
  return null;
}

describe('people over HTTP', () => {
  test('an identity is sent as where the admin allows its address, and nowhere else', async () => {
    const body = { accountId, name: 'Ada at lists', email: 'ada+lists@example.org' };
    const made = await ada.call('createIdentity', { body });
    expect(made).toMatchObject({ status: 200, json: { ...body, isDefault: true } });
    expect((await ada.call('createIdentity', { body: { ...body, email: 'ben@example.org' } })).json.code).toBe(
      'forbidden',
    );
    expect(await send('ben@example.org', ['ben@example.org'])).toBe('forbidden');
    expect(await send(made.json.email, ['ben@example.org'])).toBeNull();
    expect(smtp.received.at(-1)).toMatchObject({ from: 'ada+lists@example.org' });
    const params = { identityId: made.json.id };
    expect((await ben.call('updateIdentity', { params, body: { name: 'B' } })).json.code).toBe('notFound');
    expect((await ada.call('updateIdentity', { params, body: { textSignature: 'A\nL' } })).json.textSignature).toBe(
      'A\nL',
    );
    expect((await ada.call('listIdentities')).json.identities).toHaveLength(1);
    expect((await ada.call('deleteIdentity', { params })).status).toBe(204);
    expect((await ada.call('listIdentities')).json.identities).toMatchObject([{ id: null, email: 'ada@example.org' }]);
  });

  test('whom a message reached is completed from then on, for its sender alone, and can be forgotten', async () => {
    expect(await send('ada@example.org', ['ben+reached@example.org', 'gone@example.org'])).toBeNull();
    expect(await completions(ada, 'reach')).toEqual(['ben+reached@example.org']);
    expect([await completions(ada, 'gone'), await completions(ben, 'reach')]).toEqual([[], []]);
    expect((await ada.call('listLearnedAddresses', { query: { q: 'reach' } })).json).toMatchObject({
      total: 1,
      items: [{ uses: 1 }],
    });
    expect((await ada.call('forgetLearnedAddress', { params: { email: 'ben+reached@example.org' } })).status).toBe(204);
    expect(await completions(ada, 'reach')).toEqual([]);
    expect((await ada.call('updateSettings', { body: { learnsAddresses: false } })).status).toBe(200);
    expect(await send('ada@example.org', ['ben+quiet@example.org'])).toBeNull();
    await ada.call('updateSettings', { body: { learnsAddresses: true } });
    expect(await send('ada@example.org', ['ben+loud@example.org'])).toBeNull();
    expect([await completions(ada, 'quiet'), await completions(ada, 'loud')]).toEqual([[], ['ben+loud@example.org']]);
    expect((await ada.call('emptyLearnedAddresses')).status).toBe(204);
    expect(await completions(ada, 'loud')).toEqual([]);
  });

  test('contacts and groups are made, changed, found, deleted and taken back', async () => {
    const group = (await ada.call('createContactGroup', { body: { name: 'Choir' } })).json;
    const body = { name: 'Zoe', emails: [{ kind: 'work', email: 'zoe@x.org' }], groupIds: [group.id] };
    const zoe = (await ada.call('createContact', { body })).json;
    const params = { contactId: zoe.id };
    expect((await ada.call('getContact', { params })).json).toEqual(zoe);
    expect((await ben.call('getContact', { params })).json.code).toBe('notFound');
    expect((await ada.call('updateContact', { params, body: { ...body, note: 'n' } })).json).toMatchObject({
      note: 'n',
    });
    expect((await ada.call('listContacts', { query: { groupId: group.id } })).json).toMatchObject({ total: 1 });
    expect((await ada.call('searchContacts', { query: { q: 'cho' } })).json).toMatchObject({
      addresses: [],
      groups: [{ id: group.id, count: 1 }],
    });
    const groupPath = { params: { groupId: group.id } };
    expect((await ada.call('getContactGroup', groupPath)).json.addresses).toEqual([
      { name: 'Zoe', email: 'zoe@x.org' },
    ]);
    expect(
      (await ada.call('updateContactGroup', { ...groupPath, body: { name: 'Band', remove: [zoe.id] } })).json,
    ).toMatchObject({ name: 'Band', count: 0 });
    expect((await ada.call('listContactGroups')).json.groups).toHaveLength(1);
    expect((await ada.call('deleteContactGroup', groupPath)).status).toBe(204);
    expect((await ada.call('destroyContacts', { body: { ids: [zoe.id] } })).json.destroyed).toBe(1);
    expect((await ada.call('restoreContacts', { body: { ids: [zoe.id] } })).json.restored).toBe(1);
    for (const wrong of [
      {},
      { name: ' ' },
      { name: 'a\nb' },
      { name: 'A', emails: [{ kind: 'work', email: 'a@b\r\nBcc: c@d' }] },
    ])
      expect((await ada.call('createContact', { body: wrong })).json.code).toBe('invalid');
  });

  test('a file is imported as it is, up to 5 MiB, and exported as a download that nothing runs', async () => {
    const raw = Buffer.from('Name,E-mail\nLise Müller,lise@x.org\n,\n', 'latin1');
    const report = (await ada.call('importContacts', { raw })).json;
    expect(report).toMatchObject({ added: 1, problems: [{ number: 3, reason: 'empty' }] });
    expect((await ada.call('importContacts', { raw: Buffer.alloc(5 * 1024 * 1024 + 1, 'x') })).json.code).toBe(
      'tooLarge',
    );
    for (const [format, type] of [
      ['vcard', 'text/vcard; charset=utf-8'],
      ['csv', 'text/csv; charset=utf-8'],
    ] as const) {
      const file = await ada.call('exportContacts', { query: { format } });
      expect(file.text).toContain('Lise Müller');
      expect(file.headers.get('content-type')).toBe(type);
      expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="contacts\./);
      expect((await ben.call('exportContacts', { query: { format } })).text).not.toContain('Lise');
    }
  });

  test('templates are kept', async () => {
    const body = {
      name: 'Thanks',
      subject: 'Thank you, {{recipient.firstName}}',
      text: 'Dear {{recipient.name}}',
      html: null,
    };
    const made = (await ada.call('createTemplate', { body })).json;
    const params = { templateId: made.id };
    expect((await ben.call('updateTemplate', { params, body })).json.code).toBe('notFound');
    expect((await ada.call('updateTemplate', { params, body: { ...body, name: 'Thx' } })).json.name).toBe('Thx');
    expect((await ada.call('listTemplates')).json.templates).toMatchObject([{ ...body, name: 'Thx' }]);
    expect((await ada.call('deleteTemplate', { params })).status).toBe(204);
  });

  test('every operation of this file has answered as openapi.json says', () => {
    const names = Object.keys(peopleOperations) as (keyof typeof peopleOperations)[];
    expect(names.filter((name) => !conformity.seen.has(name))).toEqual([]);
  });
});

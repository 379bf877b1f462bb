import { describe, expect, test } from 'vitest';
import { type OperationName, operations } from '../contract/operations.ts';
import { peopleOperations } from '../contract/people-operations.ts';
import { unitedOperations } from '../contract/united-operations.ts';
import { metricsToken, password, useProduct } from './testing/office.ts';

const office = useProduct();
const { at, boxId, idOf, list } = office;

describe('a day with the mail', () => {
  test('the session tells the account and what it can do', async () => {
    const { json } = await office.ada.call('getSession');
    expect(json).toMatchObject({
      username: 'ada@example.org',
      accounts: [{ protocol: 'imap', capabilities: { move: true } }],
    });
  });

  test('a folder is listed newest first, by windows that fit together', async () => {
    const whole = await list('inbox', { limit: '31' });
    expect(whole.total).toBe(31);
    expect(whole.items[0].subject).toBe('parts');
    const window = await list('inbox', { position: '10', limit: '5' });
    expect(window.items).toEqual(whole.items.slice(10, 15));
    expect((await list('inbox', { position: '9999' })).items).toEqual([]);
  });

  test('a keyword is set, and gone when it is taken away', async () => {
    const id = await idOf('inbox', 'letter 3');
    const body = { ids: [id], add: ['$seen', '$flagged'] };
    expect((await office.ada.call('setKeywords', { params: at(), body })).json.results).toEqual([{ id }]);
    expect((await office.ada.call('getMessage', { params: at({ messageId: id }) })).json.keywords.sort()).toEqual([
      '$flagged',
      '$seen',
    ]);
    await office.ada.call('setKeywords', { params: at(), body: { ids: [id], remove: ['$flagged'] } });
    expect((await office.ada.call('getMessage', { params: at({ messageId: id }) })).json.keywords).toEqual(['$seen']);
  });

  test('a message is moved to Trash under a new id, and from there deleted for good', async () => {
    const id = await idOf('inbox', 'letter 4');
    const moved = await office.ada.call('moveMessages', { params: at(), body: { ids: [id], to: boxId('trash') } });
    const [{ newId }] = moved.json.results;
    expect((await office.ada.call('getMessage', { params: at({ messageId: id }) })).status).toBe(404);
    expect((await office.ada.call('getMessage', { params: at({ messageId: newId }) })).json.subject).toBe('letter 4');
    await office.ada.call('destroyMessages', { params: at(), body: { ids: [newId] } });
    expect((await list('trash')).total).toBe(0);
  });

  test('a folder is made, renamed, emptied of its subscription and deleted', async () => {
    const made = await office.ada.call('createMailbox', {
      params: at(),
      body: { name: 'Größe: 100 % & “mehr”', parentId: null },
    });
    expect(made.json.name).toBe('Größe: 100 % & “mehr”');
    const change = { name: 'Wichtig', isSubscribed: false };
    const renamed = await office.ada.call('updateMailbox', { params: at({ mailboxId: made.json.id }), body: change });
    expect(renamed.json).toMatchObject({ name: 'Wichtig', isSubscribed: false });
    const gone = await office.ada.call('deleteMailbox', { params: at({ mailboxId: renamed.json.id }) });
    expect(gone.status).toBe(204);
    const again = await office.ada.call('deleteMailbox', { params: at({ mailboxId: renamed.json.id }) });
    expect(again.status).toBe(404);
  });

  test('Trash is emptied; the Inbox cannot be', async () => {
    const id = await idOf('inbox', 'letter 5');
    await office.ada.call('moveMessages', { params: at(), body: { ids: [id], to: boxId('trash') } });
    const emptied = await office.ada.call('emptyMailbox', { params: at({ mailboxId: boxId('trash') }) });
    expect(emptied.json).toEqual({ destroyed: 1 });
    const refused = await office.ada.call('emptyMailbox', { params: at({ mailboxId: boxId('inbox') }) });
    expect(refused.json.code).toBe('invalid');
    expect((await list('inbox')).total).toBeGreaterThan(20);
  });

  test('settings are kept, and only those that exist', async () => {
    expect((await office.ada.call('updateSettings', { body: { density: 'compact' } })).json.density).toBe('compact');
    expect((await office.ada.call('getSettings')).json.density).toBe('compact');
    expect((await office.ada.call('updateSettings', { body: { colour: 'red' } })).status).toBe(400);
  });

  test('all ids of a folder can be had, and those of a search', async () => {
    const params = at({ mailboxId: boxId('Projects') });
    expect((await office.ada.call('listMessageIds', { params })).json.ids).toHaveLength(2);
    expect((await office.ada.call('listMessageIds', { params, query: { q: 'subject:bridge' } })).json.ids).toHaveLength(
      1,
    );
    expect((await office.ada.call('listMessageIds', { params, query: { q: 'in:inbox x' } })).json.code).toBe('invalid');
  });
});

describe('pages and the mail frame', () => {
  test('the mail frame may be framed by us alone, and nothing runs in it', async () => {
    const response = await fetch(`${office.product.url}/frame`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).toContain('sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox');
    expect(policy).not.toMatch(/script-src|allow-scripts/);
    expect(policy).toContain(`img-src data: ${office.product.url}/api/accounts/`);
    expect(response.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(await response.text()).not.toMatch(/<script/i);
  });

  test('every page has a policy with a nonce of its own', async () => {
    const policyOf = async () =>
      (await fetch(`${office.product.url}/signin`)).headers.get('content-security-policy') ?? '';
    const [one, two] = [await policyOf(), await policyOf()];
    const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(one)?.[1];
    expect(nonce).toBeTruthy();
    expect(two).not.toContain(nonce);
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"])
      expect(one).toContain(part);
    expect(one).not.toMatch(/unsafe-eval|(script|style)-src [^;]*unsafe-inline/);
    const missing = await fetch(`${office.product.url}/no/such/page.html`);
    expect([missing.status, missing.headers.get('content-security-policy')]).toEqual([
      404,
      expect.stringContaining('nonce-'),
    ]);
    const page = await fetch(`${office.product.url}/signin`);
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    const own = /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1];
    const scripts = (await page.text()).match(/<script[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toContain(`nonce="${own}"`);
  });
});

const writing: OperationName[] = [
  'createDraft',
  'replaceDraft',
  'deleteDraft',
  'createUpload',
  'deleteUpload',
  'listSubmissions',
  'createSubmission',
  'getSubmission',
  'cancelSubmission',
  'decideSubmission',
  'rescheduleSubmission',
  'redraftSubmission',
  'sendReceipt',
];

test('an account is added, told with what it can do, used, and taken away; a wrong login leaves the sign-in alone', async () => {
  const person = office.person();
  await person.signIn({ username: 'ada@example.org', password });
  const login = { username: 'ben@example.org', password, protocol: 'pop3' };
  const find = (asksOutside: boolean) => person.call('findServers', { body: { address: login.username, asksOutside } });
  expect((await find(false)).json).toMatchObject({ listed: { host: '127.0.0.1' }, mayChoose: false, sources: [] });
  expect((await find(true)).json).toMatchObject({ code: 'forbidden', detail: 'MAIL_DISCOVERY' });
  const refused = await person.call('addAccount', { body: { ...login, password: `${password}?` } });
  expect([refused.status, refused.json.code]).toEqual([403, 'passwordRefused']);
  expect((await person.call('getSession')).json.accounts).toHaveLength(1);
  const { json: added } = await person.call('addAccount', { body: login });
  expect(added).toMatchObject({ username: 'ben@example.org', capabilities: { protocol: 'pop3' } });
  const params = { accountId: added.id };
  expect((await person.call('updateAccount', { params, body: { name: 'Old', color: 'pink' } })).status).toBe(204);
  expect((await person.call('getSession')).json.accounts[1]).toMatchObject({
    id: added.id,
    name: 'Old',
    color: 'pink',
  });
  expect((await person.call('listMailboxes', { params })).json.mailboxes.length).toBeGreaterThan(0);
  expect((await person.call('removeAccount', { params })).status).toBe(204);
  expect((await person.call('listMailboxes', { params })).status).toBe(404);
});

test('every operation has answered as openapi.json says', async () => {
  const { ada } = office;
  const messageId = await idOf('inbox', 'parts');
  await ada.call('search', { params: at(), query: { q: 'herring' } });
  await ada.call('getRaw', { params: at({ messageId }) });
  await ada.call('findRelatives', { params: at({ messageId }) });
  const { partId } = (await ada.call('getMessage', { params: at({ messageId }) })).json.attachments[0];
  await ada.call('getPart', { params: at({ messageId, partId }) });
  await ada.call('copyMessages', { params: at(), body: { ids: [messageId], to: boxId('Projects') } });
  const elsewhere = office.person();
  await elsewhere.signIn({ username: 'ada@example.org', password });
  const { sessions } = (await elsewhere.call('listSessions')).json;
  const { id } = sessions.find((session: { isCurrent: boolean }) => session.isCurrent);
  await ada.call('endSession', { params: { sessionId: id } });
  const byPop3 = office.person();
  await byPop3.signIn({ username: 'ada@example.org', password, protocol: 'pop3' });
  const params = { accountId: (await byPop3.call('getSession')).json.accounts[0].id };
  const [inbox] = (await byPop3.call('listMailboxes', { params })).json.mailboxes;
  const page = (await byPop3.call('listMessages', { params: { ...params, mailboxId: inbox.id } })).json;
  await byPop3.call('getThread', { params: { ...params, messageId: page.items[0].id } });
  await byPop3.call('getMaildrop', { params });
  await byPop3.call('previewRetention', { params, query: { rule: 'collect' } });
  await byPop3.call('updateMaildrop', { params, body: { retention: { rule: 'leave' } } });
  await byPop3.call('restoreMessages', { params, body: { ids: ['pYQ'] } });
  await byPop3.call('startCollection', { params });
  await byPop3.call('stopCollection', { params });
  await ada.call('getHealth');
  await ada.call('getReady');
  // These have files of their own, with the servers that they need; streams have no end that could be waited for.
  const elsewhereTested: Record<string, OperationName[]> = {
    'http-search, http-exchange': ['getEvents', 'getExchange'],
    'http-search': Object.keys(unitedOperations) as OperationName[],
    'http-attachments': ['getAttachments', 'getPartText', 'getSource', 'getAttachedMessage'],
    'http-remote-image': [
      'signRemoteImages',
      'getRemoteImage',
      'listRemoteImageRules',
      'setRemoteImageRule',
      'removeRemoteImageRule',
      'emptyRemoteImageRules',
    ],
    'http-writing': writing,
    'http-people': Object.keys(peopleOperations) as OperationName[],
    'one-click, e2e/unsubscribe': ['unsubscribe'],
  };
  const others = Object.values(elsewhereTested).flat();
  const names = (Object.keys(operations) as OperationName[]).filter((name) => !others.includes(name));
  expect(names.filter((name) => !office.conformity.seen.has(name))).toEqual([]);
});

test('no secret and no mail is in the log', async () => {
  expect(await office.person().signIn({ username: 'ada@example.org', password: `${password}!` })).toBe(
    'unauthenticated',
  );
  expect(office.product.log()).toContain('signed in');
  const cookie = office.ada.jar.get('posthorn.session') ?? '';
  for (const secret of [password, encodeURIComponent(password), 'a secret of the tests', cookie, metricsToken]) {
    expect(secret.length).toBeGreaterThan(10);
    expect(office.product.log()).not.toContain(secret);
  }
  expect(office.product.log()).not.toMatch(/herring|Subject:/);
});

test('at the end the process closes in order', async () => {
  expect(await office.product.stop()).toBe(0);
});

import { describe, expect, test } from 'vitest';
import { type OperationName, type OperationShape, operations } from '../contract/operations.ts';
import { metricsToken, password, useProduct } from './testing/office.ts';

const office = useProduct();
const { boxId } = office;

describe('who may', () => {
  /** Something plausible for every operation. */
  const asked = (name: OperationName) => {
    const shape: OperationShape = operations[name];
    const params = {
      accountId: office.accountId,
      mailboxId: boxId('inbox'),
      messageId: `${boxId('inbox')}.1.1`,
      partId: '1',
      sessionId: 'x',
      draftId: `${boxId('inbox')}.1.1`,
      uploadId: 'x',
      submissionId: '00000000-0000-4000-8000-000000000000',
      identityId: 'nothing',
      templateId: 'nothing',
      contactId: 'nothing',
      groupId: 'nothing',
      email: 'nobody      nowhere.example',
      kind: 'sender',
      name: 'nobody@nowhere.example',
    };
    return {
      params,
      query: { accountId: office.accountId, q: 'x' },
      ...(shape.body
        ? { body: { ids: ['x'], to: boxId('trash'), name: 'never', parentId: null, density: 'compact' } }
        : {}),
    };
  };
  const names = Object.keys(operations) as OperationName[];
  const isPublic = (name: OperationName) => (operations[name] as OperationShape).access === 'public';
  const isWrite = (name: OperationName) => operations[name].method !== 'get';

  test.each(names.filter((name) => !isPublic(name)))('%s asks for a sign-in', async (name) => {
    const answer = await office.person().call(name, asked(name));
    expect([answer.status, answer.json.code]).toEqual([401, 'unauthenticated']);
    const forged = await office.person().call(name, {
      ...asked(name),
      headers: { cookie: 'posthorn.session=eyJhbGciOiJkaXIifQ..x.y.z' },
    });
    expect(forged.status).toBe(401);
  });

  test.each(names.filter(isWrite))('%s is refused from another origin', async (name) => {
    const from = async (headers: Record<string, string>) =>
      (await office.ada.call(name, { ...asked(name), headers })).status;
    expect(await from({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).toBe(403);
    expect(await from({ 'sec-fetch-site': 'same-site', origin: office.product.url })).toBe(403);
    expect(await from({ 'sec-fetch-site': 'none' })).toBe(403);
  });

  test('a write without any word of where it comes from is refused, one that names our origin is done', async () => {
    const write = (headers: Record<string, string>) =>
      office.ada.send('/api/settings', {
        method: 'PATCH',
        body: '{"theme":"dark"}',
        headers: { 'content-type': 'application/json', ...headers },
      });
    // fetch() of Node sends `sec-fetch-mode` but no `sec-fetch-site` of its own.
    expect((await write({})).status).toBe(403);
    expect((await write({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await write({ origin: office.product.url })).status).toBe(200);
  });

  test.each(names.filter((name) => isWrite(name) && 'body' in operations[name]))('%s takes JSON only', async (name) => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const answer = await office.ada.call(name, { ...asked(name), headers: { 'content-type': type } });
      expect([answer.status, answer.json.code]).toEqual([400, 'invalid']);
    }
  });

  test('the account of another person does not exist', async () => {
    const ben = office.person();
    expect(await ben.signIn({ username: 'ben@example.org', password })).toBeNull();
    const theirs = (await ben.call('getSession')).json.accounts[0].id;
    expect(theirs).not.toBe(office.accountId);
    const params = { accountId: theirs };
    expect((await office.ada.call('listMailboxes', { params })).json.code).toBe('notFound');
    expect((await office.ada.call('getEvents', { query: params })).json.code).toBe('notFound');
    expect((await ben.call('listMailboxes', { params })).status).toBe(200);
  });

  test('a sign-in that was ended is nobody’s from then on', async () => {
    const other = office.person();
    await other.signIn({ username: 'ada@example.org', password });
    const { json } = await other.call('listSessions');
    const { id } = json.sessions.find((session: { isCurrent: boolean }) => session.isCurrent);
    expect((await office.ada.call('endSession', { params: { sessionId: id } })).status).toBe(204);
    expect((await other.call('getSession')).status).toBe(401);
    expect((await office.ada.call('endSession', { params: { sessionId: id } })).status).toBe(404);
  });

  test('after signing out the old cookie opens nothing', async () => {
    const other = office.person();
    await other.signIn({ username: 'ada@example.org', password });
    const kept = [...other.jar];
    await other.signOut();
    for (const [name, value] of kept) other.jar.set(name, value);
    expect((await other.call('getSession')).status).toBe(401);
  });

  test('a wrong password is told by its code alone', async () => {
    expect(await office.person().signIn({ username: 'ada@example.org', password: 'wrong' })).toBe('unauthenticated');
    expect((await office.person().call('getSession')).status).toBe(401);
  });

  test('metrics are for whoever has the token', async () => {
    const get = async (headers: Record<string, string>) =>
      (await fetch(`${office.product.url}/metrics`, { headers })).status;
    expect(await get({})).toBe(403);
    expect(await get({ authorization: 'Bearer wrong' })).toBe(403);
    expect(await get({ authorization: `Bearer ${metricsToken}` })).toBe(200);
  });
});

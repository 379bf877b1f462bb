import { describe, expect, test } from 'vitest';
import { limits, type OperationName, type OperationShape, operations } from '../contract/operations.ts';
import { useProduct } from './testing/office.ts';

const office = useProduct();
const names = Object.keys(operations) as OperationName[];
const shapeOf = (name: OperationName): OperationShape => operations[name];

describe('every route', () => {
  /** Path parameters that name nothing, so that whatever were let through would do nothing. */
  const nothing = () => ({
    accountId: office.accountId,
    mailboxId: 'mnowhere',
    messageId: 'mnowhere.1.1',
    partId: '1',
    sessionId: 'nobody',
    draftId: 'mnowhere.1.1',
    uploadId: 'nothing',
    submissionId: '00000000-0000-4000-8000-000000000000',
    identityId: 'nothing',
    templateId: 'nothing',
    contactId: 'nothing',
    groupId: 'nothing',
    email: 'nobody    nowhere.example',
    kind: 'sender',
    name: 'nobody@nowhere.example',
  });
  const junk = ['', '{', 'null', '[]', '"x"', '5', '{"a":1}', '{"__proto__":null}', '\0', '{"ids":[{}]}', '\ufeff{}'];

  async function expectProblem(name: OperationName, asked: Parameters<typeof office.ada.call>[1]) {
    const params = nothing();
    const answer = await office.ada.call(name, { params, ...asked });
    expect([answer.status, answer.status < 500], `${name} ${answer.text.slice(0, 200)}`).toEqual([answer.status, true]);
    return answer;
  }

  test.each(names.filter((name) => shapeOf(name).body))('%s tells a junk body as a problem', async (name) => {
    for (const body of [...junk, `{"a":"${'x'.repeat(limits.jsonBytes)}"}`]) {
      const { status } = await expectProblem(name, { body });
      // An object without fields may be a change of nothing.
      if (body !== '\ufeff{}') expect(status, body.slice(0, 20)).toBeGreaterThanOrEqual(400);
    }
    for (const type of ['', 'text/plain', 'application/json\t;;', 'multipart/form-data', 'application/jsonx']) {
      const { status } = await expectProblem(name, { body: '{"unknown":1}', headers: { 'content-type': type } });
      expect([400, 413]).toContain(status);
    }
  });

  test.each(names)('%s bears an odd query, odd parameters and a key that is none', async (name) => {
    if (name === 'getEvents') return expect((await expectProblem(name, { query: { a: 'b' } })).status).toBe(400);
    const text = {
      position: '1e9',
      limit: '-1',
      sort: 'x',
      filter: '\0',
      counts: 'maybe',
      q: '\r\n',
      in: '\0',
      inline: 'x',
    };
    // What is asked of it is its path alone, and its answer has no end.
    if (name !== 'getExchange') {
      await expectProblem(name, { query: text });
      await expectProblem(name, { query: { unknown: 'x'.repeat(8_000) } });
    }
    if (shapeOf(name).method !== 'get') await expectProblem(name, { headers: { 'idempotency-key': 'a b' }, body: {} });
    for (const odd of ['\0', '\r\n', '../x', '%ff', 'x'.repeat(3_000), '💥']) {
      const params = Object.fromEntries(Object.keys(nothing()).map((key) => [key, odd]));
      await expectProblem(name, { params });
    }
  });

  test.each(names)('%s at a path that is no text is not found, and a request of 64 KiB too large', async (name) => {
    const method = shapeOf(name).method.toUpperCase();
    const path = shapeOf(name).path.replace(/\{\w+\}/g, '%ff');
    if (path.includes('%ff')) {
      const response = await office.ada.send(path, { method });
      expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    }
    const long = await office.ada.send(`${shapeOf(name).path.replace(/[{}]/g, '')}?q=${'x'.repeat(65_536)}`, {
      method,
    });
    expect(long.status).toBe(431);
  });

  test('a page at a path that is no text is a page that was not found', async () => {
    const response = await office.ada.send('/mail/%ff');
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  });

  test('none of it is an error in the log, and Ada is still signed in', async () => {
    expect(
      office.product
        .log()
        .split('\n')
        .filter((line) => /"level":"(error|fatal)"/.test(line)),
    ).toEqual([]);
    expect((await office.ada.call('getSession')).status).toBe(200);
  });
});

import { describe, expect, test } from 'vitest';
import { limits } from '../contract/operations.ts';
import { useProduct } from './testing/office.ts';

const office = useProduct();
const { at, boxId, idOf } = office;

describe('bad input', () => {
  test.each(['\r\n', '\r', '\n', '\0', 'a\r\nA1 LOGOUT\r\n'])(
    'control characters (%j) are refused in every field',
    async (bad) => {
      const before = await office.counts();
      const inbox = boxId('inbox');
      const id = await idOf('inbox', 'letter 8');
      const answers = [
        await office.ada.call('createMailbox', { params: at(), body: { name: `x${bad}`, parentId: null } }),
        await office.ada.call('createMailbox', { params: at(), body: { name: 'x', parentId: `${inbox}${bad}` } }),
        await office.ada.call('updateMailbox', {
          params: at({ mailboxId: boxId('Projects') }),
          body: { name: `x${bad}` },
        }),
        await office.ada.call('updateMailbox', { params: at({ mailboxId: `${inbox}${bad}` }), body: { name: 'x' } }),
        await office.ada.call('deleteMailbox', { params: at({ mailboxId: `${boxId('Projects')}${bad}` }) }),
        await office.ada.call('emptyMailbox', { params: at({ mailboxId: `${boxId('trash')}${bad}` }) }),
        await office.ada.call('listMessages', { params: at({ mailboxId: `${inbox}${bad}` }) }),
        await office.ada.call('listMessages', { params: at({ mailboxId: inbox }), query: { position: `0${bad}x` } }),
        await office.ada.call('listMessages', { params: at({ mailboxId: inbox }), query: { sort: `size${bad}` } }),
        await office.ada.call('listMessageIds', { params: at({ mailboxId: inbox }), query: { q: `x${bad}` } }),
        await office.ada.call('search', { params: at(), query: { q: `x${bad}` } }),
        await office.ada.call('search', { params: at(), query: { q: 'x', in: `${inbox}${bad}` } }),
        await office.ada.call('getMessage', { params: at({ messageId: `${id}${bad}` }) }),
        await office.ada.call('getRaw', { params: at({ messageId: `${id}${bad}` }) }),
        await office.ada.call('getPart', { params: at({ messageId: id, partId: `1${bad}` }) }),
        await office.ada.call('setKeywords', { params: at(), body: { ids: [id], add: [`x${bad}`] } }),
        await office.ada.call('setKeywords', { params: at(), body: { ids: [id], remove: [`x${bad}`] } }),
        await office.ada.call('moveMessages', { params: at(), body: { ids: [id], to: `${boxId('trash')}${bad}` } }),
        await office.ada.call('copyMessages', { params: at(), body: { ids: [id], to: `${boxId('trash')}${bad}` } }),
        await office.ada.call('getEvents', { query: { accountId: `${office.accountId}${bad}` } }),
        await office.ada.call('endSession', { params: { sessionId: `x${bad}` } }),
        await office.ada.call('updateSettings', { body: { theme: `dark${bad}` } }),
      ];
      expect(answers.map((answer) => [400, 404].includes(answer.status) || answer.text)).not.toContainEqual(
        expect.any(String),
      );
      const batch = [
        await office.ada.call('setKeywords', { params: at(), body: { ids: [`${id}${bad}`], add: ['$seen'] } }),
        await office.ada.call('moveMessages', { params: at(), body: { ids: [`${id}${bad}`], to: boxId('trash') } }),
        await office.ada.call('destroyMessages', { params: at(), body: { ids: [`${id}${bad}`] } }),
      ];
      for (const answer of batch) expect(answer.json.results?.[0]?.error.code ?? answer.json.code).toBe('notFound');
      expect(await office.counts()).toEqual(before);
    },
  );

  test('ten thousand forged ids get ten thousand answers, one more is refused', async () => {
    const id = await idOf('inbox', 'letter 9');
    const forged = Array.from(
      { length: limits.ids - 1 },
      (_, index) => `${boxId('inbox')}.zzz.${(index + 1).toString(36)}`,
    );
    const { status, json } = await office.ada.call('setKeywords', {
      params: at(),
      body: { ids: [...forged, id], add: ['$flagged'] },
    });
    expect(status).toBe(200);
    expect(json.results).toHaveLength(limits.ids);
    expect(new Set(json.results.slice(0, -1).map((result: { error: { code: string } }) => result.error.code))).toEqual(
      new Set(['stale']),
    );
    expect(json.results.at(-1)).toEqual({ id });
    const more = await office.ada.call('setKeywords', {
      params: at(),
      body: { ids: [...forged, id, id], add: ['$flagged'] },
    });
    expect(more.json).toMatchObject({ code: 'invalid', errors: [{ path: 'body.ids' }] });
  });

  test.each([
    ['of no mailbox', () => 'm.1.1'],
    ['of a mailbox that is not there', () => `m${Buffer.from('Nowhere').toString('base64url')}.1.1`],
    ['of an earlier life of the mailbox', () => `${boxId('inbox')}.1.1`],
    ['of a message that is not there', async () => (await idOf('inbox', 'letter 9')).replace(/[^.]+$/, 'zzzz')],
    ['of POP3', () => `p${Buffer.from('0001').toString('base64url')}`],
    ['with a UID of zero', () => `${boxId('inbox')}.1.0`],
    ['that is too large a number', () => `${boxId('inbox')}.zzzzzzz.1`],
    ['climbing out of the mail', () => `m${Buffer.from('../../ben@example.org').toString('base64url')}.1.1`],
    ['of nonsense', () => '%00%ff..//'],
  ])('an id %s is refused, and nothing is changed', async (_, make) => {
    const messageId = await make();
    const before = await office.counts();
    const read = await office.ada.call('getMessage', { params: at({ messageId }) });
    expect(['notFound', 'stale', 'invalid']).toContain(read.json.code);
    // A number of the mail server's own tells a person nothing.
    expect(read.json.detail ?? '').not.toMatch(/^\d+$/);
    for (const name of ['moveMessages', 'copyMessages', 'destroyMessages', 'setKeywords'] as const) {
      const body = {
        ids: [messageId],
        ...(name.endsWith('Messages') && name !== 'destroyMessages' ? { to: boxId('trash') } : {}),
      };
      const answer = await office.ada.call(name, {
        params: at(),
        body: name === 'setKeywords' ? { ...body, add: ['$seen'] } : body,
      });
      expect(['notFound', 'stale', 'invalid'], `${name} ${answer.text}`).toContain(
        answer.json.results?.[0].error.code ?? answer.json.code,
      );
    }
    expect(await office.counts()).toEqual(before);
  });

  test('a body over the bound is too large, with and without a length', async () => {
    const large = JSON.stringify({ ids: ['x'.repeat(limits.jsonBytes)], add: [] });
    expect((await office.ada.call('setKeywords', { params: at(), body: large })).json.code).toBe('tooLarge');
    const chunked = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < 3 * limits.jsonBytes; sent += 65_536) controller.enqueue(Buffer.alloc(65_536, 'x'));
        controller.close();
      },
    });
    const init = { method: 'PATCH', body: chunked, duplex: 'half' } as RequestInit;
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
    const status = await office.ada.send('/api/settings', { ...init, headers }).then(
      (response: Response) => response.status,
      () => 'cut',
    );
    expect([413, 'cut']).toContain(status);
    expect((await office.ada.call('getSession')).status).toBe(200);
  });

  test('a login of 50 MB is refused unread', async () => {
    const body = `username=${'x'.repeat(50 * 1024 * 1024)}`;
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = office.person().send('/api/auth/callback/credentials', { method: 'POST', body, headers: type });
    expect([413, 'cut']).toContain(
      await sent.then(
        (response: Response) => response.status,
        () => 'cut',
      ),
    );
    expect((await office.ada.call('getSession')).status).toBe(200);
  });

  test('JSON that is none, or not of the shape, is invalid', async () => {
    for (const body of [
      '',
      '{',
      '[]',
      'null',
      '"x"',
      '{"ids":"x"}',
      '{"ids":[],"add":[]}',
      '{"ids":[1]}',
      '{"ids":["x"],"__proto__":{"to":"x"}}',
    ]) {
      const answer = await office.ada.call('setKeywords', { params: at(), body });
      expect([answer.status, answer.json.code], body).toEqual([400, 'invalid']);
    }
  });

  test('what is no operation is not found, and told as a problem', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const response = await office.ada.send('/api/nothing/at/all', { method });
      expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    }
    expect((await office.ada.send('/api/session', { method: 'POST' })).status).toBe(405);
    expect((await office.ada.send('/_next/image?url=%2Ficon.svg&w=64&q=75')).status).toBe(404);
  });
});

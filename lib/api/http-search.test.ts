import { describe, expect, test } from 'vitest';
import { limits } from '../contract/operations.ts';
import { password, useProduct } from './testing/office.ts';

const office = useProduct();
const { at, boxId, idOf, list } = office;

describe('search', () => {
  const search = async (query: Record<string, string>) => {
    const { json, headers } = await office.ada.call('search', { params: at(), query });
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    const lines = [json].flat() as { type: string; items?: { subject: string; mailboxId: string }[]; total?: number }[];
    return { hits: lines.flatMap((line) => line.items ?? []), last: lines.at(-1) };
  };

  test('all folders are searched, and each hit names its folder', async () => {
    const { hits, last } = await search({ q: 'herring' });
    expect(new Set(hits.map((hit) => hit.mailboxId))).toEqual(new Set([boxId('inbox'), boxId('Projects')]));
    expect(last).toEqual({ type: 'done', total: hits.length });
  });

  test('one folder is searched, named beside the query or in it', async () => {
    expect((await search({ q: 'herring', in: boxId('Projects') })).hits.map((hit) => hit.subject)).toEqual(['harbour']);
    expect((await search({ q: 'in:projects herring' })).hits.map((hit) => hit.subject)).toEqual(['harbour']);
    const none = await office.ada.call('search', { params: at(), query: { q: 'in:nowhere herring' } });
    expect(none.json).toMatchObject({ code: 'notFound', detail: 'in:nowhere' });
  });

  test('an over-long query is refused as a problem, one of 64 KiB already by HTTP', async () => {
    const long = await office.ada.call('search', { params: at(), query: { q: 'x'.repeat(limits.queryLength + 1) } });
    expect(long.json).toMatchObject({ status: 400, errors: [{ path: 'query.q' }] });
    const huge = await office.ada.open('search', { params: at(), query: { q: 'x'.repeat(65_536) } });
    expect(huge.status).toBe(431);
    expect((await office.ada.call('getSession')).status).toBe(200);
  });

  test('a search that the caller leaves is stopped, and the account goes on', async () => {
    const leaving = new AbortController();
    const response = await office.ada.open('search', { params: at(), query: { q: 'herring' }, signal: leaving.signal });
    leaving.abort();
    await expect(response.text()).rejects.toThrow();
    expect((await list('inbox')).items.length).toBeGreaterThan(0);
  });
});

describe('changes as they happen', () => {
  test('a change made elsewhere is told, and the stream ends when the sign-in does', async () => {
    const second = office.person();
    await second.signIn({ username: 'ada@example.org', password });
    const response = await second.open('getEvents', {
      query: { accountId: office.accountId, mailboxId: boxId('inbox') },
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let told = '';
    const until = async (text: string) => {
      while (!told.includes(text)) {
        const next = await reader.read();
        if (next.done) throw new Error(`ended after: ${told}`);
        told += decoder.decode(next.value, { stream: true });
      }
    };
    await until('"live"');
    const id = await idOf('inbox', 'letter 7');
    // The watcher may not be watching yet when it is live to us: the flag goes up and down until it is seen.
    const flagging = (async () => {
      for (let times = 0; !told.includes('"mailbox"') && times < 40; times++) {
        const change = times % 2 === 0 ? { add: ['$flagged'] } : { remove: ['$flagged'] };
        await office.ada.call('setKeywords', { params: at(), body: { ids: [id], ...change } });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    await until('"mailbox"');
    await flagging;
    expect(told).toContain(`"mailboxId":"${boxId('inbox')}"`);
    await reader.cancel();
  });

  test('one sign-in may listen forty times at once, and again when streams have ended', async () => {
    const leaving = new AbortController();
    const asked = { query: { accountId: office.accountId }, signal: leaving.signal };
    const other = office.person();
    await other.signIn({ username: 'ada@example.org', password });
    for (let times = 0; times < 40; times++) expect((await other.open('getEvents', asked)).status).toBe(200);
    const more = await other.call('getEvents', { query: asked.query });
    expect([more.status, more.json.code]).toEqual([503, 'busy']);
    leaving.abort();
    await expect.poll(async () => (await other.open('getEvents', { query: asked.query })).status).toBe(200);
  });
});

describe('all accounts at once', () => {
  const lines = (json: unknown) => [json].flat() as { type: string; accountId?: string; items?: { id: string }[] }[];
  const body = { username: 'ben@example.org', password };

  test('the Inboxes and a search of a second account stand beside the first, and each message is opened in its own', async () => {
    const alone = (await office.ada.call('listInboxes')).json;
    expect(alone.items.map(({ id }: { id: string }) => id)).toEqual(
      (await list('inbox')).items.map((row: { id: string }) => row.id),
    );
    const second = (await office.ada.call('addAccount', { body })).json.id as string;
    const both = (await office.ada.call('listInboxes', { query: { limit: '200' } })).json;
    const ids = (accountId: string) =>
      both.items.flatMap((row: { accountId: string; id: string }) => (row.accountId === accountId ? row.id : []));
    expect([ids(office.accountId).length, both.missing]).toEqual([alone.total, []]);
    expect(ids(second).length).toBe(both.total - alone.total);
    const [own] = ids(second);
    expect((await office.ada.call('getMessage', { params: { accountId: second, messageId: own } })).status).toBe(200);
    const told = (await office.ada.call('listInboxesIds', { query: {} })).json.accounts;
    expect(told.map(({ accountId }: { accountId: string }) => accountId)).toEqual([office.accountId, second]);

    const found = lines((await office.ada.call('searchAccounts', { query: { q: 'in:inbox is:unread' } })).json);
    expect(new Set(found.flatMap(({ accountId }) => accountId ?? []))).toEqual(new Set([office.accountId, second]));
    expect(found.at(-1)).toMatchObject({ type: 'done' });
    const nowhere = lines((await office.ada.call('searchAccounts', { query: { q: 'in:nowhere x' } })).json);
    expect(nowhere.at(-1)).toMatchObject({ type: 'problem', code: 'notFound' });

    const move = { ids: [own], toAccountId: office.accountId, to: office.boxId('Projects') };
    const moved = await office.ada.call('transferMessages', { params: { accountId: second }, body: move });
    expect(moved.json.results).toEqual([{ id: own, newId: expect.any(String) }]);
    const { newId } = moved.json.results[0];
    expect((await office.ada.call('getMessage', { params: at({ messageId: newId }) })).status).toBe(200);
    expect((await office.ada.call('getMessage', { params: { accountId: second, messageId: own } })).status).toBe(404);
    expect((await office.ada.call('removeAccount', { params: { accountId: second } })).status).toBe(204);
    expect((await office.ada.call('listInboxes')).json.total).toBe(alone.total);
  });

  test('a name among all of the browser is no id of the API', async () => {
    const [first] = (await list('inbox')).items;
    const united = `${office.accountId}~${first?.id}`;
    expect((await office.ada.call('getMessage', { params: at({ messageId: united }) })).json.code).toBe('notFound');
    const answer = await office.ada.call('moveMessages', {
      params: at(),
      body: { ids: [united, `~${first?.id}`], to: boxId('Projects') },
    });
    const codes = answer.json.results.map(({ error }: { error?: { code: string } }) => error?.code);
    expect(codes).toEqual(['notFound', 'notFound']);
    expect((await office.ada.call('getMessage', { params: at({ messageId: first?.id ?? '' }) })).status).toBe(200);
  });
});

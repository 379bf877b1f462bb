import { describe, expect, test } from 'vitest';
import { password, useProduct } from './testing/office.ts';

const office = useProduct();
const { at, boxId, idOf, list } = office;

describe('the same write twice', () => {
  const key = () => ({ 'idempotency-key': Math.random().toString(36) });
  const countOf = async (mailbox: string) => (await list(mailbox)).total as number;

  test('one key copies once, and both get the same answer; another key copies again', async () => {
    const body = { ids: [await idOf('inbox', 'letter 10')], to: boxId('Projects') };
    const before = await countOf('Projects');
    const headers = key();
    const first = await office.ada.call('copyMessages', { params: at(), body, headers });
    const second = await office.ada.call('copyMessages', { params: at(), body, headers });
    expect(second.text).toBe(first.text);
    expect([first, second].map((answer) => answer.headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect(await countOf('Projects')).toBe(before + 1);
    await office.ada.call('copyMessages', { params: at(), body, headers: key() });
    expect(await countOf('Projects')).toBe(before + 2);
  });

  test('two at the same moment are done once', async () => {
    const body = { ids: [await idOf('inbox', 'letter 11')], to: boxId('Projects') };
    const before = await countOf('Projects');
    const headers = key();
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => office.ada.call('copyMessages', { params: at(), body, headers })),
    );
    expect(answers.filter((answer) => answer.status === 200 || answer.status === 409)).toHaveLength(4);
    expect(await countOf('Projects')).toBe(before + 1);
  });

  test('a key that was used for something else is refused, and one that is no key', async () => {
    const headers = key();
    await office.ada.call('updateSettings', { body: { theme: 'light' }, headers });
    const other = await office.ada.call('updateSettings', { body: { theme: 'dark' }, headers });
    expect(other.json).toMatchObject({ code: 'invalid', detail: 'Idempotency-Key' });
    expect((await office.ada.call('getSettings')).json.theme).toBe('light');
    const long = await office.ada.call('updateSettings', { body: {}, headers: { 'idempotency-key': 'x'.repeat(256) } });
    expect(long.json.code).toBe('invalid');
  });

  test('a key belongs to its sign-in', async () => {
    const headers = key();
    const other = office.person();
    await other.signIn({ username: 'ada@example.org', password });
    await office.ada.call('updateSettings', { body: { theme: 'light' }, headers });
    const theirs = await other.call('updateSettings', { body: { theme: 'system' }, headers });
    expect([theirs.status, theirs.headers.get('idempotency-replayed')]).toEqual([200, null]);
  });
});

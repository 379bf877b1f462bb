import { describe, expect, it } from 'vitest';
import type { MessageSummary } from '../../mail/model.ts';
import { ApiError } from '../api-error.ts';
import { createPendingChanges } from '../list/pending.ts';
import { rowOf } from '../testing/rows.ts';
import { createSearchStore } from './search-store.ts';

const at = (day: number) => `2026-11-${day}T10:00:00.000Z`;
const inbox = (id: string, day: number) => rowOf(id, { receivedAt: at(day) });
const boats = (id: string, day: number) => rowOf(id, { mailboxId: 'boats', receivedAt: at(day) });

/** Found: one in each of two folders. What a folder is asked for again waits until the test answers. */
async function found() {
  const asked: {
    mailboxId: string;
    answer: (items: MessageSummary[] | null) => void;
    fail: (error: unknown) => void;
  }[] = [];
  const pending = createPendingChanges();
  const store = createSearchStore(
    async function* () {
      yield { type: 'hits' as const, mailboxId: 'inbox', items: [inbox('a', 20)] };
      yield { type: 'hits' as const, mailboxId: 'boats', items: [boats('b', 19)] };
    },
    (mailboxId) => new Promise((answer, fail) => asked.push({ mailboxId, answer, fail })),
    pending,
  );
  store.look(0, 20);
  await expect.poll(() => store.getProgress().isRunning).toBe(false);
  const ids = () => [...store.getSnapshot().list.rows.values()].map(({ id }) => id);
  const next = async () => {
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    const one = asked.shift();
    if (one === undefined) throw new Error('nothing was asked');
    return one;
  };
  return { store, pending, asked, ids, next };
}

describe('what was found, in a folder that has changed since', () => {
  it('comes and goes in its place, and what was found elsewhere stays', async () => {
    const { store, ids, next } = await found();
    const kept = store.find('b')?.row;
    store.renew('inbox', true);
    store.renew('inbox', false);
    const one = await next();
    expect(one.mailboxId).toBe('inbox');
    one.answer([inbox('c', 21), inbox('d', 18)]);
    await expect.poll(ids).toEqual(['c', 'b', 'd']);
    expect(store.find('b')?.row).toBe(kept);
    expect(store.getSnapshot().list.total).toBe(3);
    store.rest();
  });

  it('is asked for again where something was written meanwhile', async () => {
    const { store, ids, next } = await found();
    store.renew('inbox', false);
    const before = await next();
    store.removeMessages(new Set(['a']));
    before.answer([inbox('a', 20)]);
    const after = await next();
    expect(ids()).toEqual(['b']);
    after.answer([inbox('e', 22)]);
    await expect.poll(ids).toEqual(['e', 'b']);
    store.rest();
  });

  it('stays as it was where it would be too much to look for', async () => {
    const { store, ids, next } = await found();
    store.renew('boats', false);
    (await next()).answer(null);
    store.renew('inbox', false);
    (await next()).answer([]);
    await expect.poll(ids).toEqual(['b']);
    store.rest();
  });

  it('is named among the gaps while its folder cannot be searched', async () => {
    const { store, ids, next } = await found();
    store.renew('boats', false);
    (await next()).fail(new ApiError({ code: 'unreachable', status: 0 }));
    await expect.poll(() => store.getProgress().incomplete).toEqual([{ mailboxId: 'boats', code: 'unreachable' }]);
    expect(ids()).toEqual(['a', 'b']);
    store.renew('boats', false);
    (await next()).answer([]);
    await expect.poll(ids).toEqual(['a']);
    expect(store.getProgress().incomplete).toEqual([]);
    store.rest();
  });

  it('leaves a row under the pointer that was marked here, and goes with what others change later', async () => {
    const { store, asked, next } = await found();
    store.setKeywords(new Set(['a']), ['$seen'], []);
    store.renew('inbox', true);
    store.renew('boats', false);
    expect((await next()).mailboxId).toBe('boats');
    expect(asked).toEqual([]);
    store.rest();
  });
});

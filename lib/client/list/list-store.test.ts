import { describe, expect, it } from 'vitest';
import type { MessageSummary, Page } from '../../mail/model.ts';
import { ApiError } from '../api-error.ts';
import { folderOf } from '../testing/rows.ts';
import { createListStore } from './list-store.ts';
import { createPendingChanges } from './pending.ts';

/** A server whose answers wait until the test lets them go. */
function slowServer(count: number) {
  const folder = folderOf(count);
  const asked: { position: number; signal: AbortSignal; answer: () => void; fail: (error: unknown) => void }[] = [];
  const fetchWindow = (position: number, limit: number, signal: AbortSignal) =>
    new Promise<Page<MessageSummary>>((resolve, reject) => {
      // What the server answers is what it knew when it was asked.
      const page = folder.page(position, limit);
      asked.push({ position, signal, answer: () => resolve(page), fail: reject });
    });
  const next = () => {
    const one = asked.shift();
    if (one === undefined) throw new Error('nothing was asked');
    return one;
  };
  return { folder, fetchWindow, asked, next };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

async function opened(count = 1_000, dependsOnKeywords = false) {
  const server = slowServer(count);
  const pending = createPendingChanges();
  const store = createListStore(server.fetchWindow, pending, { dependsOnKeywords });
  store.look(0, 20);
  server.next().answer();
  await settled();
  const first = () => store.getSnapshot().shown.at(0)?.id;
  return { server, pending, store, first };
}

describe('a live list', () => {
  it('fetches one window for the first screen and none again while it is looked at', async () => {
    const { server, store } = await opened();
    expect(store.getSnapshot().shown.count).toBe(1_000);
    store.look(3, 23);
    expect(server.asked).toHaveLength(0);
    store.look(40, 60);
    expect(server.asked.map((one) => one.position)).toEqual([50]);
  });

  it('aborts the windows that were flung past and fetches the one where the scroll rests', async () => {
    const { server, store } = await opened();
    store.look(45, 65);
    const passed = server.asked[0];
    store.look(500, 520);
    store.look(900, 920);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(passed?.signal.aborted).toBe(true);
    expect(server.asked.map((one) => one.position)).toEqual([50, 900]);
  });

  it('drops an answer that began before a removal was committed, and asks again', async () => {
    const { server, store, first } = await opened();
    store.refresh();
    const late = server.next();
    store.removeMessages(new Set(['m0']));
    server.folder.remove('m0');
    expect(first()).toBe('m1');
    late.answer();
    await settled();
    expect(first()).toBe('m1');
    server.next().answer();
    await settled();
    expect(first()).toBe('m1');
    expect(store.getSnapshot().shown.count).toBe(999);
  });

  it('shows the right total when the server had already removed what is still being removed', async () => {
    const { server, pending, store } = await opened();
    const stamp = pending.add({ kind: 'remove', ids: new Set(['m0']) });
    server.folder.remove('m0');
    store.refresh();
    server.next().answer();
    await settled();
    expect(store.getSnapshot().shown.count).toBe(999);
    store.removeMessages(new Set(['m0']));
    pending.end(stamp);
    server.next().answer();
    await settled();
    expect(store.getSnapshot().shown.count).toBe(999);
  });

  it('keeps what was marked here in its place, where the list is of what is not so marked', async () => {
    const { server, pending, store, first } = await opened(1_000, true);
    const whole = await opened();
    for (const one of [store, whole.store]) {
      const stamp = pending.add({ kind: 'keywords', ids: new Set(['m0']), add: ['$seen'], remove: [] });
      one.refreshKeywords();
      one.setKeywords(new Set(['m0']), ['$seen'], []);
      pending.end(stamp);
      one.refreshKeywords();
    }
    expect(server.asked).toHaveLength(0);
    expect(first()).toBe('m0');
    expect(whole.server.asked.length).toBeGreaterThan(0);
    store.refresh();
    expect(server.asked).toHaveLength(1);
  });

  it('is read again where others have marked what it is of', async () => {
    const { server, store } = await opened(1_000, true);
    store.refreshKeywords();
    expect(server.asked).toHaveLength(1);
  });

  it('counts what has come in above, until it has been acknowledged', async () => {
    const { server, store } = await opened();
    store.look(30, 45);
    server.folder.arrive('a', 'b', 'c');
    store.refresh();
    server.next().answer();
    await settled();
    expect(store.getSnapshot().arrived).toBe(3);
    expect(store.getSnapshot().shown.indexOf('m0')).toBe(3);
    store.acknowledge();
    expect(store.getSnapshot().arrived).toBe(0);
  });

  it('tells why the first window failed, and tries again when asked', async () => {
    const server = slowServer(10);
    const store = createListStore(server.fetchWindow, createPendingChanges());
    store.look(0, 20);
    server.next().fail(new ApiError({ code: 'unreachable', status: 503 }));
    await settled();
    expect(store.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'unreachable' } });
    store.refresh();
    server.next().answer();
    await settled();
    expect(store.getSnapshot()).toMatchObject({ status: 'ready', error: null });
  });

  it('keeps its rows when a later window fails', async () => {
    const { server, store } = await opened();
    store.look(45, 60);
    server.next().fail(new ApiError({ code: 'timeout', status: 504 }));
    await settled();
    expect(store.getSnapshot()).toMatchObject({ status: 'ready', error: { code: 'timeout' } });
    expect(store.getSnapshot().shown.at(0)?.id).toBe('m0');
  });
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMailApp } from '@/lib/client/app/mail-app';
import { type ComposerStore, createComposerStore } from '@/lib/client/compose/composer-store';
import { startDraftsServer } from '@/lib/client/compose/testing/drafts-server';
import { emptyWritten } from '@/lib/client/compose/written';
import type { Session } from '@/lib/contract/operations';
import { choicesOf } from './use-other-version';

const session = { username: 'me', accounts: [{ id: 'a' }] } as Session;
const from = { name: null, email: 'me@example.org' };
const t = ((name: string) => name) as unknown as Parameters<typeof choicesOf>[0]['t'];

let server: Awaited<ReturnType<typeof startDraftsServer>>;
let store: ComposerStore;
let app: ReturnType<typeof createMailApp>;
const subjects = () => server.drafts.map(({ subject }) => subject);
const names = () => new Set(server.drafts.map(({ messageId }) => messageId)).size;
const write = async (subject: string) => {
  store.change({ subject });
  await store.saveDraft();
};

/** A draft of which another version is on the server too. */
beforeEach(async () => {
  server = await startDraftsServer();
  const { fetch } = globalThis;
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  vi.stubGlobal('window', Object.assign(new EventTarget(), { location: { href: 'http://here/mail' } }));
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => fetch(`${server.url}${path}`, init));
  app = createMailApp({ href: 'http://here/mail', session, drawnAt: 0 }, () => undefined);
  const written = emptyWritten({ accountId: 'a', from, isPlain: true, messageId: 'one@example.org' });
  store = createComposerStore('me', written);
  await write('Nets');
  server.writeElsewhere('d1', 'Ropes');
  await write('Nets for the winter');
});
afterEach(async () => {
  vi.useRealTimers();
  await store.stop();
  server.stop();
  vi.unstubAllGlobals();
});

const choices = () => choicesOf({ app, store, sending: { discard: () => undefined }, t, undo: 'Undo' });

test('both are kept as two drafts, each with a name of its own', async () => {
  await choices().both();
  await store.saveDraft();
  expect(store.save.get().otherId).toBeNull();
  expect(subjects()).toEqual(['Ropes', 'Nets for the winter']);
  expect(names()).toBe(2);
});

test('where this one is used the other goes once that can no longer be taken back', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await choices().mine();
  expect(store.save.get().otherId).toBeNull();
  vi.advanceTimersByTime(7_000);
  app.lastUndo.get()?.();
  // Taken back, it asks again, and nothing has gone.
  expect(store.save.get().otherId).toBe('d2');
  vi.advanceTimersByTime(60_000);
  expect(server.asked.filter((one) => one.startsWith('DELETE'))).toEqual([]);

  await choices().mine();
  vi.advanceTimersByTime(9_000);
  vi.useRealTimers();
  await vi.waitFor(() => expect(subjects()).toEqual(['Nets for the winter']));
  await write('Nets for the spring');
  expect(store.save.get()).toMatchObject({ isDirty: false, otherId: null });
});

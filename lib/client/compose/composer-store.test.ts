import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ComposerStore, createComposerStore } from './composer-store.ts';
import { startDraftsServer } from './testing/drafts-server.ts';
import { emptyWritten, type Written } from './written.ts';

const empty = emptyWritten({
  accountId: 'a',
  from: { name: null, email: 'me@example.org' },
  isPlain: true,
  messageId: 'one@example.org',
});

let server: Awaited<ReturnType<typeof startDraftsServer>>;
let stores: ComposerStore[];
const open = (written: Written = empty) => {
  const store = createComposerStore('me', written);
  stores.push(store);
  return store;
};
const subjects = () => server.drafts.map(({ subject }) => subject);
/** Another change, and all of it on the server. */
const write = async (store: ComposerStore, subject: string) => {
  store.change({ subject });
  await store.saveDraft();
};

beforeEach(async () => {
  server = await startDraftsServer();
  stores = [];
  // What a page has and Node has not; requests of a page go to where it came from.
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const { fetch } = globalThis;
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => fetch(`${server.url}${path}`, init));
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.stop()));
  server.stop();
  vi.unstubAllGlobals();
});

test('a first save that is slow makes one draft, however many saves wait for it', async () => {
  const release = server.hold();
  const store = open();
  const first = write(store, 'Nets');
  const others = [write(store, 'Nets for'), write(store, 'Nets for the winter')];
  await vi.waitFor(() => expect(server.asked).toHaveLength(1));
  release();
  await Promise.all([first, ...others]);
  expect(subjects()).toEqual(['Nets for the winter']);
  expect(server.asked).toEqual(['POST', 'PUT d1']);
  expect(store.save.get()).toMatchObject({ isDirty: false, otherId: null });
});

test('what is thrown away while its first save is under way leaves nothing on the server', async () => {
  const release = server.hold();
  const store = open();
  const saving = write(store, 'A secret');
  await vi.waitFor(() => expect(server.asked).toHaveLength(1));
  const stopped = store.stop().then(store.discard);
  expect(store.written.get().draftId).toBeNull();
  release();
  await Promise.all([saving, stopped]);
  expect(server.asked).toEqual(['POST', 'DELETE d1']);
  expect(subjects()).toEqual([]);
});

test('what is thrown away after a save that nobody answered leaves nothing on the server', async () => {
  for (const before of [[], ['Nets']]) {
    const store = open({ ...empty, messageId: `lost-${before.length}@example.org` });
    for (const subject of before) await write(store, subject);
    server.will.loseAnswers = 2;
    await write(store, 'A secret');
    expect(store.save.get()).toMatchObject({ problem: { code: 'offline' } });
    expect(subjects()).toEqual(['A secret']);
    await store.stop();
    await store.discard();
    expect(subjects()).toEqual([]);
  }
  // Where nobody answers now either, it is told.
  const store = open({ ...empty, messageId: 'lost@example.org' });
  server.will.loseAnswers = 4;
  await write(store, 'A secret');
  await store.stop();
  await expect(store.discard()).rejects.toMatchObject({ code: 'offline' });
});

test('a draft that was written on elsewhere asks, until it is a draft of its own', async () => {
  const store = open();
  await write(store, 'Nets');
  server.writeElsewhere('d1', 'Ropes');
  await write(store, 'Nets for the winter');
  expect(store.save.get().otherId).toBe('d2');
  // Going on answers nothing.
  await write(store, 'Nets for the summer');
  expect(store.save.get().otherId).toBe('d2');
  expect(subjects()).toEqual(['Ropes', 'Nets for the summer']);
  await store.separate();
  await store.saveDraft();
  expect(store.save.get().otherId).toBeNull();
  expect(subjects()).toEqual(['Ropes', 'Nets for the summer']);
  expect(new Set(server.drafts.map(({ messageId }) => messageId)).size).toBe(2);
});

test('a draft that was copied asks nothing, and has a name of its own from then on', async () => {
  const store = open();
  await write(store, 'Nets');
  server.copy('d1');
  await write(store, 'Nets for the winter');
  expect(store.save.get()).toMatchObject({ isDirty: true, otherId: null });
  await store.saveDraft();
  await write(store, 'Nets for the summer');
  expect(store.save.get()).toMatchObject({ isDirty: false, otherId: null });
  expect(subjects()).toEqual(['Nets', 'Nets for the summer']);
  expect(new Set(server.drafts.map(({ messageId }) => messageId)).size).toBe(2);
  // The copy is a draft like any other: written on elsewhere it is another version of nothing here.
  server.writeElsewhere('d2', 'Ropes');
  await write(store, 'Nets for the spring');
  expect(store.save.get().otherId).toBeNull();
});

test('another version that is dealt with is not asked about again, but a later one is', async () => {
  const store = open();
  await write(store, 'Nets');
  server.writeElsewhere('d1', 'Ropes');
  await write(store, 'Nets for the winter');
  store.settleOther('d2');
  await write(store, 'Nets for the summer');
  expect(store.save.get().otherId).toBeNull();
  const { id } = server.writeElsewhere('d2', 'Ropes and sails');
  await write(store, 'Nets for the spring');
  expect(store.save.get().otherId).toBe(id);
});

test('a save whose answer was lost is one version, and not taken for somebody else’s', async () => {
  const store = open();
  await write(store, 'Nets');
  // The request, and its repetition under the same key.
  server.will.loseAnswers = 2;
  await write(store, 'Nets for the winter');
  expect(store.save.get()).toMatchObject({ isDirty: true, problem: { code: 'offline' } });
  await write(store, 'Nets for the summer');
  expect(store.save.get()).toMatchObject({ isDirty: true, problem: null, otherId: null });
  await store.saveDraft();
  expect(store.save.get()).toMatchObject({ isDirty: false, otherId: null });
  expect(subjects()).toEqual(['Nets for the summer']);
});

test('beside a version that the server does not remove one more is put, and the last; then all go that can', async () => {
  const store = open();
  await write(store, 'Nets');
  server.will.removesNothing = true;
  await write(store, 'Nets for');
  for (const subject of ['Nets for the', 'Nets for the winter']) await write(store, subject);
  expect(subjects()).toEqual(['Nets', 'Nets for']);
  expect(store.save.get()).toMatchObject({ isDirty: true, isLeft: true, otherId: null });
  await store.finish();
  expect(subjects()).toEqual(['Nets', 'Nets for', 'Nets for the winter']);
  expect(store.save.get()).toMatchObject({ isDirty: false, otherId: null });

  // The control: where it removes them again one draft is one draft.
  server.drafts.length = 0;
  server.will.removesNothing = false;
  const another = open({ ...empty, messageId: 'two@example.org' });
  await write(another, 'Sails');
  server.will.removesNothing = true;
  await write(another, 'Sails for');
  server.will.removesNothing = false;
  await write(another, 'Sails for the summer');
  expect(subjects()).toEqual(['Sails for the summer']);
  expect(another.save.get()).toMatchObject({ isDirty: false, isLeft: false });
});

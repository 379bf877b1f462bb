import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Deed } from '@/lib/client/actions/deed';
import { createMailApp } from '@/lib/client/app/mail-app';
import type { Session } from '@/lib/contract/operations';
import type { Words } from './commands/words';
import { followKeptDeeds, takeBackKept } from './kept-deeds';
import { offerOnce } from './offer-undo';

const words = ((name: string) => name) as unknown as Words;
const session = { username: 'ann', accounts: [{ id: 'a' }, { id: 'b' }] } as Session;
const deed: Deed = { accountId: 'a', type: 'moved', to: { name: 'Trash' }, homes: [['inbox', ['1']]] };
let stored: Map<string, string>;

beforeEach(() => {
  stored = new Map();
  const localStorage = {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => void stored.set(name, value),
  };
  vi.stubGlobal('window', Object.assign(new EventTarget(), { localStorage, location: { href: 'http://here/mail' } }));
});
afterEach(() => void vi.unstubAllGlobals());

const opened = () => createMailApp({ href: 'http://here/mail', session, drawnAt: 0 }, () => undefined);
const keep = (doneAt: number, ...accountIds: string[]) =>
  stored.set(
    'posthorn:deeds',
    JSON.stringify({ deeds: accountIds.map((accountId) => ({ ...deed, accountId })), doneAt }),
  );

test('what another page did can be taken back here, for an hour, and by nobody else', () => {
  for (const [doneAt, accountIds, isOffered] of [
    [Date.now() - 40 * 60_000, ['a'], true],
    [Date.now() - 40 * 60_000, ['a', 'b'], true],
    [Date.now() - 61 * 60_000, ['a'], false],
    [Date.now(), ['of somebody else'], false],
    // Never a part of what was done as one thing.
    [Date.now(), ['a', 'taken away'], false],
  ] as const) {
    keep(doneAt, ...accountIds);
    const app = opened();
    followKeptDeeds(app, words)();
    expect(app.lastUndo.get() !== null).toBe(isOffered);
  }
});

test('what was done before this was loaded keeps its Undo', () => {
  keep(Date.now(), 'a');
  const app = opened();
  const undo = () => undefined;
  app.lastUndo.set(() => undo);
  followKeptDeeds(app, words)();
  expect(app.lastUndo.get()).toBe(undo);
});

test('what another tab took back is not offered any more', () => {
  keep(Date.now(), 'a');
  const app = opened();
  const end = followKeptDeeds(app, words);
  expect(app.lastUndo.get()).not.toBeNull();
  window.dispatchEvent(Object.assign(new Event('storage'), { key: 'posthorn:deeds', newValue: 'null' }));
  expect(app.lastUndo.get()).toBeNull();
  end();
});

test('what another tab did is taken back here, once, also before this page has heard of it', () => {
  const app = opened();
  followKeptDeeds(app, words)();
  const actionsOf = vi.spyOn(app, 'actionsOf');
  takeBackKept(app);
  expect(actionsOf).not.toHaveBeenCalled();
  keep(Date.now(), 'a', 'b');
  for (const _ of [1, 2]) takeBackKept(app);
  expect(actionsOf.mock.calls).toEqual([['a'], ['b']]);
  expect(stored.get('posthorn:deeds')).toBe('null');
});

test('what was done before the last action is not taken back in its place, after a reload either', () => {
  keep(Date.now(), 'a');
  const before = opened();
  followKeptDeeds(before, words)();
  offerOnce(before, 'Undo', { text: 'Sent' }, () => undefined);
  const after = opened();
  followKeptDeeds(after, words)();
  expect(after.lastUndo.get()).toBeNull();
});

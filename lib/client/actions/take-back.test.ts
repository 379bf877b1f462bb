import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Mailbox } from '../../mail/model.ts';
import { createListStore } from '../list/list-store.ts';
import { createPendingChanges } from '../list/pending.ts';
import { rowOf } from '../testing/rows.ts';
import type { ActionEnvironment, ActionReport, Subject, Undo } from './environment.ts';
import { markMessages } from './keywords.ts';
import { moveMessages } from './move.ts';
import { takeBack } from './take-back.ts';
import { startMessagesServer } from './testing/messages-server.ts';
import { transferMessages } from './transfer.ts';

const mailbox = (id: string) => ({ id, name: id }) as Mailbox;
const of = (...ids: string[]): Subject => ({
  ids,
  rows: new Map(ids.map((id) => [id, rowOf(id)])),
  mailboxId: 'inbox',
});

let server: Awaited<ReturnType<typeof startMessagesServer>>;
beforeEach(async () => {
  server = await startMessagesServer();
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => fetch(`${server.url}${path}`, init));
});
afterEach(() => {
  server.stop();
  vi.unstubAllGlobals();
});

/** A page that shows the Inbox of account `a`, and what it tells. */
function openPage(...ids: string[]) {
  const reports: ActionReport[] = [];
  const pending = createPendingChanges();
  const items = ids.map((id) => rowOf(id));
  const initial = { position: 0, total: items.length, state: '1', items };
  const list = createListStore(() => new Promise(() => undefined), pending, { initial });
  const queries = new QueryClient();
  const report = (one: ActionReport) => void reports.push(one);
  const actionsOf = (accountId: string): ActionEnvironment => ({
    accountId,
    pending: accountId === 'a' ? pending : createPendingChanges(),
    lists: { all: () => (accountId === 'a' ? [list] : []), ofMailbox: () => [] },
    queries,
    report,
  });
  const env = actionsOf('a');
  return {
    env,
    actionsOf,
    types: () => reports.map(({ type }) => type),
    shown: () => {
      const { shown } = list.getSnapshot();
      return Array.from({ length: shown.count ?? 0 }, (_, at) => shown.at(at)?.keywords);
    },
    undo: () => reports.flatMap((one) => ('undo' in one && one.undo !== null ? [one.undo] : [])).at(-1) as Undo,
  };
}

test('what is done to a message on its way back is shown at once, and done when it is there', async () => {
  for (const id of ['k1', 'k2']) server.put(id);
  const page = openPage('k1', 'k2');
  await moveMessages(page.env, of('k1', 'k2'), mailbox('trash'));
  const release = server.hold();
  page.undo().takeBack();
  const starred = markMessages(page.env, of('k1'), 'flagged');
  expect(page.shown()).toEqual([['$flagged'], []]);
  const moved = moveMessages(page.env, of('k2'), mailbox('archive'));
  expect(page.shown()).toEqual([['$flagged']]);
  await vi.waitFor(() => expect(server.asked).toHaveLength(2));
  // Nothing of it is asked for by ids that name nothing.
  expect(server.asked).toEqual(['move k1 k2', 'move n1 n2']);
  release();
  await Promise.all([starred, moved]);
  expect(server.places()).toEqual(['a/archive', 'a/inbox $flagged']);
  expect(page.types()).not.toContain('refused');
  expect(page.shown()).toEqual([['$flagged']]);
  // And taken back in its turn, it is where it was before.
  page.undo().takeBack();
  await vi.waitFor(() => expect(server.places()).toEqual(['a/inbox', 'a/inbox $flagged']));
});

test('what went to another account is taken back from another page, to where it was', async () => {
  for (const id of ['t1', 't2']) server.put(id);
  const page = openPage('t1', 't2');
  await transferMessages(page.env, page.actionsOf('b'), of('t1', 't2'), mailbox('work'));
  expect(server.places()).toEqual(['b/work', 'b/work']);
  const deeds = await page.undo().deeds();
  expect(deeds).toMatchObject([{ accountId: 'b', type: 'transferred', fromAccountId: 'a', to: { name: 'work' } }]);

  const other = openPage();
  for (const deed of JSON.parse(JSON.stringify(deeds))) await takeBack(other.actionsOf, deed);
  expect(server.places()).toEqual(['a/inbox', 'a/inbox']);
  expect(other.types()).toEqual(['undone']);
  // What is not there any more is told.
  for (const deed of deeds) await takeBack(other.actionsOf, deed);
  expect(other.types()).toEqual(['undone', 'refused', 'notUndone']);
});

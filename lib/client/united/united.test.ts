import { describe, expect, test } from 'vitest';
import type { MessageSummary } from '../../mail/model.ts';
import { createLists } from '../list/lists.ts';
import { createPendingChanges } from '../list/pending.ts';
import { emptyLocation, formatLocation, parseLocation } from '../location.ts';
import { rowOf } from '../testing/rows.ts';
import { allAccounts, allInboxes, ownOf, ownRow, unitedId, unitedPage, unitedRow } from './united-id.ts';
import { createWrittenLists, unitedChanges } from './written-lists.ts';

const [home, work] = ['AAAAAAAAAAAAAAAA', 'BBBBBBBBBBBBBBBB'];

describe('names among all accounts', () => {
  test.each(['mSU5CT1g.tp7gsc.1h', 'm', 'pMDAwMDAwMDE', '', 'odd~id', '💥', '100%', 'a:b', 'a/b'])(
    'an id is what it was once its account is taken off: %s',
    (id) => {
      expect(ownOf(unitedId(work, id), home)).toEqual({ accountId: work, id });
      const place = { ...emptyLocation, accountId: allAccounts, mailboxId: allInboxes, messageId: unitedId(work, id) };
      expect(parseLocation(formatLocation(place))).toEqual(place);
    },
  );

  test('an id without an account is of the one that it stands in, and no account is taken from elsewhere', () => {
    expect(ownOf('mSU5CT1g.1.1', home)).toEqual({ accountId: home, id: 'mSU5CT1g.1.1' });
    expect(ownOf('~mSU5CT1g.1.1', home)).toEqual({ accountId: '', id: 'mSU5CT1g.1.1' });
  });

  test('a row keeps all but its names, in a conversation too', () => {
    const thread = { count: 2, ids: ['a', 'b'], unreadIds: ['b'], flaggedIds: ['a'], people: [] };
    const row = rowOf('a', { threadId: 'b', thread });
    const united = unitedRow(work, row);
    expect(united.thread?.ids).toEqual([`${work}~a`, `${work}~b`]);
    expect([united.id, united.mailboxId, united.threadId]).toEqual([`${work}~a`, `${work}~inbox`, `${work}~b`]);
    expect(ownRow(united)).toEqual(row);
  });
});

/** All Inboxes over two accounts whose messages have the same ids, as it is after its first page. */
function bothAccounts() {
  const [ofHome, ofWork] = [createPendingChanges(), createPendingChanges()];
  const pending = {
    get: () => [...unitedChanges(home, ofHome), ...unitedChanges(work, ofWork)],
    subscribe(listener: () => void) {
      const stops = [ofHome.subscribe(listener), ofWork.subscribe(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
  const view = { accountId: allAccounts, mailboxId: allInboxes, sort: 'receivedAt', isAscending: false } as const;
  const items = ['one', 'two'].flatMap((id) => [home, work].map((accountId) => ({ ...rowOf(id), accountId })));
  const page = unitedPage({ position: 0, total: 4, state: 's', items, missing: [] });
  const united = createLists(pending, { view: { ...view, filter: null, isCollapsed: false }, page });
  const own = createLists(ofWork);
  const written = createWrittenLists(
    work,
    own,
    () => united,
    (mailboxId) => mailboxId === 'inbox',
  );
  const [list] = united.all();
  if (list === undefined) throw new Error('no list');
  const shown = () => {
    const { shown: now } = list.getSnapshot();
    return Array.from({ length: now.count ?? 0 }, (_, at) =>
      now.at(at)?.id.replace(home, 'home').replace(work, 'work'),
    );
  };
  return { ofWork, written, list, shown };
}

describe('what is done in one account, among all', () => {
  const before = ['home~one', 'work~one', 'home~two', 'work~two'];

  test('is shown at once, and nothing of the other account that has the same id goes with it', () => {
    const { ofWork, shown, list } = bothAccounts();
    expect(shown()).toEqual(before);
    const stamp = ofWork.add({ kind: 'remove', ids: new Set(['one']) });
    expect(shown()).toEqual(['home~one', 'home~two', 'work~two']);
    ofWork.end(stamp);
    expect(shown()).toEqual(before);
    ofWork.add({ kind: 'keywords', ids: new Set(['two']), add: ['$seen'], remove: [] });
    const seen = (at: number) => list.getSnapshot().shown.at(at)?.keywords;
    expect([seen(2), seen(3)]).toEqual([[], ['$seen']]);
  });

  test('is found and told by the names that the account has, and is put back where it was', () => {
    const { written, shown } = bothAccounts();
    const [list] = written.ofMailbox('inbox');
    const entry = list?.find('one');
    expect(entry).toMatchObject({ position: 1, row: { id: 'one', mailboxId: 'inbox' } });
    expect(list?.find('three')).toBeUndefined();
    list?.removeMessages(new Set(['one']));
    expect(shown()).toEqual(['home~one', 'home~two', 'work~two']);
    list?.restoreMessages(entry === undefined ? [] : [entry]);
    expect(shown()).toEqual(before);
  });

  test('reaches all Inboxes when it is about the Inbox, and not when it is about another folder', () => {
    const { written } = bothAccounts();
    expect(written.ofMailbox('inbox')).toHaveLength(1);
    expect(written.ofMailbox('archive')).toEqual([]);
    // A write names its list by what it was given before.
    expect(written.ofMailbox('inbox')[0]).toBe(written.all()[0]);
  });

  test('no message of an account is among all under a name of its own', () => {
    const { list } = bothAccounts();
    const rows = [...list.getSnapshot().list.rows.values()] satisfies MessageSummary[];
    expect(rows.every(({ id, mailboxId }) => id.includes('~') && mailboxId.includes('~'))).toBe(true);
    expect(list.find('one')).toBeUndefined();
  });
});

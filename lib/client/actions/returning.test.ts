import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { createListStore } from '../list/list-store.ts';
import { createPendingChanges } from '../list/pending.ts';
import { queryKeys } from '../query-keys.ts';
import { rowOf } from '../testing/rows.ts';
import type { ActionEnvironment } from './environment.ts';
import { namesOf, renameMessages } from './rename.ts';
import { idNow, type Names, startReturning } from './returning.ts';

it('a message on its way back is asked for once it is there, by its new id', async () => {
  let arrive: (names: Names) => void = () => undefined;
  startReturning('a', ['m1', 'm2'], new Promise<Names>((resolve) => (arrive = resolve)));
  let asked: string | null = null;
  const asking = idNow('a', 'm1').then((id) => {
    asked = id;
  });
  // Nobody else waits: not another message, and not the same id in another account.
  expect(await Promise.all([idNow('a', 'other'), idNow('b', 'm1')])).toEqual(['other', 'm1']);
  expect(asked).toBeNull();
  arrive(new Map([['m1', 'n1']]));
  await asking;
  expect(asked).toBe('n1');
  // Of the other it was not told: its id is all that there is.
  expect(await idNow('a', 'm2')).toBe('m2');
});

it('a message that went and came back twice is asked for by its last id, and one that could not come back by its own', async () => {
  startReturning('a', ['k1', 'lost'], Promise.resolve(new Map([['k1', 'k2']])));
  startReturning('a', ['k2'], Promise.resolve(new Map([['k2', 'k3']])));
  startReturning('a', ['refused'], Promise.reject(new Error('refused')));
  expect(await Promise.all(['k1', 'lost', 'refused'].map((id) => idNow('a', id)))).toEqual(['k3', 'lost', 'refused']);
});

it('rows, conversations and what was read are called by the ids that came back, where they stand', async () => {
  const thread = { count: 2, ids: ['m1', 'm2'], unreadIds: ['m2'], flaggedIds: [], people: [] };
  const items = [rowOf('m0'), rowOf('m1', { thread }), rowOf('m3')];
  const page = { position: 0, total: 3, state: '1', items };
  const list = createListStore(async () => page, createPendingChanges(), { initial: page });
  const queries = new QueryClient();
  queries.setQueryData(queryKeys.message('a', 'm2'), { id: 'm2', subject: 'Read before' });
  const env = { accountId: 'a', lists: { all: () => [list] }, queries } as unknown as ActionEnvironment;
  const gone = new Map([
    ['m1', 't1'],
    ['m2', 't2'],
    ['m3', null],
  ]);
  const names = namesOf(
    gone,
    new Map([
      ['t1', 'n1'],
      ['t2', 'n2'],
      ['t9', 'n9'],
    ]),
  );
  expect([...names]).toEqual([
    ['m1', 'n1'],
    ['m2', 'n2'],
  ]);
  renameMessages(env, names);
  const { shown } = list.getSnapshot();
  expect([0, 1, 2].map((at) => shown.at(at)?.id)).toEqual(['m0', 'n1', 'm3']);
  expect(shown.at(1)?.thread).toMatchObject({ ids: ['n1', 'n2'], unreadIds: ['n2'] });
  expect(list.find('m1')).toBeUndefined();
  expect(queries.getQueryData(queryKeys.message('a', 'n2'))).toEqual({ id: 'n2', subject: 'Read before' });
});

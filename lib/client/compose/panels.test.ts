import { expect, test } from 'vitest';
import { closeComposer, createComposers, openComposer, setPanelView } from './panels.ts';

const start = { kind: 'new', accountId: 'a' } as const;
const draftOf = (id: string) => ({ kind: 'draft', accountId: 'a', message: { id } }) as never;

test('several composers stand beside each other, the latest last', () => {
  const composers = createComposers();
  const first = openComposer({ composers }, start);
  const second = openComposer({ composers }, start);
  expect(composers.get().map(({ id }) => id)).toEqual([first, second]);
  closeComposer({ composers }, first);
  expect(composers.get().map(({ id }) => id)).toEqual([second]);
});

test('a draft is opened once', () => {
  const composers = createComposers();
  const first = openComposer({ composers }, draftOf('d1'));
  setPanelView({ composers }, first, 'minimised');
  expect(openComposer({ composers }, draftOf('d1'))).toBe(first);
  expect(composers.get()).toMatchObject([{ id: first, view: 'open' }]);
  expect(openComposer({ composers }, draftOf('d2'))).not.toBe(first);
});

test('one at most fills the screen', () => {
  const composers = createComposers();
  const first = openComposer({ composers }, start);
  const second = openComposer({ composers }, start);
  setPanelView({ composers }, first, 'full');
  setPanelView({ composers }, second, 'full');
  expect(composers.get().map(({ view }) => view)).toEqual(['open', 'full']);
});

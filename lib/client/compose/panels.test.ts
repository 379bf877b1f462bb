import { expect, test } from 'vitest';
import { closeComposer, createComposers, nameComposer, openComposer, setPanelView } from './panels.ts';

const start = { kind: 'new', accountId: 'a' } as const;
const draftOf = (id: string, messageId: string | null = null, accountId = 'a') =>
  ({ kind: 'draft', accountId, message: { id, messageId } }) as never;

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

test('a draft that is being written comes to the front, whichever version of it is opened, and no other does', () => {
  const composers = createComposers();
  const first = openComposer({ composers }, start);
  nameComposer({ composers }, first, 'one@x.org');
  setPanelView({ composers }, first, 'minimised');
  expect(openComposer({ composers }, draftOf('d7', 'one@x.org'))).toBe(first);
  expect(composers.get()).toMatchObject([{ id: first, view: 'open' }]);
  const another = openComposer({ composers }, draftOf('d7', 'one@x.org', 'b'));
  const nameless = openComposer({ composers }, draftOf('d8'));
  expect(new Set([first, another, nameless]).size).toBe(3);
});

test('one at most fills the screen', () => {
  const composers = createComposers();
  const first = openComposer({ composers }, start);
  const second = openComposer({ composers }, start);
  setPanelView({ composers }, first, 'full');
  setPanelView({ composers }, second, 'full');
  expect(composers.get().map(({ view }) => view)).toEqual(['open', 'full']);
});

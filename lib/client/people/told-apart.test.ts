import { expect, test } from 'vitest';
import type { Identity } from '../../contract/identities.ts';
import { identityOf, labelsOf } from './told-apart.ts';

const identity = (more: Partial<Identity>) =>
  ({ name: 'Ines', email: 'ines@x.org', replyTo: null, textSignature: '', ...more }) as Identity;
const [plain, office, club, crew] = [
  identity({}),
  identity({ textSignature: 'Harbour Office\nPier 3' }),
  identity({ textSignature: 'Harbour Office\nPier 3', replyTo: 'club@x.org' }),
  identity({ name: 'Ines, crew', email: 'crew@x.org' }),
];
const written = (email: string, more: { name?: string; replyTo?: string; text?: string } = {}) => ({
  from: { name: more.name ?? 'Ines', email },
  replyTo: more.replyTo === undefined ? [] : [{ name: null, email: more.replyTo }],
  text: more.text ?? '',
});

test('identities of one name and address are called by what else they have of their own', () => {
  expect(labelsOf([plain, office, club, crew, plain])).toEqual([
    'Ines <ines@x.org>',
    'Ines <ines@x.org> · Harbour Office',
    'Ines <ines@x.org> · Harbour Office · club@x.org',
    '"Ines, crew" <crew@x.org>',
    'Ines <ines@x.org> (2)',
  ]);
});

test('which of them writes is known by its answers and its signature', () => {
  const own = [plain, office, club, crew];
  expect(identityOf(own, written('ines@x.org'))).toBe(plain);
  expect(identityOf(own, written('ines@x.org', { text: 'Hello\n\n-- \nHarbour Office\nPier 3\n' }))).toBe(office);
  expect(identityOf(own, written('INES@x.org', { replyTo: 'club@x.org' }))).toBe(club);
  expect(identityOf(own, written('crew@x.org', { name: 'Somebody' }))).toBe(crew);
  expect(identityOf(own, written('other@x.org'))).toBeNull();
});

test('an address with a detail is of the identity of its base, unless it has its own', () => {
  expect(identityOf([plain, crew], written('ines+shop@x.org'))).toBe(plain);
  const shop = identity({ email: 'ines+shop@x.org' });
  expect(identityOf([plain, shop], written('ines+shop@x.org'))).toBe(shop);
});

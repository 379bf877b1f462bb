import { describe, expect, test } from 'vitest';
import { emptyLocation, type MailLocation } from '../location.ts';
import { isShownSaved, placeOfSaved, savedFrom } from './saved.ts';

const folders = { inboxId: 'in', mailboxIds: ['in', 'work'] };
const at = (change: Partial<MailLocation>): MailLocation => ({
  ...emptyLocation,
  ...{ accountId: 'a', mailboxId: 'work', query: 'from:bo' },
  ...change,
});

describe('a search that is kept', () => {
  test.each([
    ['of all folders', at({}), at({ mailboxId: 'in' })],
    ['of one folder', at({ scope: 'mailbox' }), at({ scope: 'mailbox' })],
    ['of a folder that has gone', at({ scope: 'mailbox', mailboxId: 'gone' }), at({ mailboxId: 'in' })],
    [
      'of all accounts, begun in a folder',
      at({ accountId: 'all', mailboxId: 'a~work' }),
      at({ accountId: 'all', mailboxId: 'inboxes' }),
    ],
  ])('%s looks there again', (_, place, again) => {
    const saved = savedFrom(place, '  Bo ');
    expect(saved.name).toBe('Bo');
    expect(placeOfSaved(saved, folders)).toEqual(again);
    expect(isShownSaved(saved, place)).toBe(true);
  });

  test('is another than the same words elsewhere', () => {
    const saved = savedFrom(at({ scope: 'mailbox' }), 'Bo');
    for (const change of [{}, { query: 'from:b' }, { accountId: 'b' }, { mailboxId: 'in' }, { accountId: 'all' }]) {
      const scope = 'scope' in change || Object.keys(change).length > 0 ? 'mailbox' : 'account';
      expect(isShownSaved(saved, at({ scope, ...change }))).toBe(false);
    }
  });
});

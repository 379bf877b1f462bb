import { describe, expect, it } from 'vitest';
import { emptyLocation, formatLocation, type MailLocation, parseLocation } from './location.ts';

const places: [string, Partial<MailLocation>][] = [
  ['/mail', {}],
  ['/mail/a1', { accountId: 'a1' }],
  ['/mail/a1/mSU5CT1g', { accountId: 'a1', mailboxId: 'mSU5CT1g' }],
  ['/mail/a1/m/m.1.2', { accountId: 'a1', mailboxId: 'm', messageId: 'm.1.2' }],
  [
    '/mail/a1/m?q=from%3Aann+100%25&in=folder',
    { accountId: 'a1', mailboxId: 'm', query: 'from:ann 100%', scope: 'mailbox' },
  ],
  [
    '/mail/a1/m?sort=size&asc=1&filter=unread',
    { accountId: 'a1', mailboxId: 'm', sort: 'size', isAscending: true, filter: 'unread' },
  ],
];

describe('a location', () => {
  it.each(places)('is written as %s and read back', (href, change) => {
    const location = { ...emptyLocation, ...change };
    expect(formatLocation(location)).toBe(href);
    expect(parseLocation(href)).toEqual(location);
  });

  it('keeps ids with slashes, percent signs and emoji whole', () => {
    const location = { ...emptyLocation, accountId: 'a/b', mailboxId: '100%', messageId: '📯' };
    expect(parseLocation(formatLocation(location))).toEqual(location);
  });

  it('shows the default for what it does not know', () => {
    expect(parseLocation('/mail/a/m?sort=colour&filter=%00')).toEqual({
      ...emptyLocation,
      accountId: 'a',
      mailboxId: 'm',
    });
    expect(parseLocation('/elsewhere/a')).toEqual(emptyLocation);
    expect(parseLocation('/mail/%E0%A4%A')).toMatchObject({ accountId: '%E0%A4%A' });
  });
});

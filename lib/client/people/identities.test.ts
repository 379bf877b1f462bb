import { expect, test } from 'vitest';
import type { Identity } from '../../contract/identities.ts';
import type { Message } from '../../mail/model.ts';
import { identityFor } from './identities.ts';

const identity = (email: string, more: Partial<Identity> = {}) =>
  ({ accountId: 'a', email, isDefault: false, ...more }) as Identity;
const all = [
  identity('me@x.org'),
  identity('me+list@x.org', { isDefault: true }),
  identity('other@x.org', { accountId: 'b' }),
];
const sentTo = (...emails: string[]) =>
  ({
    from: [{ name: null, email: 'ann@x.org' }],
    to: emails.map((email) => ({ name: null, email })),
    cc: [],
    bcc: [],
  }) as unknown as Message;

test('a new message begins with the default of its account', () => {
  expect(identityFor(all, 'a', null)?.email).toBe('me+list@x.org');
  expect(identityFor(all, 'b', null)?.email).toBe('other@x.org');
  expect(identityFor(all, 'c', null)).toBeNull();
});

test('an answer comes from whom the message was sent to, in this account', () => {
  expect(identityFor(all, 'a', sentTo('ben@x.org', 'ME@x.org'))?.email).toBe('me@x.org');
  expect(identityFor(all, 'a', sentTo('other@x.org'))?.email).toBe('me+list@x.org');
  // The detail is kept: whoever was given that address knows the person by it.
  const shop = identityFor(all, 'a', sentTo('Me+Shop@x.org'));
  expect(shop).toEqual({ ...all[0], email: 'Me+Shop@x.org' });
  expect(identityFor(all, 'a', sentTo('me+list@x.org'))).toBe(all[1]);
  const own = { ...sentTo('ben@x.org'), from: [{ name: null, email: 'me@x.org' }] } as Message;
  expect(identityFor(all, 'a', own)?.email).toBe('me@x.org');
});

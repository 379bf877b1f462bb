import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Doubt, Listing, MaildropHeader, MaildropStore } from '../mail/pop3/maildrop.ts';
import { createMaildropStore } from './maildrop.ts';
import { databases, type TestStore } from './testing/databases.ts';

const header: MaildropHeader = {
  subject: 'Grüße 🦊 \u0001 "quoted"',
  from: [{ name: null, email: 'a@example.org' }],
  to: [],
  cc: [],
  bcc: [],
  receivedAt: '2026-11-02T10:00:00.000Z',
  sentAt: null,
  hasAttachment: true,
  isWhole: false,
  preview: null,
};
const day = 24 * 3600 * 1000;
/** Reconciles, and gives the rows of what is listed. */
const reconcile = async (maildrop: MaildropStore, accountId: string, listed: Listing[]) => {
  await maildrop.reconcile(accountId, listed);
  return await maildrop.find(
    accountId,
    listed.map(({ uidl }) => uidl),
  );
};
const listed = (...uidls: string[]) => uidls.map((uidl) => ({ uidl, sizeBytes: 10 }));

describe.each(databases)('the maildrop in $name', ({ open }) => {
  let opened: TestStore;
  let maildrop: MaildropStore;
  let now: number;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.stop());
  beforeEach(async () => {
    now = Date.parse('2026-11-01T00:00:00Z');
    maildrop = createMaildropStore(
      async () => opened.store,
      () => now,
    );
    await opened.store.db.deleteFrom('account').execute();
    for (const id of ['ann', 'bob']) {
      const account = { id, protocol: 'pop3', host: 'h', port: 110, username: id, created_at_ms: now } as const;
      await opened.store.db.insertInto('account').values(account).execute();
    }
  });

  it('remembers what it saw: when, the header, the keywords in order', async () => {
    await reconcile(maildrop, 'ann', listed('a', 'b'));
    await maildrop.saveHeaders('ann', new Map([['a', header]]));
    await maildrop.changeKeywords('ann', ['a'], { add: ['$seen', '$flagged'], remove: [] });
    now += day;
    const rows = await reconcile(maildrop, 'ann', listed('b', 'a', 'c'));
    expect(await maildrop.listUidls('ann', { mailboxKey: 'INBOX', byArrival: true, limit: 9 })).toEqual([
      'c',
      'a',
      'b',
    ]);
    expect(rows.get('a')).toEqual({
      uidl: 'a',
      threadId: null,
      mailboxKey: 'INBOX',
      sizeBytes: 10,
      content: null,
      isListed: true,
      firstSeenAt: '2026-11-01T00:00:00.000Z',
      keywords: ['$flagged', '$seen'],
      header,
    });
    expect(rows.get('c')).toMatchObject({
      uidl: 'c',
      firstSeenAt: '2026-11-02T00:00:00.000Z',
      keywords: [],
      header: null,
    });
    expect(await maildrop.find('ann', ['a', 'nothing'])).toEqual(new Map([['a', rows.get('a')]]));
  });

  it('adds and removes keywords, twice the same, two at once, without losing any', async () => {
    await reconcile(maildrop, 'ann', listed('a', 'b'));
    await Promise.all(
      ['$seen', '$flagged', '$answered', '$seen'].map((keyword) =>
        maildrop.changeKeywords('ann', ['a', 'b'], { add: [keyword], remove: [] }),
      ),
    );
    await maildrop.changeKeywords('ann', ['b'], { add: ['x'], remove: ['$seen', '$nothing'] });
    const rows = await maildrop.find('ann', ['a', 'b']);
    expect(rows.get('a')?.keywords).toEqual(['$answered', '$flagged', '$seen']);
    expect(rows.get('b')?.keywords).toEqual(['$answered', '$flagged', 'x']);
    await maildrop.changeKeywords('ann', [], { add: ['$seen'], remove: [] });
  });

  it('knows what is not listed no more, but keeps its keywords for 30 days', async () => {
    await reconcile(maildrop, 'ann', listed('a', 'b'));
    await maildrop.changeKeywords('ann', ['a', 'b'], { add: ['$flagged'], remove: [] });
    await reconcile(maildrop, 'ann', []);
    expect((await maildrop.find('ann', ['a', 'b'])).size).toBe(0);
    now += 29 * day;
    expect((await reconcile(maildrop, 'ann', listed('a'))).get('a')?.keywords).toEqual(['$flagged']);
    now += 2 * day;
    await reconcile(maildrop, 'ann', listed('a'));
    expect((await reconcile(maildrop, 'ann', listed('a', 'b'))).get('b')?.keywords).toEqual([]);
    expect((await maildrop.find('ann', ['a'])).get('a')?.keywords).toEqual(['$flagged']);
  });

  it('keeps what it knows of a message whose size changed, and forgets a removed one wholly', async () => {
    await reconcile(maildrop, 'ann', listed('a'));
    await maildrop.saveHeaders('ann', new Map([['a', header]]));
    await maildrop.changeKeywords('ann', ['a'], { add: ['$seen'], remove: [] });
    const rows = await reconcile(maildrop, 'ann', [{ uidl: 'a', sizeBytes: 11 }]);
    expect(rows.get('a')).toMatchObject({ header, keywords: ['$seen'], sizeBytes: 11 });
    await maildrop.remove('ann', ['a', 'nothing']);
    expect((await reconcile(maildrop, 'ann', listed('a'))).get('a')?.keywords).toEqual([]);
  });

  it('asks who is meant by a unique-id whose size changed, and knows the answer from then on', async () => {
    await reconcile(maildrop, 'ann', listed('a', 'b'));
    await maildrop.saveHeaders('ann', new Map([['a', header]]));
    await maildrop.changeKeywords('ann', ['a', 'b'], { add: ['$seen'], remove: [] });
    const asked: Doubt[][] = [];
    const answers = (...names: [string, string][]) => ({
      isDoubted: false,
      async tellApart(doubts: Doubt[]) {
        asked.push(doubts);
        return { names: new Map(names), unsettled: new Set<string>(), unknown: new Set<string>() };
      },
    });
    const other = [
      { uidl: 'b', sizeBytes: 11 },
      { uidl: 'a', sizeBytes: 11 },
    ];
    expect(await maildrop.reconcile('ann', other, answers(['a', 'a x']))).toEqual(new Map([['a', 'a x']]));
    // Of b there is no header to compare.
    expect(asked).toEqual([[{ uidl: 'a', known: 'a', isTaken: false, isResized: true }]]);
    const rows = await maildrop.find('ann', ['a', 'b', 'a x']);
    expect([...rows.keys()].sort()).toEqual(['a x', 'b']);
    expect(rows.get('a x')?.keywords).toEqual([]);
    // The same listing, and a longer one: nobody asks again.
    expect(await maildrop.reconcile('ann', other, answers())).toEqual(new Map([['a', 'a x']]));
    const longer = [{ uidl: 'c', sizeBytes: 12 }, ...other];
    expect(await maildrop.reconcile('ann', longer, answers())).toEqual(new Map([['a', 'a x']]));
    expect(asked).toHaveLength(1);
    // Gone, and then one of that unique-id once more: it is asked who that is.
    expect(await maildrop.reconcile('ann', listed('b'), answers())).toEqual(new Map());
    expect((await maildrop.find('ann', ['a', 'a x'])).size).toBe(0);
    await maildrop.saveHeaders('ann', new Map([['a x', header]]));
    expect(await maildrop.reconcile('ann', listed('a', 'b'), answers(['a', 'a']))).toEqual(new Map([['a', 'a']]));
    expect(asked.at(-1)).toEqual([{ uidl: 'a', known: 'a x', isTaken: false, isResized: false }]);
    expect((await maildrop.find('ann', ['a'])).get('a')?.keywords).toEqual(['$seen']);
    expect(await maildrop.findAlike('ann', header)).toEqual(
      new Map([
        ['a x', header],
        ['a', header],
      ]),
    );
    expect(await maildrop.findAlike('bob', header)).toEqual(new Map());
  });

  it('keeps accounts apart, and takes the rows away with the account', async () => {
    await reconcile(maildrop, 'ann', listed('a'));
    await reconcile(maildrop, 'bob', listed('a'));
    await maildrop.changeKeywords('ann', ['a'], { add: ['$seen'], remove: [] });
    expect((await maildrop.find('bob', ['a'])).get('a')?.keywords).toEqual([]);
    await maildrop.remove('bob', ['a']);
    expect((await maildrop.find('ann', ['a'])).size).toBe(1);
    await opened.store.db.deleteFrom('account').where('id', '=', 'ann').execute();
    expect(await opened.store.db.selectFrom('maildrop_keyword').selectAll().execute()).toEqual([]);
    expect(await opened.store.db.selectFrom('maildrop_message').selectAll().execute()).toEqual([]);
  });

  it('takes 5,000 messages at once', async () => {
    const uidls = Array.from({ length: 5_000 }, (_, index) => `u${index}`);
    expect((await reconcile(maildrop, 'ann', listed(...uidls))).size).toBe(5_000);
    await maildrop.changeKeywords('ann', uidls, { add: ['$seen', '$flagged'], remove: ['x'] });
    expect((await maildrop.find('ann', uidls)).get('u4999')?.keywords).toEqual(['$flagged', '$seen']);
    await maildrop.remove('ann', uidls);
    expect((await maildrop.find('ann', uidls)).size).toBe(0);
  });
});

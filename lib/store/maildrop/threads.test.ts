import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MaildropHeader, MaildropStore } from '../../mail/pop3/maildrop.ts';
import { createMaildropStore } from '../maildrop.ts';
import { databases, type TestStore } from '../testing/databases.ts';
import { createMailboxStore } from './mailboxes.ts';

let day = 0;
const headerOf = (messageIds: string[], subject = 'Tide'): MaildropHeader => {
  day += 1;
  return {
    ...{ subject, messageIds, from: [], to: [], cc: [], bcc: [], sentAt: null, preview: null },
    ...{ receivedAt: new Date(Date.UTC(2026, 0, day)).toISOString(), hasAttachment: false, isWhole: true },
  };
};

describe.each(databases)('conversations in $name', ({ open }) => {
  let opened: TestStore;
  let maildrop: MaildropStore;
  beforeAll(async () => {
    opened = await open();
    maildrop = createMaildropStore(async () => opened.store);
  });
  afterAll(() => opened?.stop());
  beforeEach(async () => {
    await opened.store.db.deleteFrom('account').execute();
    for (const id of ['ann', 'bob']) {
      const account = { id, protocol: 'pop3', host: 'h', port: 110, username: id, created_at_ms: 1 } as const;
      await opened.store.db.insertInto('account').values(account).execute();
    }
  });

  async function keep(headers: MaildropHeader[], accountId = 'ann'): Promise<string[]> {
    const messages = headers.map((header) => ({
      ...{ mailboxKey: 'INBOX', content: 'x', sizeBytes: 1, text: '', keywords: [] },
      header,
    }));
    return await maildrop.add(accountId, messages);
  }
  /** The conversation of each, as the places of its messages in `uidls`. */
  async function threadsOf(uidls: string[], accountId = 'ann'): Promise<number[][]> {
    const rows = await maildrop.find(accountId, uidls);
    return await Promise.all(
      uidls.map(async (uidl) => {
        const threadId = rows.get(uidl)?.threadId ?? null;
        if (threadId === null) return [];
        return (await maildrop.thread(accountId, { threadId, mailboxKey: rows.get(uidl)?.mailboxKey ?? '' })).map(
          (row) => uidls.indexOf(row.uidl),
        );
      }),
    );
  }

  it('joins in whatever order they come, also what were two', async () => {
    const uidls = await keep([headerOf(['a']), headerOf(['b', 'c']), headerOf(['x']), headerOf(['a', 'b'])]);
    expect(await threadsOf(uidls)).toEqual([[0, 1, 3], [0, 1, 3], [2], [0, 1, 3]]);
    // What comes later finds the joined one by any of its ids.
    const later = await keep([headerOf(['c', 'z'])]);
    expect((await threadsOf([...uidls, ...later]))[4]).toEqual([0, 1, 3, 4]);
  });

  it('joins what was kept apart before, also for those that come with the one that joins', async () => {
    const before = [
      ...(await keep([headerOf(['a'])])),
      ...(await keep([headerOf(['b'])])),
      ...(await keep([headerOf(['c'])])),
    ];
    const together = await keep([headerOf(['c', 'd']), headerOf(['b', 'c']), headerOf(['d', 'a']), headerOf(['e'])]);
    const whole = [0, 1, 2, 3, 4, 5];
    expect(await threadsOf([...before, ...together])).toEqual([whole, whole, whole, whole, whole, whole, [6]]);
  });

  it('keeps apart accounts, subjects, and messages without an id', async () => {
    const uidls = await keep([headerOf(['a']), headerOf(['a'], 'Fwd: TIDE'), headerOf(['a'], 'Lunch'), headerOf([])]);
    const bobs = await keep([headerOf(['a'])], 'bob');
    expect(await threadsOf(uidls)).toEqual([[0, 1], [0, 1], [2], []]);
    expect(await threadsOf(bobs, 'bob')).toEqual([[0]]);
    const threadId = (await maildrop.find('ann', uidls)).get(uidls[0] ?? '')?.threadId ?? '';
    expect(await maildrop.thread('bob', { threadId, mailboxKey: 'INBOX' })).toHaveLength(1);
  });

  it('is of one mailbox, or of all but some', async () => {
    await createMailboxStore(async () => opened.store).list('ann');
    const uidls = await keep([headerOf(['a']), headerOf(['a', 'b']), headerOf(['a', 'c']), headerOf(['a', 'd'])]);
    await maildrop.move('ann', uidls.slice(2, 3), 'TRASH');
    await maildrop.move('ann', uidls.slice(3), 'JUNK');
    expect(await threadsOf(uidls)).toEqual([[0, 1], [0, 1], [2], [3]]);
    const threadId = (await maildrop.find('ann', uidls)).get(uidls[0] ?? '')?.threadId ?? '';
    const elsewhere = await maildrop.thread('ann', { threadId, except: ['INBOX', 'JUNK'] });
    expect(elsewhere.map(({ uidl }) => uidl)).toEqual(uidls.slice(2, 3));
    await maildrop.move('ann', uidls.slice(2, 3), 'INBOX');
    expect((await threadsOf(uidls))[0]).toEqual([0, 1, 2]);
  });

  it('tells the newest 200 of a long one, and takes hostile ids for what they are', async () => {
    const long = await keep(Array.from({ length: 201 }, (_, index) => headerOf(['root', `${index}`])));
    const [told = []] = await threadsOf(long.slice(200));
    expect(told).toHaveLength(200);
    const hostile = ["'; drop table maildrop_message; --", '\0', '\ud800', 'x'.repeat(100_000), '%', '*'];
    const uidls = await keep(hostile.map((id) => headerOf([id])));
    expect(await threadsOf(uidls)).toEqual(uidls.map((_, index) => [index]));
  });

  it('two that join the same at once make one', async () => {
    const [first = [], second = []] = await Promise.all([
      keep(Array.from({ length: 20 }, (_, index) => headerOf([`r${index}`, `a${index}`]))),
      keep(Array.from({ length: 20 }, (_, index) => headerOf([`r${index}`, `b${index}`]))),
    ]);
    expect((await threadsOf([...first, ...second])).map((thread) => thread.length)).toEqual(Array(40).fill(2));
  });

  it('in a list stand once, by their newest message in that mailbox', async () => {
    const dated = (messageIds: string[], day: number, name: string) => ({
      ...headerOf(messageIds),
      ...{ receivedAt: new Date(Date.UTC(2026, 1, day)).toISOString(), from: [{ name, email: `${name}@e.example` }] },
    });
    const uidls = await keep([
      dated(['a'], 1, 'Ann'),
      dated(['a', 'b'], 5, 'Bob'),
      dated(['x'], 3, 'Cid'),
      dated(['a', 'c'], 2, 'Ann'),
      dated([], 4, 'Dan'),
    ]);
    const [a = '', b = '', x = '', c = '', none = ''] = uidls;
    await maildrop.changeKeywords('ann', [a], { add: ['$seen'], remove: [] });
    await maildrop.changeKeywords('ann', [c], { add: ['$flagged'], remove: [] });
    const page = (more: object) =>
      maildrop.page('ann', { ...{ mailboxKey: 'INBOX', position: 0, limit: 50, isCollapsed: true }, ...more });
    const { rows, total } = await page({});
    expect([total, rows.map(({ uidl }) => uidl)]).toEqual([3, [b, none, x]]);
    expect(rows[0]?.thread).toEqual({
      ...{ count: 3, uidls: [b, c, a], unreadUidls: [b, c], flaggedUidls: [c] },
      people: ['Ann', 'Bob'].map((name) => ({ name, email: `${name}@e.example` })),
      absent: 0,
    });
    expect(rows[1]?.thread).toBeUndefined();
    expect((await page({ position: 1, limit: 1 })).rows.map(({ uidl }) => uidl)).toEqual([none]);
    const ascending = { sort: { property: 'receivedAt', isAscending: true } };
    expect((await page(ascending)).rows.map(({ uidl }) => uidl)).toEqual([x, none, b]);
    // By arrival c came last of the three.
    expect((await page({ byArrival: true })).rows.map(({ uidl }) => uidl)).toEqual([none, c, x]);
    await maildrop.move('ann', [b], 'ARCHIVE');
    const left = await page({});
    expect([left.total, left.rows.map(({ uidl }) => uidl)]).toEqual([3, [none, x, c]]);
    expect(left.rows[2]?.thread?.uidls).toEqual([c, a]);
    expect((await page({ mailboxKey: 'ARCHIVE' })).rows.map(({ uidl, thread }) => [uidl, thread])).toEqual([
      [b, undefined],
    ]);
  });

  it('a message stays in it whose size changed', async () => {
    await maildrop.reconcile(
      'ann',
      ['one', 'two'].map((uidl) => ({ uidl, sizeBytes: 1 })),
    );
    await maildrop.saveHeaders('ann', new Map(['one', 'two'].map((uidl) => [uidl, headerOf(['a', uidl])])));
    expect(await threadsOf(['one', 'two'])).toEqual([
      [0, 1],
      [0, 1],
    ]);
    await maildrop.reconcile('ann', [
      { uidl: 'one', sizeBytes: 2 },
      { uidl: 'two', sizeBytes: 1 },
    ]);
    expect(await threadsOf(['one', 'two'])).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });
});

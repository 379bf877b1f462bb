import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MaildropHeader } from '../mail/pop3/maildrop.ts';
import { createCollectionStore } from './collection.ts';
import { createMaildropStore } from './maildrop.ts';
import { databases, type TestStore } from './testing/databases.ts';

const headerOf = (subject: string, messageIds: string[]): MaildropHeader => ({
  ...{ subject, messageIds, from: [{ name: 'Zoë \0', email: 'zoe@quay.example' }], to: [], cc: [], bcc: [] },
  ...{
    receivedAt: '2026-02-03T04:05:06.000Z',
    sentAt: null,
    hasAttachment: subject === 'B',
    isWhole: true,
    preview: null,
  },
});

describe.each(databases)('a batch that was collected, in $name', ({ open }) => {
  let opened: TestStore;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.stop());

  it('is recorded whole: each row its own, with its conversation and its words', async () => {
    const { db } = opened.store;
    const maildrop = createMaildropStore(async () => opened.store);
    const collection = createCollectionStore(async () => opened.store);
    for (const id of ['ann', 'bob']) {
      const account = { id, protocol: 'pop3', host: 'h', port: 110, username: id, created_at_ms: 1 } as const;
      await db.insertInto('account').values(account).execute();
      const listed = ['a', 'b', 'c', 'left'].map((uidl, index) => ({ uidl, sizeBytes: index + 1 }));
      await maildrop.reconcile(id, listed);
    }
    const collected = ['a', 'b', 'c', 'gone'].map((uidl, index) => ({
      ...{ uidl, content: `${index}`.repeat(64), bytes: null, text: `body of ${uidl} 'quoted', $1 ? \ud800` },
      header: headerOf(uidl.toUpperCase(), uidl === 'c' ? [] : ['thread', uidl]),
    }));
    await collection.recordCollected('ann', collected);
    const rows = await maildrop.find('ann', ['a', 'b', 'c', 'left', 'gone']);
    expect([...rows.keys()].sort()).toEqual(['a', 'b', 'c', 'left']);
    for (const { uidl, content, header } of collected.slice(0, 3))
      expect(rows.get(uidl)).toMatchObject({ content, header });
    expect(rows.get('left')).toMatchObject({ content: null, header: null });
    expect((await maildrop.find('bob', ['a'])).get('a')).toMatchObject({ content: null, header: null });
    // Under different subjects one Message-ID joins nothing.
    expect(new Set(['a', 'b', 'c'].map((uidl) => rows.get(uidl)?.threadId)).size).toBe(3);
    expect(rows.get('c')?.threadId).toBeNull();
    const stored = await db.selectFrom('maildrop_message').selectAll().where('account_id', '=', 'ann').execute();
    const b = stored.find(({ uidl }) => uidl === 'b');
    expect(b).toMatchObject({ has_attachment: 1, from_key: 'zoe', subject_key: 'b', indexed: 2 });
    expect([Number(b?.received_at_ms), Number(b?.collected_at_ms) > 1]).toEqual([Date.UTC(2026, 1, 3, 4, 5, 6), true]);
    const found: string[] = [];
    const query = { type: 'text', text: 'body of b' } as const;
    for await (const run of maildrop.search('ann', { query, mailboxes: [{ key: 'INBOX', name: 'Inbox' }] }))
      found.push(...run.map(({ uidl }) => uidl));
    expect(found).toEqual(['b']);
    await collection.recordCollected('ann', []);
  });
});

import { describe, expect, it } from 'vitest';
import type { Suite } from '../contract.ts';
import { letter, letterOfJunk, letterWithFile } from '../letters.ts';

export function describeListing({ traits, person }: Suite): void {
  describe('listing', () => {
    it('lists the newest first, with the true total', async () => {
      const { driver, elsewhere, inboxId } = await person();
      for (let at = 0; at < 7; at += 1) await elsewhere.deliver(letter({ subject: `Letter ${at}` }));
      const page = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 3 });
      expect(page.total).toBe(7);
      expect(page.position).toBe(0);
      expect(page.items.map(({ subject }) => subject)).toEqual(['Letter 6', 'Letter 5', 'Letter 4']);
      const last = await driver.listMessages({ mailboxId: inboxId, position: 5, limit: 50 });
      expect(last.items.map(({ subject }) => subject)).toEqual(['Letter 1', 'Letter 0']);
    });

    it('gives every message once over its pages', async () => {
      const { driver, elsewhere, inboxId } = await person();
      for (let at = 0; at < 11; at += 1) await elsewhere.deliver(letter({ subject: `Letter ${at}` }));
      const ids = new Set<string>();
      for (let position = 0; position < 11; position += 4) {
        const { items } = await driver.listMessages({ mailboxId: inboxId, position, limit: 4 });
        for (const { id } of items) ids.add(id);
      }
      expect(ids.size).toBe(11);
    });

    it('answers an empty mailbox and a position past the end with no items', async () => {
      const { driver, elsewhere, inboxId } = await person();
      const empty = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      expect([empty.total, empty.items]).toEqual([0, []]);
      await elsewhere.deliver(letter());
      const past = await driver.listMessages({ mailboxId: inboxId, position: 1_000_000, limit: 50 });
      expect([past.total, past.items]).toEqual([1, []]);
    });

    it('decodes names and subjects and tells a clip, a preview and the size', async () => {
      const { driver, elsewhere, inboxId } = await person();
      const encoded = letter({
        subject: '=?utf-8?B?R3LDvMOfZQ==?=',
        from: '=?iso-8859-1?Q?J=F6rg?= <joerg@example.org>',
        body: 'Ein kurzer Text.',
      });
      await elsewhere.deliver(encoded);
      await elsewhere.deliver(letterWithFile('With a file', Buffer.from('%PDF')));
      const { items } = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      expect(items.map(({ subject, hasAttachment }) => [subject, hasAttachment])).toEqual([
        ['With a file', true],
        ['Grüße', false],
      ]);
      const plain = items[1];
      expect(plain?.from).toEqual([{ name: 'Jörg', email: 'joerg@example.org' }]);
      expect(plain?.sentAt).toBe('2026-01-05T10:00:00.000Z');
      expect(plain?.mailboxId).toBe(inboxId);
      expect(plain?.keywords).not.toContain('$seen');
      expect(plain?.sizeBytes).toBeGreaterThanOrEqual(Buffer.byteLength(encoded) - 2);
      expect(new Date(plain?.receivedAt ?? '').toISOString()).toBe(plain?.receivedAt);
      if (plain?.preview !== null) expect(plain?.preview).toContain('kurzer Text');
    });

    it('survives 8-bit junk in headers', async () => {
      const { driver, elsewhere, inboxId } = await person();
      await elsewhere.deliver(letterOfJunk('Odd'));
      const { items } = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      expect(items[0]?.subject).toBe('Odd café');
      expect(items[0]?.from).toEqual([{ name: 'Jörg Müller', email: 'joerg@example.org' }]);
      expect(items[0]?.sentAt).toBeNull();
    });

    it('has a state that changes with new mail and stays without', async () => {
      const { driver, elsewhere, inboxId } = await person();
      await elsewhere.deliver(letter({ subject: 'One' }));
      const list = () => driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      const first = await list();
      expect((await list()).state).toBe(first.state);
      await elsewhere.deliver(letter({ subject: 'Two' }));
      const second = await list();
      expect(second.total).toBe(2);
      expect(second.state).not.toBe(first.state);
      await elsewhere.expunge('One');
      const third = await list();
      expect(third.items.map(({ subject }) => subject)).toEqual(['Two']);
      expect(third.state).not.toBe(second.state);
    });

    it('filters unread, flagged and with attachment', async () => {
      const { driver, elsewhere, inboxId } = await person();
      await elsewhere.deliver(letter({ subject: 'Read' }));
      await elsewhere.deliver(letter({ subject: 'Flagged' }));
      await elsewhere.deliver(letterWithFile('File', Buffer.from('x')));
      const all = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      const idOf = (wanted: string) => all.items.find(({ subject }) => subject === wanted)?.id ?? '';
      await driver.setKeywords({ ids: [idOf('Read')], add: ['$seen'], remove: [] });
      await driver.setKeywords({ ids: [idOf('Flagged')], add: ['$flagged'], remove: [] });
      const subjects = async (filter: 'unread' | 'flagged' | 'attachment') =>
        (await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50, filter })).items.map(
          ({ subject }) => subject,
        );
      expect(await subjects('unread')).toEqual(['File', 'Flagged']);
      expect(await subjects('flagged')).toEqual(['Flagged']);
      expect(await subjects('attachment')).toEqual(['File']);
    });

    it('turns the order of arrival round', async () => {
      const { driver, elsewhere, inboxId } = await person();
      for (const subject of ['One', 'Two', 'Three']) await elsewhere.deliver(letter({ subject }));
      const sort = { property: 'receivedAt', isAscending: true } as const;
      const { items } = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 2, sort });
      expect(items.map(({ subject }) => subject)).toEqual(['One', 'Two']);
    });

    it.runIf(traits.sort)('sorts by sender, subject and size, both ways', async () => {
      const { driver, elsewhere, inboxId } = await person();
      await elsewhere.deliver(letter({ subject: 'Cherry', from: 'Ann <z@example.org>', body: 'x'.repeat(3000) }));
      await elsewhere.deliver(letter({ subject: 'Re: Apple', from: 'Cid <y@example.org>', body: 'x' }));
      await elsewhere.deliver(letter({ subject: 'Banana', from: 'Bob <x@example.org>', body: 'x'.repeat(1000) }));
      const order = async (property: 'from' | 'subject' | 'size', isAscending: boolean) =>
        (
          await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50, sort: { property, isAscending } })
        ).items.map(({ subject }) => subject);
      expect(await order('subject', true)).toEqual(['Re: Apple', 'Banana', 'Cherry']);
      expect(await order('subject', false)).toEqual(['Cherry', 'Banana', 'Re: Apple']);
      expect(await order('size', true)).toEqual(['Re: Apple', 'Banana', 'Cherry']);
      expect(await order('from', false)).toHaveLength(3);
      expect((await order('from', true)).reverse()).toEqual(await order('from', false));
    });

    it('gives the ids of the whole mailbox, newest first, and of a filter', async () => {
      const { driver, elsewhere, inboxId } = await person();
      for (const subject of ['One', 'Two', 'Three']) await elsewhere.deliver(letter({ subject }));
      const page = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      expect(await driver.listMessageIds({ mailboxId: inboxId })).toEqual(page.items.map(({ id }) => id));
      await driver.setKeywords({ ids: [page.items[1]?.id ?? ''], add: ['$flagged'], remove: [] });
      expect(await driver.listMessageIds({ mailboxId: inboxId, filter: 'flagged' })).toEqual([page.items[1]?.id]);
      expect(await driver.listMessageIds({ mailboxId: inboxId, query: { type: 'subject', text: 'three' } })).toEqual([
        page.items[0]?.id,
      ]);
    });

    it('has a role for the Inbox and counts it', async () => {
      const { driver, elsewhere, inboxId } = await person();
      await elsewhere.deliver(letter());
      const mailboxes = await driver.listMailboxes({ counts: true });
      const inbox = mailboxes.find(({ role }) => role === 'inbox');
      expect(inbox).toMatchObject({
        id: inboxId,
        parentId: null,
        totalMessages: 1,
        unreadMessages: 1,
        isSelectable: true,
      });
      expect(inbox?.rights).toMatchObject({ mayRename: false, mayDelete: false });
    });
  });
}

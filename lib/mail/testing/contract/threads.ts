import { describe, expect, it } from 'vitest';
import type { ListRequest, MailDriver } from '../../driver.ts';
import type { MessageSummary } from '../../model.ts';
import type { Suite } from '../contract.ts';
import { type Letter, letter } from '../letters.ts';

const withId = (id: string, { headers = [], ...rest }: Letter): string =>
  letter({ headers, ...rest }).replace(/Message-ID: .*/, `Message-ID: <${id}@t.example>`);
const answering = (...ids: string[]) => [`References: ${ids.map((id) => `<${id}@t.example>`).join(' ')}`];

/** The whole list in conversations, each as its subject, how many and how many unread. */
const conversations = async (driver: MailDriver, mailboxId: string) => {
  const page = await driver.listMessages({ mailboxId, position: 0, limit: 50, collapse: true });
  return { ...page, told: page.items.map(({ subject, thread }) => [subject, thread?.count ?? 1]) };
};
const namesOf = ({ thread }: MessageSummary) => thread?.people.map(({ name }) => name);

export function describeThreads({ traits, person }: Suite): void {
  describe('conversations', () => {
    it('joins what answers one another, in whatever order it came', async () => {
      const { driver, elsewhere, inboxId } = await person();
      // The last answer first: what joins the others comes between them.
      await elsewhere.deliver(
        withId('c', { subject: 'Re: Tide', date: 'Wed, 07 Jan 2026 10:00:00 +0000', headers: answering('b') }),
      );
      await elsewhere.deliver(withId('a', { subject: 'Tide' }));
      await elsewhere.deliver(
        withId('b', {
          ...{ subject: 'AW: Tide', date: 'Tue, 06 Jan 2026 10:00:00 +0000' },
          headers: ['In-Reply-To: <a@t.example>'],
        }),
      );
      await elsewhere.deliver(
        withId('d', { subject: 'Another thing', date: 'Wed, 07 Jan 2026 11:00:00 +0000', headers: answering('a') }),
      );
      await elsewhere.deliver(letter({ subject: 'Lunch', date: 'Wed, 07 Jan 2026 12:00:00 +0000' }));
      const { items } = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      const idOf = (subject: string) => items.find((item) => item.subject === subject)?.id ?? '';
      // Mailutils writes into messages that are read, so their headers are read anew.
      await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      const thread = await driver.getThread({ id: idOf('Re: Tide') });
      const told = thread.map(({ subject }) => subject);
      // Under another subject it has become another matter (RFC 8621 §3); to a server it has not (RFC 5256 §3).
      if (traits.threadsEndWithSubject) expect(told).toEqual(['Tide', 'AW: Tide', 'Re: Tide']);
      else expect(told.sort()).toEqual(['AW: Tide', 'Another thing', 'Re: Tide', 'Tide']);
      expect(new Set(thread.map(({ mailboxId }) => mailboxId))).toEqual(new Set([inboxId]));
      expect(new Set(thread.map(({ threadId }) => threadId)).size).toBe(1);
      expect((await driver.getThread({ id: idOf('Lunch') })).map(({ subject }) => subject)).toEqual(['Lunch']);
      await expect(driver.getThread({ id: 'forged' })).rejects.toMatchObject({ code: 'notFound' });
    });

    it('lists a row for each, with how many, who, and which are unread or flagged', async () => {
      const { driver, elsewhere, inboxId } = await person();
      const day = (date: number) => `${['Mon', 'Tue', 'Wed', 'Thu'][date - 5]}, 0${date} Jan 2026 10:00:00 +0000`;
      await elsewhere.deliver(withId('a', { subject: 'Tide', from: 'Ann <ann@e.example>', date: day(5) }));
      await elsewhere.deliver(withId('l', { subject: 'Lunch', date: day(6) }));
      await elsewhere.deliver(
        withId('b', { subject: 'Re: Tide', from: 'Bob <bob@e.example>', date: day(7), headers: answering('a') }),
      );
      const first = await conversations(driver, inboxId);
      expect([first.total, first.told]).toEqual([2, [['Re: Tide', 2], ['Lunch', 1]]]); // biome-ignore format: a table
      expect(first.items[1]?.thread).toBeUndefined();
      const flat = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      const idOf = (subject: string) => flat.items.find((item) => item.subject === subject)?.id ?? '';
      const [row] = first.items;
      expect(row?.id).toBe(idOf('Re: Tide'));
      expect(row?.thread).toMatchObject({ ids: [idOf('Re: Tide'), idOf('Tide')], flaggedIds: [] });
      expect(row?.thread?.unreadIds).toHaveLength(2);
      expect(row && namesOf(row)).toEqual(['Ann', 'Bob']);
      await driver.setKeywords({ ids: [idOf('Re: Tide')], add: ['$seen', '$flagged'], remove: [] });
      const second = await conversations(driver, inboxId);
      expect(second.items[0]?.thread).toMatchObject({
        ...{ count: 2, unreadIds: [idOf('Tide')], flaggedIds: [idOf('Re: Tide')] },
      });
      expect((await conversations(driver, inboxId)).state).toBe(second.state);
    });

    it('follows new mail and what has gone, and counts conversations in its windows', async () => {
      const { driver, elsewhere, inboxId } = await person();
      const at = (minute: number) => `Mon, 05 Jan 2026 10:${String(minute).padStart(2, '0')}:00 +0000`;
      for (const [index, subject] of ['One', 'Two', 'Three', 'Four'].entries())
        await elsewhere.deliver(withId(subject, { subject, date: at(index) }));
      expect((await conversations(driver, inboxId)).told).toEqual(
        ['Four', 'Three', 'Two', 'One'].map((subject) => [subject, 1]),
      );
      await elsewhere.deliver(
        withId('t2', { subject: 'Re: Two', from: 'Bob <bob@e.example>', date: at(10), headers: answering('Two') }),
      );
      await elsewhere.deliver(withId('Five', { subject: 'Five', date: at(11) }));
      const grown = await conversations(driver, inboxId);
      const wanted = [['Five', 1], ['Re: Two', 2], ['Four', 1], ['Three', 1], ['One', 1]]; // biome-ignore format: a table
      expect([grown.total, grown.told]).toEqual([5, wanted]);
      const windows = await Promise.all(
        [0, 2, 4].map((position) => driver.listMessages({ mailboxId: inboxId, position, limit: 2, collapse: true })),
      );
      expect(windows.flatMap(({ items }) => items.map(({ subject }) => subject))).toEqual(
        wanted.map(([subject]) => subject),
      );
      const turned = { property: 'receivedAt', isAscending: true } as const;
      const oldest = await driver.listMessages({
        ...{ mailboxId: inboxId, position: 0, limit: 3, sort: turned, collapse: true },
      });
      expect(oldest.items.map(({ subject }) => subject)).toEqual(['One', 'Three', 'Four']);
      await elsewhere.expunge('Re: Two');
      await elsewhere.expunge('Four');
      const shrunk = await conversations(driver, inboxId);
      expect(shrunk.told).toEqual([['Five', 1], ['Three', 1], ['Two', 1], ['One', 1]]); // biome-ignore format: a table
      expect(shrunk.state).not.toBe(grown.state);
    });

    it('are found in other folders, each message once, and not where mail is thrown away or written', async () => {
      const { driver, elsewhere, inboxId } = await person();
      const day = (date: number) => `${['Mon', 'Tue', 'Wed', 'Thu'][date - 5]}, 0${date} Jan 2026 10:00:00 +0000`;
      await elsewhere.deliver(withId('a', { subject: 'Tide', date: day(5) }));
      await elsewhere.deliver(
        withId('c', {
          subject: 'Re: Tide',
          date: day(7),
          headers: [...answering('a', 'b'), 'In-Reply-To: <b@t.example>'],
        }),
      );
      await elsewhere.deliver(withId('l', { subject: 'Lunch', date: day(6) }));
      const { items } = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50, collapse: true });
      const idOf = (subject: string) => items.find((item) => item.subject === subject)?.id ?? '';
      expect(items.find(({ id }) => id === idOf('Re: Tide'))?.thread?.absent).toBe(1);
      if (!traits.mailboxes) return;
      const filed = await driver.createMailbox({ name: 'Filed', parentId: null });
      const keep = async (mailboxId: string | undefined, message: string, receivedAt: string) => {
        if (mailboxId === undefined) return;
        const raw = Buffer.from(message.replaceAll('\n', '\r\n'));
        await driver.appendMessage({ mailboxId, raw, keywords: ['$seen'], receivedAt });
      };
      await keep(
        filed.id,
        withId('b', { subject: 'Re: Tide', date: day(6), headers: answering('a') }),
        '2026-01-06T10:00:00Z',
      );
      await keep(filed.id, withId('a', { subject: 'Tide', date: day(5) }), '2026-01-05T10:00:00Z');
      await keep(filed.id, withId('o', { subject: 'Other', date: day(5) }), '2026-01-05T10:00:00Z');
      const mailboxes = await driver.listMailboxes({ counts: false });
      for (const role of ['trash', 'junk', 'drafts'])
        await keep(
          mailboxes.find((mailbox) => mailbox.role === role)?.id,
          withId(role, { subject: 'Re: Tide', date: day(8), headers: answering('a') }),
          '2026-01-08T10:00:00Z',
        );
      const found = await driver.findRelatives({ id: idOf('Re: Tide') });
      expect(found.items.map(({ mailboxId, sentAt }) => [mailboxId, sentAt])).toEqual([
        [filed.id, '2026-01-06T10:00:00.000Z'],
      ]);
      expect(found.notLookedAt).toEqual([]);
      const [answer] = found.items;
      const back = await driver.findRelatives({ id: answer?.id ?? '', isPatient: true });
      expect(back.items.map(({ id }) => id)).toEqual([idOf('Re: Tide')]);
      expect(await driver.findRelatives({ id: idOf('Lunch') })).toEqual({ items: [], notLookedAt: [] });
      await expect(driver.findRelatives({ id: 'forged' })).rejects.toMatchObject({ code: 'notFound' });
    });

    it('are asked for by no id that would be more than an id', async () => {
      const { driver, elsewhere, inboxId } = await person();
      const strange = [
        '<x" ALL "@t.example>',
        '<back\\\\slash"@t.example>',
        `<${'long'.repeat(500)}@t.example>`,
        '<b\u00e4r@t.example>',
      ];
      await elsewhere.deliver(letter({ subject: 'Strange', headers: strange.map((id) => `References: ${id}`) }));
      await elsewhere.deliver(letter({ subject: 'Stranger', headers: [`References: ${strange.join(' ')}`] }));
      const { items } = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      for (const { id } of items) expect(await driver.findRelatives({ id })).toEqual({ items: [], notLookedAt: [] });
    });

    it('are a row each in another order or a filter too, by the first that is in it', async () => {
      const { driver, elsewhere, inboxId } = await person();
      const list = { mailboxId: inboxId, position: 0, limit: 50, collapse: true } as const;
      expect(await driver.listMessages(list)).toMatchObject({ total: 0, items: [] });
      expect(await driver.listMessages({ ...list, filter: 'unread' })).toMatchObject({ total: 0, items: [] });
      const day = (date: number) => `${['Mon', 'Tue', 'Wed', 'Thu'][date - 5]}, 0${date} Jan 2026 10:00:00 +0000`;
      const of = (size: number) => 'x'.repeat(60).concat('\r\n').repeat(size);
      await elsewhere.deliver(withId('a', { subject: 'Tide', date: day(5), body: of(60) }));
      await elsewhere.deliver(withId('l', { subject: 'Lunch', date: day(6), body: of(40) }));
      await elsewhere.deliver(
        withId('b', { subject: 'Re: Tide', date: day(7), body: of(20), headers: answering('a') }),
      );
      const flat = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      const idOf = (subject: string) => flat.items.find((item) => item.subject === subject)?.id ?? '';
      const [tide, lunch, answer] = [idOf('Tide'), idOf('Lunch'), idOf('Re: Tide')];
      await driver.setKeywords({ ids: [answer], add: ['$seen'], remove: [] });
      const told = async (request: Partial<ListRequest>) => {
        const { total, items } = await driver.listMessages({ ...list, ...request });
        return [total, items.map(({ subject, thread }) => [subject, thread?.count ?? 1])];
      };
      const unread = await driver.listMessages({ ...list, filter: 'unread' });
      expect([unread.total, unread.items.map(({ id }) => id)]).toEqual([2, [lunch, tide]]);
      expect(unread.items[1]?.thread).toMatchObject({ count: 2, ids: [answer, tide], unreadIds: [tide] });
      const turned = { property: 'receivedAt', isAscending: true } as const;
      expect(await told({ filter: 'unread', sort: turned })).toEqual([2, [['Tide', 2], ['Lunch', 1]]]); // biome-ignore format: a table
      expect(await told({ filter: 'unread', position: 1, limit: 1 })).toEqual([2, [['Tide', 2]]]);
      await driver.setKeywords({ ids: [tide, answer], add: ['$flagged'], remove: [] });
      expect(await told({ filter: 'flagged' })).toEqual([1, [['Re: Tide', 2]]]);
      expect((await driver.listMessageIds({ mailboxId: inboxId, filter: 'unread' })).sort()).toEqual(
        [tide, lunch].sort(),
      );
      const all = await driver.listMessageIds({ mailboxId: inboxId, filter: 'unread', collapse: true });
      expect(all.sort()).toEqual([tide, lunch, answer].sort());
      const hits: unknown[] = [];
      const search = { query: { type: 'subject', text: 'Tide' } as const, mailboxId: inboxId, collapse: true };
      for await (const event of driver.search(search))
        if (event.type === 'hits') hits.push(...event.items.map(({ id, thread }) => [id, thread?.ids]));
        else if (event.type === 'done') hits.push(event.total);
      expect(hits).toEqual([[answer, [answer, tide]], 1]);
      const found = { mailboxId: inboxId, query: { type: 'text', text: 'Tide' }, collapse: true } as const;
      expect((await driver.listMessageIds(found)).sort()).toEqual([tide, answer].sort());
      if (!traits.sort) return;
      const bySize = (isAscending: boolean) => ({ sort: { property: 'size', isAscending } }) as const;
      expect(await told(bySize(false))).toEqual([2, [['Tide', 2], ['Lunch', 1]]]); // biome-ignore format: a table
      expect(await told(bySize(true))).toEqual([2, [['Re: Tide', 2], ['Lunch', 1]]]); // biome-ignore format: a table
      expect(await told({ ...bySize(true), filter: 'unread' })).toEqual([2, [['Lunch', 1], ['Tide', 2]]]); // biome-ignore format: a table
    });
  });
}

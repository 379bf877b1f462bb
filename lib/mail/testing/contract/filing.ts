import { describe, expect, it } from 'vitest';
import type { Person, Suite } from '../contract.ts';
import { letter } from '../letters.ts';
import { newest } from './reading.ts';

async function folder({ driver }: Person, name: string): Promise<string> {
  return (await driver.createMailbox({ name, parentId: null })).id;
}

export function describeFiling({ traits, person }: Suite): void {
  const subjectsIn = async ({ driver }: Person, mailboxId: string) =>
    (await driver.listMessages({ mailboxId, position: 0, limit: 50 })).items.map(({ subject }) => subject);

  describe('filing', () => {
    it('destroys exactly what it is told to', async () => {
      const someone = await person();
      for (const subject of ['Keep', 'Lose', 'Keep too']) await someone.elsewhere.deliver(letter({ subject }));
      const { items } = await someone.driver.listMessages({ mailboxId: someone.inboxId, position: 0, limit: 50 });
      const lose = items.find(({ subject }) => subject === 'Lose')?.id ?? '';
      expect(await someone.driver.destroyMessages({ ids: [lose, 'forged'] })).toMatchObject([
        { id: lose },
        { error: { code: 'notFound' } },
      ]);
      expect(await subjectsIn(someone, someone.inboxId)).toEqual(['Keep too', 'Keep']);
      expect(await someone.elsewhere.count()).toBe(2);
      const [again] = await someone.driver.destroyMessages({ ids: [lose] });
      expect(['notFound', 'stale']).toContain(again?.error?.code);
    });

    it('destroys the others where one has just been removed elsewhere', async () => {
      const someone = await person();
      const { driver, elsewhere, inboxId } = someone;
      for (const subject of ['Goes', 'Lose', 'Keep']) await elsewhere.deliver(letter({ subject }));
      const { items } = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      const idOf = (wanted: string) => items.find(({ subject }) => subject === wanted)?.id ?? '';
      await elsewhere.expunge('Goes');
      const done = await driver.destroyMessages({ ids: [idOf('Goes'), idOf('Lose')] });
      expect(done.map(({ error }) => error?.code)).toEqual([expect.stringMatching(/^(notFound|stale)$/), undefined]);
      expect(await subjectsIn(someone, inboxId)).toEqual(['Keep']);
      expect(await elsewhere.count()).toBe(1);
    });

    it.runIf(traits.mailboxes)('moves messages, keywords and all', async () => {
      const someone = await person();
      const { driver, elsewhere, inboxId } = someone;
      for (const subject of ['One', 'Two', 'Three'])
        await elsewhere.deliver(letter({ subject }), { flags: '\\Flagged' });
      const to = await folder(someone, 'Filed');
      const ids = await driver.listMessageIds({ mailboxId: inboxId });
      if (!traits.serverKeywords) await driver.setKeywords({ ids, add: ['$flagged'], remove: [] });
      const done = await driver.moveMessages({ ids: [ids[0] ?? '', 'forged', ids[2] ?? ''], to });
      expect(done.map(({ error }) => error?.code)).toEqual([undefined, 'notFound', undefined]);
      expect(await subjectsIn(someone, inboxId)).toEqual(['Two']);
      expect((await subjectsIn(someone, to)).sort()).toEqual(['One', 'Three']);
      if (!traits.newIds) return;
      const moved = await driver.getMessage({ id: done[0]?.newId ?? '' });
      expect([moved.subject, moved.keywords]).toEqual(['Three', ['$flagged']]);
    });

    it.runIf(traits.mailboxes)('does not call moved or copied what others have just removed', async () => {
      const someone = await person();
      const { driver, elsewhere, inboxId } = someone;
      const to = await folder(someone, 'Filed');
      for (const act of [driver.moveMessages, driver.copyMessages]) {
        for (const subject of ['Goes', 'Stays']) await elsewhere.deliver(letter({ subject }));
        const ids = await driver.listMessageIds({ mailboxId: inboxId });
        await elsewhere.expunge('Goes');
        const done = await act({ ids: ids.slice(0, 2), to });
        expect(done.map(({ error }) => error?.code)).toEqual([undefined, 'notFound']);
        const [alone] = await act({ ids: ids.slice(1, 2), to });
        expect(alone?.error?.code).toBe('notFound');
      }
      expect(await subjectsIn(someone, to)).toEqual(['Stays', 'Stays']);
    });

    it.runIf(traits.mailboxes)('does not call moved the only one that others have just removed', async () => {
      const someone = await person();
      const { driver, elsewhere } = someone;
      const to = await folder(someone, 'Filed');
      await elsewhere.deliver(letter({ subject: 'Goes' }));
      const id = await newest(someone);
      await elsewhere.expunge('Goes');
      const [done] = await driver.moveMessages({ ids: [id], to });
      expect(done?.error?.code).toBe('notFound');
      expect(await subjectsIn(someone, to)).toEqual([]);
    });

    it.runIf(traits.mailboxes)('copies messages and leaves them', async () => {
      const someone = await person();
      await someone.elsewhere.deliver(letter({ subject: 'Twice' }));
      const to = await folder(someone, 'Copies');
      const [done] = await someone.driver.copyMessages({ ids: [await newest(someone)], to });
      expect(done?.error).toBeUndefined();
      expect(await subjectsIn(someone, someone.inboxId)).toEqual(['Twice']);
      expect(await subjectsIn(someone, to)).toEqual(['Twice']);
    });

    it.runIf(traits.mailboxes)('leaves everything in its place where the target is not there', async () => {
      const someone = await person();
      await someone.elsewhere.deliver(letter({ subject: 'Stays' }));
      const to = await folder(someone, 'Short-lived');
      await someone.driver.deleteMailbox({ mailboxId: to });
      const [done] = await someone.driver.moveMessages({ ids: [await newest(someone)], to });
      expect(done?.error?.code).toBe('notFound');
      expect(await subjectsIn(someone, someone.inboxId)).toEqual(['Stays']);
      expect((await someone.elsewhere.flagsOf('Stays')) ?? []).not.toContain('\\Deleted');
    });

    it.runIf(traits.serverKeywords)('shows what others have marked as deleted, and does not touch it', async () => {
      const someone = await person();
      const { driver, elsewhere, inboxId } = someone;
      await elsewhere.deliver(letter({ subject: 'Marked' }), { flags: '\\Deleted' });
      await elsewhere.deliver(letter({ subject: 'Mine' }));
      const { items } = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      expect(items.map(({ keywords }) => keywords)).toEqual([[], ['$deleted']]);
      await driver.destroyMessages({ ids: [items[0]?.id ?? ''] });
      expect(await elsewhere.flagsOf('Marked')).toEqual(['\\Deleted']);
    });

    it.runIf(traits.mailboxes)('appends a message', async () => {
      const someone = await person();
      const to = await folder(someone, 'Written');
      const raw = Buffer.from(letter({ subject: 'Draft', body: 'Grüße 🦊' }));
      const receivedAt = '2025-12-24T18:00:00.000Z';
      const { id } = await someone.driver.appendMessage({
        mailboxId: to,
        raw,
        keywords: ['$draft', '$seen'],
        receivedAt,
      });
      const { items } = await someone.driver.listMessages({ mailboxId: to, position: 0, limit: 50 });
      expect(items).toMatchObject([{ subject: 'Draft', keywords: ['$draft', '$seen'], receivedAt }]);
      if (traits.newIds) expect(id).toBe(items[0]?.id);
    });

    it.runIf(traits.mailboxes)('finds what it appended by its Message-ID, in that mailbox alone', async () => {
      const someone = await person();
      const [to, other] = [await folder(someone, 'Sent here'), await folder(someone, 'Elsewhere')];
      const named = (id: string) => Buffer.from(letter().replace(/Message-ID: .*/, `Message-ID: <${id}>`));
      const { driver } = someone;
      for (const id of ['one@example.org', 'two@example.org', 'one@example.org'])
        await driver.appendMessage({ mailboxId: to, raw: named(id), keywords: [] });
      const { items } = await driver.listMessages({ mailboxId: to, position: 0, limit: 50 });
      const find = (mailboxId: string, messageId: string) => driver.findByMessageId({ mailboxId, messageId });
      expect(await find(to, 'one@example.org')).toHaveLength(2);
      expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(await find(to, 'one@example.org')));
      expect(await find(to, 'one@example.or')).toEqual([]);
      expect(await find(other, 'one@example.org')).toEqual([]);
    });

    it.skipIf(traits.mailboxes)('refuses what the protocol has not', async () => {
      const someone = await person();
      await someone.elsewhere.deliver(letter());
      const ids = [await newest(someone)];
      const to = someone.inboxId;
      const { driver } = someone;
      const unsupported = { code: 'unsupported' };
      await expect(driver.moveMessages({ ids, to })).rejects.toMatchObject(unsupported);
      await expect(driver.copyMessages({ ids, to })).rejects.toMatchObject(unsupported);
      await expect(
        driver.appendMessage({ mailboxId: to, raw: Buffer.from(letter()), keywords: [] }),
      ).rejects.toMatchObject(unsupported);
      await expect(driver.createMailbox({ name: 'x', parentId: null })).rejects.toMatchObject(unsupported);
      await expect(driver.emptyMailbox({ mailboxId: to })).rejects.toMatchObject(unsupported);
      const able = await driver.capabilities();
      expect([able.move, able.copy, able.append, able.mailboxes.create]).toEqual([false, false, false, false]);
    });
  });
}

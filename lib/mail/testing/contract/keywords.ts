import { describe, expect, it } from 'vitest';
import { keywordFromName } from '../../../text/keyword-from-name.ts';
import type { Suite } from '../contract.ts';
import { letter } from '../letters.ts';
import { newest } from './reading.ts';

export function describeKeywords({ traits, person }: Suite): void {
  describe('keywords', () => {
    it('adds and removes them, one result per id in the order asked', async () => {
      const { driver, elsewhere, inboxId } = await person();
      for (const subject of ['One', 'Two']) await elsewhere.deliver(letter({ subject }));
      const { items } = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      const ids = items.map(({ id }) => id);
      const done = await driver.setKeywords({ ids, add: ['$seen', '$flagged'], remove: [] });
      expect(done).toEqual(ids.map((id) => ({ id })));
      await driver.setKeywords({ ids: ids.slice(0, 1), add: ['$answered'], remove: ['$flagged'] });
      const after = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      expect(after.items.map(({ keywords }) => keywords)).toEqual([
        ['$answered', '$seen'],
        ['$flagged', '$seen'],
      ]);
      expect((await driver.getMessage({ id: ids[0] ?? '' })).keywords).toEqual(['$answered', '$seen']);
      if (traits.serverKeywords) expect((await elsewhere.flagsOf('Two'))?.sort()).toEqual(['\\Answered', '\\Seen']);
    });

    it('tells of each id what became of it', async () => {
      const someone = await person();
      const { driver, elsewhere } = someone;
      await elsewhere.deliver(letter({ subject: 'Stays' }));
      const stays = await newest(someone);
      await elsewhere.deliver(letter({ subject: 'Goes' }));
      const goes = await newest(someone);
      await elsewhere.expunge('Goes');
      const done = await driver.setKeywords({ ids: [goes, 'nonsense', stays], add: ['$seen'], remove: [] });
      expect(done.map(({ id }) => id)).toEqual([goes, 'nonsense', stays]);
      // Where keywords are ours, a message is known until the next listing finds it gone.
      if (traits.serverKeywords) expect(['notFound', 'stale']).toContain(done[0]?.error?.code);
      expect(done[1]?.error?.code).toBe('notFound');
      expect(done[2]?.error).toBeUndefined();
      if (traits.serverKeywords) expect(await elsewhere.flagsOf('Stays')).toEqual(['\\Seen']);
    });

    it('keeps a label of any name, for every other client too where the server keeps it, and finds it', async () => {
      const someone = await person();
      const { driver, elsewhere, inboxId } = someone;
      for (const subject of ['Other', 'Named']) await elsewhere.deliver(letter({ subject }));
      const ids = [await newest(someone)];
      const rights = (await driver.listMailboxes({ counts: true })).find(({ id }) => id === inboxId)?.rights;
      expect(rights).toMatchObject({ maySetKeywords: true, mayMakeKeywords: true });
      for (const name of ['Work', 'R&D: Größe', '漢'.repeat(64), 'x'.repeat(64)]) {
        const keyword = keywordFromName(name);
        expect(await driver.setKeywords({ ids, add: [keyword], remove: [] }), name).toEqual([{ id: ids[0] }]);
        const { keywords } = await driver.getMessage({ id: ids[0] ?? '' });
        expect(keywords, name).toContain(keyword);
        if (traits.serverKeywords) {
          const flags = (await elsewhere.flagsOf('Named'))?.map((flag) => flag.toLowerCase());
          expect(flags, name).toContain(keyword);
        }
        const query = { type: 'keyword', keyword, isSet: true } as const;
        expect(await driver.listMessageIds({ mailboxId: inboxId, query }), name).toEqual(ids);
        await driver.setKeywords({ ids, add: [], remove: [keyword] });
        expect(await driver.listMessageIds({ mailboxId: inboxId, query }), name).toEqual([]);
      }
    });

    it('refuses what is no keyword', async () => {
      const someone = await person();
      await someone.elsewhere.deliver(letter());
      const ids = [await newest(someone)];
      for (const keyword of ['a b', 'x\r\nA1 LOGOUT', '', '(', '$deleted']) {
        await expect(someone.driver.setKeywords({ ids, add: [keyword], remove: [] }), keyword).rejects.toMatchObject({
          code: 'invalid',
        });
      }
      await expect(someone.driver.setKeywords({ ids, add: [], remove: [] })).rejects.toMatchObject({ code: 'invalid' });
    });

    it('takes 10,000 ids in one call', async () => {
      const someone = await person();
      await someone.elsewhere.deliver(letter());
      const id = await newest(someone);
      const ids = [...Array.from({ length: 9_999 }, (_, at) => `forged${at}`), id];
      const done = await someone.driver.setKeywords({ ids, add: ['$seen'], remove: [] });
      expect(done).toHaveLength(10_000);
      expect(done.filter(({ error }) => !error)).toEqual([{ id }]);
    });
  });
}

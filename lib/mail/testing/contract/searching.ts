import { describe, expect, it } from 'vitest';
import type { MessageSummary, SearchEvent } from '../../model.ts';
import type { Query } from '../../query.ts';
import type { Person, Suite } from '../contract.ts';
import { letter, letterWithFile } from '../letters.ts';

async function eventsOf({ driver }: Person, query: Query, mailboxId?: string): Promise<SearchEvent[]> {
  const events: SearchEvent[] = [];
  for await (const event of driver.search({ query, ...(mailboxId ? { mailboxId } : {}) })) events.push(event);
  return events;
}

async function find(someone: Person, query: Query): Promise<string[]> {
  const events = await eventsOf(someone, query, someone.inboxId);
  const items = events.flatMap((event): MessageSummary[] => (event.type === 'hits' ? event.items : []));
  return items.map(({ subject }) => subject);
}

async function library(person: () => Promise<Person>): Promise<Person> {
  const someone = await person();
  const { elsewhere } = someone;
  await elsewhere.deliver(
    letter({ subject: 'Invoice', from: 'Shop <shop@example.org>', body: 'Please pay forty euros.' }),
  );
  await elsewhere.deliver(
    letter({
      subject: 'Holiday',
      from: 'Zoë <zoe@example.org>',
      to: 'Family <family@example.org>',
      body: 'Grüße vom Gardasee',
    }),
  );
  await elsewhere.deliver(letterWithFile('Contract', Buffer.from('%PDF')));
  await elsewhere.deliver(letter({ subject: 'Long read', body: 'word '.repeat(5000) }));
  return someone;
}

export function describeSearching({ traits, person }: Suite): void {
  describe('searching', () => {
    it('finds by words, sender, recipient and subject', async () => {
      const someone = await library(person);
      expect(await find(someone, { type: 'text', text: 'forty euros' })).toEqual(['Invoice']);
      expect(await find(someone, { type: 'text', text: 'Gardasee' })).toEqual(['Holiday']);
      expect(await find(someone, { type: 'text', text: 'vom Garda' })).toEqual(['Holiday']);
      expect(await find(someone, { type: 'text', text: 'HOLI' })).toEqual(['Holiday']);
      expect(await find(someone, { type: 'from', text: 'shop@example.org' })).toEqual(['Invoice']);
      expect(await find(someone, { type: 'from', text: 'shop@' })).toEqual(['Invoice']);
      expect(await find(someone, { type: 'to', text: 'family' })).toEqual(['Holiday']);
      expect(await find(someone, { type: 'subject', text: 'contr' })).toEqual(['Contract']);
      expect(await find(someone, { type: 'text', text: 'no such word' })).toEqual([]);
    });

    it('finds words that are not ASCII', async () => {
      const someone = await library(person);
      expect(await find(someone, { type: 'text', text: 'Grüße vom' })).toEqual(['Holiday']);
    });

    it('names no message by a question that a search for it does not show', async () => {
      const someone = await library(person);
      const mixed = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'];
      const body = '--b\r\nContent-Type: text/plain\r\n\r\nNothing attached.\r\n--b--';
      await someone.elsewhere.deliver(letter({ subject: 'Mixed', headers: mixed, body }));
      const query: Query = { type: 'hasAttachment' };
      expect(await find(someone, { type: 'subject', text: 'mixed' })).toEqual(['Mixed']);
      expect(await find(someone, query)).toEqual(['Contract']);
      const { driver, inboxId } = someone;
      const ids = await driver.listMessageIds({ mailboxId: inboxId, query });
      const named = await Promise.all(ids.map((id) => driver.getMessage({ id })));
      expect(named.map(({ subject }) => subject)).toEqual(['Contract']);
    });

    it('finds by size, day, attachment and keyword', async () => {
      const someone = await library(person);
      expect(await find(someone, { type: 'larger', sizeBytes: 10_000 })).toEqual(['Long read']);
      expect(await find(someone, { type: 'hasAttachment' })).toEqual(['Contract']);
      const all = await someone.driver.listMessageIds({ mailboxId: someone.inboxId });
      await someone.driver.setKeywords({ ids: all.slice(0, 1), add: ['$flagged'], remove: [] });
      expect(await find(someone, { type: 'keyword', keyword: '$flagged', isSet: true })).toEqual(['Long read']);
      expect(await find(someone, { type: 'keyword', keyword: '$flagged', isSet: false })).toHaveLength(3);
      expect(await find(someone, { type: 'before', date: '1999-12-31' })).toEqual([]);
      expect(await find(someone, { type: 'after', date: '1999-12-31' })).toHaveLength(4);
    });

    it('joins with and, or, not, in any depth', async () => {
      const someone = await library(person);
      const either: Query = {
        type: 'or',
        terms: [
          { type: 'subject', text: 'Invoice' },
          { type: 'subject', text: 'Holiday' },
          { type: 'subject', text: 'Contract' },
        ],
      };
      expect(await find(someone, either)).toEqual(['Contract', 'Holiday', 'Invoice']);
      const query: Query = {
        type: 'and',
        terms: [
          either,
          {
            type: 'not',
            term: {
              type: 'or',
              terms: [
                { type: 'from', text: 'zoe' },
                { type: 'and', terms: [{ type: 'hasAttachment' }, { type: 'smaller', sizeBytes: 100_000 }] },
              ],
            },
          },
        ],
      };
      expect(await find(someone, query)).toEqual(['Invoice']);
      expect(await find(someone, { type: 'all' })).toHaveLength(4);
    });

    it('ends with how many there were', async () => {
      const someone = await library(person);
      const events = await eventsOf(someone, { type: 'all' });
      expect(events.at(-1)).toEqual({ type: 'done', total: 4 });
      const progress = events.flatMap((event) => (event.type === 'progress' ? event : []));
      expect(progress.every(({ done, total }) => done >= 0 && done <= total)).toBe(true);
    });

    it.runIf(traits.mailboxes)('searches every mailbox and names the one of each hit', async () => {
      const someone = await library(person);
      const { id } = await someone.driver.createMailbox({ name: 'Box', parentId: null });
      await someone.driver.appendMessage({
        mailboxId: id,
        raw: Buffer.from(letter({ subject: 'Invoice in the box' })),
        keywords: [],
      });
      const events = await eventsOf(someone, { type: 'subject', text: 'Invoice' });
      const hits = events.flatMap((event) =>
        event.type === 'hits' ? event.items.map(({ subject }) => [event.mailboxId, subject]) : [],
      );
      expect(hits.sort()).toEqual(
        [
          [someone.inboxId, 'Invoice'],
          [id, 'Invoice in the box'],
        ].sort(),
      );
    });

    it('stops when the reader stops, and when told to', async () => {
      const someone = await library(person);
      for await (const event of someone.driver.search({ query: { type: 'all' } })) {
        expect(event.type).toBeDefined();
        break;
      }
      const stop = new AbortController();
      stop.abort();
      const all = async () => {
        for await (const _ of someone.driver.search({ query: { type: 'all' } }, { signal: stop.signal }))
          expect.unreachable();
      };
      await expect(all()).rejects.toMatchObject({ code: 'cancelled' });
      expect(await find(someone, { type: 'subject', text: 'Invoice' })).toEqual(['Invoice']);
    });

    it('refuses control characters and a search of 64 KiB, or finds nothing', async () => {
      const someone = await library(person);
      for (const text of ['x\r\nA1 DELETE INBOX', 'x\0y', 'x'.repeat(65_536)]) {
        const outcome = await find(someone, { type: 'text', text }).then(
          (found) => found,
          (error: { code: string }) => error.code,
        );
        expect([[], 'invalid', 'tooLarge']).toContainEqual(outcome);
      }
      expect(await someone.elsewhere.count()).toBe(4);
    });
  });
}

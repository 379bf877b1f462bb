import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MaildropHeader, MaildropStore } from '../../mail/pop3/maildrop.ts';
import type { Query } from '../../mail/query.ts';
import { createCollectionStore } from '../collection.ts';
import { createMaildropStore } from '../maildrop.ts';
import { databases, type TestStore } from '../testing/databases.ts';
import { createMailboxStore } from './mailboxes.ts';

const mailboxes = [
  { key: 'INBOX', name: 'Inbox' },
  { key: 'ARCHIVE', name: 'Archive' },
];
const headerOf = (subject: string, more: Partial<MaildropHeader> = {}): MaildropHeader => ({
  subject,
  from: [],
  to: [],
  cc: [],
  bcc: [],
  receivedAt: '2026-11-02T10:00:00.000Z',
  sentAt: null,
  hasAttachment: false,
  isWhole: true,
  preview: null,
  ...more,
});
const text = (words: string): Query => ({ type: 'text', text: words });

describe.each(databases)('searching in $name', ({ open }) => {
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

  /** Messages that live here, oldest first. */
  async function keep(accountId: string, messages: { header: MaildropHeader; text: string | null }[], key = 'INBOX') {
    const own = messages.map((message) => ({
      mailboxKey: key,
      content: 'x',
      sizeBytes: 10,
      keywords: [] as string[],
      ...message,
    }));
    return await maildrop.add(accountId, own);
  }
  async function find(query: Query, accountId = 'ann', uidls?: string[]): Promise<string[]> {
    const subjects: string[] = [];
    const request = { query, mailboxes, ...(uidls ? { uidls } : {}) };
    for await (const rows of maildrop.search(accountId, request))
      subjects.push(...rows.map(({ header, uidl }) => header?.subject ?? uidl));
    return subjects;
  }
  const words = async (): Promise<number> =>
    Number(
      (await sql<{ count: number }>`select count(*) as count from maildrop_text`.execute(opened.store.db)).rows[0]
        ?.count,
    );

  it('finds words, phrases and beginnings in any script, without case and accents', async () => {
    await keep('ann', [
      { header: headerOf('Le résumé'), text: 'Grüße vom Gardasee. It is ready-made.' },
      { header: headerOf('出張'), text: '明日は東京都へ行く' },
      { header: headerOf('Письмо'), text: 'Ёлка уже здесь\0' },
    ]);
    expect(await find(text('RESUME'))).toEqual(['Le résumé']);
    expect(await find(text('grusse'))).toEqual([]);
    expect(await find(text('grüße VOM garda'))).toEqual(['Le résumé']);
    expect(await find(text('gar'))).toEqual(['Le résumé']);
    expect([await find(text('ga')), await find(text('le'))]).toEqual([[], ['Le résumé']]);
    expect(await find(text('vom grüße'))).toEqual([]);
    expect(await find(text('arda'))).toEqual([]);
    expect(await find(text('ready made'))).toEqual(['Le résumé']);
    expect(await find(text('東京'))).toEqual(['出張']);
    expect(await find(text('京東'))).toEqual([]);
    expect(await find(text('елка'))).toEqual(['Письмо']);
  });

  it('finds by sender, recipient and subject alone', async () => {
    const ann = { name: 'Ann Lee', email: 'ann@example.org' };
    const bob = { name: null, email: 'bob@example.net' };
    await keep('ann', [
      { header: headerOf('one', { from: [ann], cc: [bob] }), text: 'cat' },
      { header: headerOf('cat', { from: [bob], to: [ann] }), text: 'two' },
    ]);
    expect(await find({ type: 'from', text: 'ann@example.org' })).toEqual(['one']);
    expect(await find({ type: 'from', text: 'Ann Le' })).toEqual(['one']);
    expect(await find({ type: 'to', text: 'bob@' })).toEqual(['one']);
    expect(await find({ type: 'subject', text: 'ca' })).toEqual(['cat']);
    expect(await find(text('cat'))).toEqual(['cat', 'one']);
    // No phrase runs from one field into the next.
    expect(await find(text('one ann'))).toEqual([]);
  });

  it.each([
    ['"', []],
    ['" OR "needle', ['same words']],
    ['body : needle', ['same words']],
    ['needle*', ['same words', 'plain']],
    ['{subject body} : needle', ['same words']],
    ['NEAR(needle hay, 5)', ['same words']],
    ['needle AND NOT hay', ['same words']],
    ['^needle', ['same words', 'plain']],
    ["needle' | 'hay", ['same words']],
    ['needle & !hay', ['same words']],
    ['needle:*A', ['same words']],
    ["'; drop table maildrop_message; --", ['same words']],
    ['needle\\', ['same words', 'plain']],
    ['(((((', []],
    ['\u0000\u202E%_', []],
  ])('takes %j for words and nothing else', async (asked, hits) => {
    await keep('ann', [
      { header: headerOf('plain'), text: 'needle' },
      { header: headerOf('other'), text: 'hay' },
      { header: headerOf('same words'), text: `There is ${asked} here` },
    ]);
    expect(await find(text(asked))).toEqual(hits);
    expect(await find(text('hay'))).toContain('other');
  });

  it('leaves out of a question what has no word in it', async () => {
    await keep('ann', [{ header: headerOf('Salt & pepper'), text: '' }]);
    expect(await find({ type: 'and', terms: [text('salt'), text('&'), text('pepper')] })).toEqual(['Salt & pepper']);
    expect(await find({ type: 'not', term: text('&') })).toEqual([]);
    expect(await find(text('&'))).toEqual([]);
  });

  it('never finds what is another account’s, and loses its words with the message and with the account', async () => {
    await keep('ann', [{ header: headerOf('mine'), text: 'secret' }]);
    const [uidl = ''] = await keep('bob', [{ header: headerOf('theirs'), text: 'secret' }]);
    expect(await find(text('secret'))).toEqual(['mine']);
    expect(await find(text('secret'), 'bob')).toEqual(['theirs']);
    expect(await find({ type: 'not', term: text('nothing') })).toEqual(['mine']);
    expect(await words()).toBe(2);
    await maildrop.remove('bob', [uidl]);
    expect(await words()).toBe(1);
    await opened.store.db.deleteFrom('account').where('id', '=', 'ann').execute();
    expect(await words()).toBe(0);
  });

  it('knows what it cannot decide yet, and decides it when that is read', async () => {
    const listed = ['bare', 'headed', 'whole'].map((uidl) => ({ uidl, sizeBytes: 10 })).reverse();
    await maildrop.reconcile('ann', listed);
    await maildrop.saveHeaders('ann', new Map([['headed', headerOf('headed cat')]]));
    const collection = createCollectionStore(async () => opened.store);
    const collected = { uidl: 'whole', bytes: null, content: 'y', header: headerOf('whole'), text: 'dog' };
    await collection.recordCollected('ann', [collected]);
    const undecided = async (query: Query) => {
      const found = await maildrop.findUndecided('ann', { query, mailboxes }, { isKept: false, limit: 9 });
      return found.map(({ uidl }) => uidl);
    };
    const not = (term: Query): Query => ({ type: 'not', term });
    expect([await find(text('cat')), await undecided(text('cat'))]).toEqual([['headed cat'], ['bare']]);
    expect([await find(text('dog')), await undecided(text('dog'))]).toEqual([['whole'], ['headed', 'bare']]);
    expect([await find(not(text('cat'))), await undecided(not(text('cat')))]).toEqual([['whole'], ['bare']]);
    expect([await find(not(text('x'))), await undecided(not(text('x')))]).toEqual([['whole'], ['headed', 'bare']]);
    const subject: Query = { type: 'subject', text: 'headed' };
    expect([await find(not(subject)), await undecided(not(subject))]).toEqual([['whole'], ['bare']]);
    const late: Query = { type: 'after', date: '2026-11-03' };
    expect([await find(late), await undecided(late)]).toEqual([[], ['bare']]);
    const unread: Query = { type: 'keyword', keyword: '$seen', isSet: false };
    expect([await find(unread), await undecided(unread)]).toEqual([['whole', 'headed cat', 'bare'], []]);
    const either: Query = { type: 'or', terms: [unread, text('dog')] };
    expect([await find(either), await undecided(either)]).toEqual([['whole', 'headed cat', 'bare'], []]);

    await maildrop.saveTexts('ann', new Map([['headed', 'a dog']]));
    expect([await find(text('dog')), await undecided(text('dog'))]).toEqual([['whole', 'headed cat'], ['bare']]);
    // Collected before its header was saved by another request: its text stays.
    await maildrop.saveHeaders('ann', new Map([['whole', headerOf('whole')]]));
    expect(await find(text('dog'))).toEqual(['whole', 'headed cat']);
    // Its unique-id was given to another message: of that nothing is known yet.
    const tellApart = async () => ({
      names: new Map([['headed', 'headed x']]),
      unsettled: new Set<string>(),
      unknown: new Set<string>(),
    });
    const resized = [{ uidl: 'headed', sizeBytes: 99 }, ...listed.filter(({ uidl }) => uidl !== 'headed')];
    await maildrop.reconcile('ann', resized, { tellApart, isDoubted: false });
    expect([await find(text('cat')), await undecided(text('cat'))]).toEqual([[], ['headed x', 'bare']]);
  });

  it('reads later what was kept before there were words of it', async () => {
    const [uidl = ''] = await keep('ann', [{ header: headerOf('copy'), text: null }]);
    const request = { query: text('dog'), mailboxes };
    expect(await maildrop.findUndecided('ann', request, { isKept: false, limit: 9 })).toEqual([]);
    expect(await maildrop.findUndecided('ann', request, { isKept: true, limit: 9 })).toEqual([{ uidl, content: 'x' }]);
    await maildrop.saveTexts('ann', new Map([[uidl, 'dog']]));
    expect(await maildrop.findUndecided('ann', request, { isKept: true, limit: 9 })).toEqual([]);
    expect(await find(text('dog'))).toEqual(['copy']);
  });

  it('joins in any depth, narrows by mailbox, label, size and day, and hides what was deleted', async () => {
    const [, second = ''] = await keep('ann', [
      { header: headerOf('a', { receivedAt: '2026-11-01T23:59:59.999Z', hasAttachment: true }), text: 'cat dog' },
      { header: headerOf('b', { receivedAt: '2026-11-02T00:00:00.000Z' }), text: 'cat' },
    ]);
    await keep('ann', [{ header: headerOf('c'), text: 'cat' }], 'ARCHIVE');
    const folders = createMailboxStore(async () => opened.store);
    const { key } = await folders.create('ann', { name: 'Elsewhere', parentKey: null });
    await keep('ann', [{ header: headerOf('d'), text: 'cat' }], key);
    await maildrop.changeKeywords('ann', [second], { add: ['$flagged', 'work'], remove: [] });
    expect(await find({ type: 'all' })).toEqual(['c', 'b', 'a']);
    expect(await find({ type: 'in', mailbox: 'ÁRCHIVE' })).toEqual(['c']);
    expect(await find({ type: 'in', mailbox: 'no such' })).toEqual([]);
    expect(await find({ type: 'before', date: '2026-11-02' })).toEqual(['a']);
    expect(await find({ type: 'after', date: '2026-11-02' })).toEqual(['c', 'b']);
    expect(await find({ type: 'hasAttachment' })).toEqual(['a']);
    expect(await find({ type: 'keyword', keyword: 'Work', isSet: true })).toEqual(['b']);
    expect(await find({ type: 'keyword', keyword: '$flagged', isSet: false })).toEqual(['c', 'a']);
    expect(await find({ type: 'larger', sizeBytes: 10 })).toEqual([]);
    expect(await find({ type: 'smaller', sizeBytes: 11 })).toHaveLength(3);
    const deep: Query = {
      type: 'and',
      terms: [
        text('cat'),
        { type: 'not', term: { type: 'or', terms: [text('dog'), { type: 'in', mailbox: 'archive' }] } },
      ],
    };
    expect(await find(deep)).toEqual(['b']);
    await createCollectionStore(async () => opened.store).markDeleted('ann', [second]);
    expect(await find(deep)).toEqual([]);
  });

  it('gives each of many once, newest first, whatever lies between them', async () => {
    const some = (accountId: string, from: number) =>
      keep(
        accountId,
        Array.from({ length: 1_300 }, (_, index) => ({ header: headerOf(`${from + index}`), text: 'word' })),
      );
    await some('ann', 0);
    await some('bob', 0);
    await some('ann', 1_300);
    expect(await find(text('word'))).toEqual(Array.from({ length: 2_600 }, (_, index) => `${2_599 - index}`));
    const sevens = Array.from({ length: 2_600 }, (_, index) => `${2_599 - index}`).filter((at) => at.startsWith('177'));
    expect(await find({ type: 'subject', text: '177' })).toEqual(sevens);
  });

  it('takes the longest texts, and finds what stands within its bounds', async () => {
    const long = `first ${'漢'.repeat(29_000)} middle ${'word'.repeat(500_000)} ${'lorem '.repeat(40_000)} last`;
    await keep('ann', [
      { header: headerOf('long'), text: long },
      { header: headerOf('wide'), text: Array.from({ length: 30_000 }, (_, at) => `${at}${'x'.repeat(30)}`).join(' ') },
    ]);
    expect(await find(text('first'))).toEqual(['long']);
    expect(await find(text('middle'))).toEqual(['long']);
    expect(await find(text('last'))).toEqual([]);
    expect(await find(text('1234xx'))).toEqual(['wide']);
  });

  it('takes a question of 300 words in any nesting', async () => {
    await keep('ann', [{ header: headerOf('a'), text: 'w0' }]);
    const terms = Array.from({ length: 300 }, (_, index) => text(`w${index}`));
    expect(await find({ type: 'or', terms })).toEqual(['a']);
    expect(await find({ type: 'and', terms })).toEqual([]);
    expect(await find({ type: 'not', term: { type: 'and', terms } })).toEqual(['a']);
    const pairs = terms.map((term): Query => ({ type: 'and', terms: [term, text('w0')] }));
    expect(await find({ type: 'and', terms: pairs })).toEqual([]);
    const labels = terms.map((_, index): Query => ({ type: 'keyword', keyword: `k${index}`, isSet: true }));
    expect(await find({ type: 'and', terms: labels })).toEqual([]);
    expect(await find({ type: 'and', terms: terms.slice(1).map((term) => ({ type: 'not', term })) })).toEqual(['a']);
  });
});

import { sql } from 'kysely';
import type { MaildropStore, OwnMessage } from '../lib/mail/pop3/maildrop.ts';
import type { Query } from '../lib/mail/query.ts';
import { createMaildropStore } from '../lib/store/maildrop.ts';
import { databases } from '../lib/store/testing/databases.ts';
import { names } from './mailbox.ts';
import { holdOf, quantile } from './measure.ts';

/** Searches over one account of `count` collected messages, with a fifth of that of somebody else's between them. */
export interface SearchRow {
  database: string;
  what: string;
  hits: number;
  /** To the first 50 hits, and to the last of at most 5,000. */
  firstMs: number;
  allMs: number;
  /** The longest that the process could do nothing else. */
  holdMs: number;
}

const mailboxes = [{ key: 'INBOX', name: 'Inbox' }];
const maxHits = 5_000;
const runs = 7;
const day = 24 * 3600 * 1000;
const from = Date.parse('2016-01-01T00:00:00Z');

const text = (words: string): Query => ({ type: 'text', text: words });
const questions: [string, Query][] = [
  ['a word in 10 messages', text('zeppelin')],
  ['a word in half of them', text('harbour')],
  ['the beginning "kar"', text('kar')],
  ['from: one of seven', { type: 'from', text: 'marta kow' }],
  [
    'two words and a date',
    { type: 'and', terms: [text('harbour'), text('zeppelin'), { type: 'after', date: '2016-06-01' }] },
  ],
  ['a word, and not another', { type: 'and', terms: [text('harbour'), { type: 'not', term: text('marta') }] }],
  ['nothing', text('xyzzy')],
];

export async function measureSearch(count: number): Promise<SearchRow[]> {
  const rows: SearchRow[] = [];
  for (const { name, open } of databases) {
    const opened = await open();
    try {
      const { db } = opened.store;
      for (const id of ['reader', 'other']) {
        const account = { id, protocol: 'pop3', host: 'h', port: 110, username: id, created_at_ms: 1 } as const;
        await db.insertInto('account').values(account).execute();
      }
      const maildrop = createMaildropStore(async () => opened.store);
      await fill(maildrop, count);
      // What autovacuum does within a minute: without it Postgres plans for an empty table.
      if (name === 'postgres') await sql`vacuum analyze`.execute(db);
      for (const [what, query] of questions) rows.push({ database: name, what, ...(await measure(maildrop, query)) });
    } finally {
      await opened.stop();
    }
  }
  return rows;
}

async function measure(maildrop: MaildropStore, query: Query): Promise<Omit<SearchRow, 'database' | 'what'>> {
  const first: number[] = [];
  const all: number[] = [];
  let hits = 0;
  const search = async () => {
    const start = performance.now();
    let shown: number | null = null;
    hits = 0;
    for await (const found of maildrop.search('reader', { query, mailboxes })) {
      hits += found.length;
      if (hits >= 50) shown ??= performance.now() - start;
      if (hits >= maxHits) break;
    }
    const end = performance.now() - start;
    first.push(shown ?? end);
    all.push(end);
  };
  // The first warms the caches, and what it holds up is not counted.
  await search();
  const holdMs = await holdOf(async () => {
    for (let run = 1; run < runs; run += 1) await search();
  });
  return { hits, firstMs: quantile(first, 0.5), allMs: quantile(all, 0.5), holdMs };
}

async function fill(maildrop: MaildropStore, count: number): Promise<void> {
  const batch = 500;
  for (let at = 0; at < count; at += batch) {
    const messages = Array.from({ length: Math.min(batch, count - at) }, (_, index) => message(at + index));
    await maildrop.add('reader', messages);
    if (at % (5 * batch) === 0) await maildrop.add('other', messages);
  }
}

const syllables = ['ka', 'ro', 'mi', 'lu', 'ten', 'sa', 'vor', 'ne', 'pi', 'gal', 'du', 'es'];

/** 80 words from a vocabulary of some 20,000, common ones often, as people write. */
function message(index: number): OwnMessage {
  let seed = index * 7_919 + 17;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  const word = () => {
    let rest = Math.floor(20_736 * random() ** 3);
    let made = '';
    for (; made === '' || rest > 0; rest = Math.floor(rest / syllables.length))
      made += syllables[rest % syllables.length];
    return made;
  };
  const words = Array.from({ length: 80 }, word);
  if (index % 2 === 0) words.push('harbour');
  if (index % 10_000 === 4_998) words.push('zeppelin');
  const name = names[index % names.length] ?? '';
  const email = `${name.toLowerCase().replace(' ', '.')}@quay.example`;
  const receivedAt = new Date(from + (index * 3650 * day) / 100_000).toISOString();
  const to = [{ name: null, email: 'reader@quay.example' }];
  return {
    mailboxKey: 'INBOX',
    content: 'x'.repeat(64),
    sizeBytes: 2_000 + index,
    text: words.join(' '),
    keywords: [],
    header: {
      subject: `${words.slice(0, 4).join(' ')} ${index}`,
      from: [{ name, email }],
      to,
      cc: [],
      bcc: [],
      receivedAt,
      sentAt: receivedAt,
      hasAttachment: false,
      isWhole: true,
      preview: words.slice(0, 20).join(' '),
    },
  };
}

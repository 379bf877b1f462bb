import type { Mailbox, MessageSummary, Page, PerIdResult } from '../lib/mail/model.ts';
import type { RawImap } from '../lib/mail/testing/raw-imap.ts';
import { atMostMore, atMostMs, atMostTimes, compare, type Row } from './measure.ts';
import type { BenchPerson } from './person.ts';

const pageItems = '(UID FLAGS INTERNALDATE ENVELOPE BODYSTRUCTURE RFC822.SIZE)';

/** The server side of the budgets: ours over HTTP against the same work over a raw selected socket. */
export async function measureRows(person: BenchPerson, raw: RawImap, count: number): Promise<Row[]> {
  const { accounts } = (await person.get('/api/session')) as { accounts: { id: string }[] };
  const base = `/api/accounts/${accounts[0]?.id}`;
  const { mailboxes } = (await person.get(`${base}/mailboxes`)) as { mailboxes: Mailbox[] };
  const idOf = (name: string) =>
    mailboxes.find((mailbox) => mailbox.name.toLowerCase() === name.toLowerCase())?.id ?? '';
  const list = async (mailbox: string, position: number) =>
    (await person.get(
      `${base}/mailboxes/${idOf(mailbox)}/messages?position=${position}&limit=50`,
    )) as Page<MessageSummary>;
  await raw.command('SELECT INBOX');
  const fetchPage = async (position: number) => {
    await raw.command(`FETCH ${count - position - 49}:${count - position} ${pageItems}`);
  };

  const rows: Row[] = [];
  const middle = Math.floor(count / 2);
  for (const position of [0, middle]) {
    const name = `list 50 at ${position.toLocaleString('en')}`;
    rows.push(
      await compare(
        `${name}, seen before`,
        atMostTimes(5),
        () => fetchPage(position),
        async () => void (await list('INBOX', position)),
      ),
    );
  }
  // Every run asks for a page that this session has not seen, so that each is read and parsed whole.
  rows.push(
    await compare(
      'list 50, never seen',
      atMostTimes(5),
      (run) => fetchPage(1_000 + run * 50),
      async (run) => void (await list('INBOX', 1_000 + run * 50)),
    ),
  );

  const page = await list('INBOX', 100);
  const uidAt = async (position: number) =>
    Number(/UID (\d+)/.exec((await raw.command(`FETCH ${count - position} (UID)`)).untagged[0] ?? '')?.[1]);
  const firstUid = await uidAt(100);
  rows.push(
    await compare(
      'open a message',
      atMostTimes(4),
      async (run) =>
        void (await raw.command(`UID FETCH ${firstUid - (run % 40)} (BODYSTRUCTURE BODY.PEEK[HEADER] BODY.PEEK[1])`)),
      async (run) => void (await person.get(`${base}/messages/${page.items[run % 40]?.id}`)),
    ),
  );
  rows.push(
    await compare(
      'set a keyword',
      atMostMs(3),
      async (run) => void (await raw.command(`UID STORE ${firstUid} ${run % 2 ? '+' : '-'}FLAGS.SILENT (\\Flagged)`)),
      async (run) => {
        const change = run % 2 ? { add: ['$flagged'] } : { remove: ['$flagged'] };
        await person.post(`${base}/messages/keywords`, { ids: [page.items[0]?.id], ...change });
      },
    ),
  );
  rows.push(await compareFolders(raw, list));
  rows.push(await compareMoves(person, raw, base, page, idOf('Trash'), firstUid));
  return rows;
}

/** Opening another folder: SELECT and its first page, going to and fro between two. */
function compareFolders(
  raw: RawImap,
  list: (mailbox: string, position: number) => Promise<Page<MessageSummary>>,
): Promise<Row> {
  const folder = (run: number) => (run % 2 ? 'INBOX' : 'Second');
  return compare(
    'open another folder',
    atMostMore(5),
    async (run) => {
      const selected = await raw.command(`SELECT ${folder(run)}`);
      const exists = Number(/(\d+) EXISTS/.exec(selected.untagged.join('\n'))?.[1]);
      await raw.command(`FETCH ${exists - 49}:${exists} ${pageItems}`);
    },
    async (run) => void (await list(folder(run), 0)),
  );
}

/** Each run moves one message; the two sides take theirs from different places, so that neither finds the other's gone. */
async function compareMoves(
  person: BenchPerson,
  raw: RawImap,
  base: string,
  page: Page<MessageSummary>,
  trash: string,
  firstUid: number,
): Promise<Row> {
  await raw.command('SELECT INBOX');
  const ids = page.items.slice(0, 45).map((item) => item.id);
  return await compare(
    'move to Trash',
    atMostMore(4),
    async (run) => void (await raw.command(`UID MOVE ${firstUid - 2_000 - run} Trash`)),
    async (run) => {
      const { results } = (await person.post(`${base}/messages/move`, { ids: [ids[run]], to: trash })) as {
        results: PerIdResult[];
      };
      if (results[0]?.error) throw new Error(`move: ${results[0].error.code}`);
    },
    { runs: 40, warmUp: 5 },
  );
}

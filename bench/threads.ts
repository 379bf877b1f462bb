import { setTimeout as pause } from 'node:timers/promises';
import type { Mailbox, MessageSummary, Page } from '../lib/mail/model.ts';
import type { RawImap } from '../lib/mail/testing/raw-imap.ts';
import { plainMessage } from './mailbox.ts';
import { atMostMs, atMostTimes, compare, type Row } from './measure.ts';
import type { BenchPerson } from './person.ts';

const pageItems = '(UID FLAGS INTERNALDATE ENVELOPE BODYSTRUCTURE RFC822.SIZE)';

/** The first page of conversations of INBOX: by a new sign-in, again, and after new mail that answers none or one of them. */
export async function measureThreads(
  enter: () => Promise<BenchPerson>,
  connect: () => Promise<RawImap>,
  count: number,
): Promise<Row[]> {
  const bare = async (raw: RawImap) => {
    await raw.command('NOOP');
    await raw.command('UID THREAD REFS UTF-8 ALL');
    await raw.command(`FETCH ${count - 49}:${count} ${pageItems}`);
  };
  // A server may keep what it threaded with the connection, so the first time is one for both.
  const fresh: { raw: RawImap; person: BenchPerson; list: () => Promise<Page<MessageSummary>> }[] = [];
  const open = async () => {
    const person = await enter();
    const raw = await connect();
    await raw.command('SELECT INBOX');
    const { base, inbox } = await placesOf(person);
    // Its connection stands and has INBOX selected, as the bare one has; conversations were not asked for.
    await person.get(`${base}/mailboxes/${inbox}/messages?position=50000&limit=1`);
    const path = `${base}/mailboxes/${inbox}/messages?position=0&limit=50&collapse=true`;
    return { raw, person, list: async () => (await person.get(path)) as Page<MessageSummary> };
  };
  const [runs, warmUp] = [12, 2];
  for (let at = 0; at < runs + warmUp; at += 1) fresh.push(await open());
  const rows = [
    await compare(
      'conversations, first time',
      atMostTimes(1.2),
      async (run) => void (fresh[run] && (await bare(fresh[run].raw))),
      async (run) => void (await fresh[run]?.list()),
      { runs, warmUp },
    ),
  ];
  const [kept, ...others] = fresh;
  if (kept === undefined) throw new Error('nobody is signed in');
  for (const { person, raw } of others) {
    person.close();
    raw.close();
  }
  const { raw, person, list } = kept;
  const ours = async () => void (await list());
  rows.push(await compare('… unchanged', atMostMs(8), () => bare(raw), ours, { runs: 40 }));
  const deliver = await connect();
  let next = count;
  const arrive = async () => {
    // As far apart as mail comes: a second after each the server is asked anew, which is not what is measured.
    await pause(2_000);
    next += 1;
    await deliver.append('INBOX', plainMessage(next, new Date()));
  };
  const apart = { runs: 12, warmUp: 2, before: arrive };
  rows.push(await compare('… after new mail', atMostMs(20), () => bare(raw), ours, apart));
  person.close();
  for (const connection of [raw, deliver]) connection.close();
  return rows;
}

async function placesOf(person: BenchPerson): Promise<{ base: string; inbox: string }> {
  const { accounts } = (await person.get('/api/session')) as { accounts: { id: string }[] };
  const base = `/api/accounts/${accounts[0]?.id}`;
  const { mailboxes } = (await person.get(`${base}/mailboxes`)) as { mailboxes: Mailbox[] };
  return { base, inbox: mailboxes.find(({ role }) => role === 'inbox')?.id ?? '' };
}

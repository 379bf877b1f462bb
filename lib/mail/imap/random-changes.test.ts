import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ListRequest, MailDriver } from '../driver.ts';
import { mailboxIdOf } from '../ids.ts';
import type { MessageSummary } from '../model.ts';
import { type Dovecot, startDovecot } from '../testing/dovecot.ts';
import { letter } from '../testing/letters.ts';
import { manyUsers } from '../testing/people.ts';
import { openRawImap, type RawImap } from '../testing/raw-imap.ts';
import { createImapDriver } from './driver.ts';
import { closePool } from './pool.ts';

/** The same walk at every run of a seed. */
function createDice(seed: number) {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % limit;
  };
  return { below, of: <T>(list: readonly T[]): T | undefined => list[below(Math.max(1, list.length))] };
}

/** A message as an independent client reads it now. */
interface Truth {
  uid: number;
  subject: string;
  flags: string[];
  size: number;
}

const inbox = mailboxIdOf('INBOX');
const side = mailboxIdOf('Side');
const keywordOf: Record<string, string> = { '\\Seen': '$seen', '\\Flagged': '$flagged', '\\Answered': '$answered' };

/** All of the selected mailbox, the newest first. */
async function readAfresh(raw: RawImap): Promise<Truth[]> {
  await raw.command('NOOP');
  const { untagged } = await raw.command('UID FETCH 1:* (FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS (SUBJECT)])');
  const rows = untagged.flatMap((line): Truth[] => {
    const uid = /UID (\d+)/.exec(line)?.[1];
    const subject = /Subject: (.*?)\r?\n/.exec(line)?.[1];
    const flags = /FLAGS \(([^)]*)\)/.exec(line)?.[1];
    if (uid === undefined || subject === undefined || flags === undefined) return [];
    const size = Number(/RFC822\.SIZE (\d+)/.exec(line)?.[1]);
    return [{ uid: Number(uid), subject, flags: flags.split(' ').filter(Boolean), size }];
  });
  return rows.sort((one, other) => other.uid - one.uid);
}

/** What the server makes of the conversations: of each its UIDs, the newest first; the newest conversation first. */
async function threadsAfresh(raw: RawImap): Promise<number[][]> {
  const { untagged } = await raw.command('UID THREAD REFS US-ASCII ALL');
  const line = untagged.find((one) => one.startsWith('* THREAD')) ?? '';
  const threads: number[][] = [];
  let depth = 0;
  for (const [token] of line.matchAll(/\(|\)|\d+/g)) {
    if (token === '(') {
      if (depth === 0) threads.push([]);
      depth += 1;
    } else if (token === ')') depth -= 1;
    else threads.at(-1)?.push(Number(token));
  }
  return threads.map((uids) => uids.sort((one, other) => other - one)).sort(([one = 0], [other = 0]) => other - one);
}

const shown = ({ subject, keywords }: MessageSummary) => `${subject} ${[...keywords].sort().join(' ')}`.trim();
const written = ({ subject, flags }: Truth) =>
  `${subject} ${flags
    .flatMap((flag) => keywordOf[flag] ?? (flag.startsWith('\\') ? [] : [flag.toLowerCase()]))
    .sort()
    .join(' ')}`.trim();

describe('a mailbox that two other clients change at random', () => {
  const users = manyUsers(4);
  let dovecot: Dovecot;
  let sessions = 0;
  beforeAll(async () => {
    dovecot = await startDovecot({ users });
  });
  afterEach(() => closePool(0));
  afterAll(() => dovecot?.stop());

  const open = (login: { username: string; password: string }): MailDriver => {
    sessions += 1;
    const key = { sessionId: `random ${sessions}`, accountId: 'a' };
    const ca = readFileSync(dovecot.certificatePath, 'utf8');
    const tls = { security: 'tls', verifiesCertificate: true, ca } as const;
    return createImapDriver({
      key,
      server: { protocol: 'imap', host: '127.0.0.1', port: dovecot.ports.imaps, ...tls },
      login,
    });
  };

  it('is read anew in another order where one message came and one went, which leaves as many', async () => {
    const login = users.shift();
    if (login === undefined) throw new Error('no more people');
    const raw = await openRawImap(dovecot.ports.imap, login);
    const driver = open(login);
    const bySize = { mailboxId: inbox, position: 0, limit: 50, sort: { property: 'size', isAscending: true } } as const;
    const unread = { mailboxId: inbox, position: 0, limit: 50, filter: 'unread' } as const;
    const subjects = async (request: ListRequest) =>
      (await driver.listMessages(request)).items.map(({ subject }) => subject);
    for (const subject of ['One', 'Two']) await raw.append('INBOX', letter({ subject, body: subject.repeat(40) }));
    await raw.command('SELECT INBOX');
    expect([await subjects(bySize), await subjects(unread)]).toEqual([
      ['One', 'Two'],
      ['Two', 'One'],
    ]);
    await raw.append('INBOX', letter({ subject: 'Three', body: 'x' }));
    await raw.command('STORE 1 +FLAGS (\\Deleted)');
    await raw.command('EXPUNGE');
    expect([await subjects(bySize), await subjects(unread)]).toEqual([
      ['Three', 'Two'],
      ['Three', 'Two'],
    ]);
    raw.close();
  });

  it.each([11, 47, 2_026])(
    'shows what a fresh read shows, at each of 700 steps (seed %i)',
    async (seed) => {
      const dice = createDice(seed);
      const login = users.shift();
      if (login === undefined) throw new Error('no more people');
      const clients = [await openRawImap(dovecot.ports.imap, login), await openRawImap(dovecot.ports.imap, login)];
      const witness = await openRawImap(dovecot.ports.imap, login);
      await witness.command('CREATE Side');
      for (const raw of [...clients, witness]) await raw.command('SELECT INBOX');
      const sessions = [open(login), open(login)];
      const references = new Map<string, string[]>();
      let count = 0;
      let asked = 0;
      let late = 0;

      const deliver = async (raw: RawImap) => {
        count += 1;
        const subject = `Letter ${count}`;
        const answered = dice.below(3) === 0 ? undefined : dice.of([...references.keys()].slice(-12));
        const chain = answered === undefined ? [] : [...(references.get(answered) ?? []), `<${answered}@random>`];
        references.set(String(count), chain);
        const headers = chain.length === 0 ? [] : [`References: ${chain.join(' ')}`];
        const text = letter({ subject, headers, body: 'x'.repeat(dice.below(400)) });
        const flags = dice.below(3) === 0 ? '\\Seen' : '';
        await raw.append('INBOX', text.replace(/Message-ID: .*/, `Message-ID: <${count}@random>`), flags);
      };
      const someUids = (truth: readonly Truth[]) =>
        [...new Set(Array.from({ length: 1 + dice.below(4) }, () => dice.of(truth)?.uid ?? 1))].join(',');
      const someIds = async (driver: MailDriver) => {
        const { items } = await driver.listMessages({ mailboxId: inbox, position: 0, limit: 50 });
        return [...new Set(Array.from({ length: 1 + dice.below(3) }, () => dice.of(items)?.id))].filter(
          (id) => id !== undefined,
        );
      };
      const change = async (truth: readonly Truth[]): Promise<string> => {
        const raw = clients[dice.below(2)] as RawImap;
        const driver = sessions[dice.below(2)] as MailDriver;
        const uids = someUids(truth);
        const flag = dice.of(['\\Seen', '\\Flagged', '\\Answered', 'Work']);
        switch (truth.length < 12 ? 0 : dice.below(truth.length > 120 ? 14 : 10)) {
          case 0:
          case 1:
          case 2:
            await deliver(raw);
            return 'a message came in';
          case 3:
          case 4:
            await raw.command(`UID STORE ${uids} ${dice.below(2) === 0 ? '+' : '-'}FLAGS (${flag})`);
            return `${flag} of ${uids} by another client`;
          case 5:
            await raw.command(`UID MOVE ${uids} Side`);
            return `${uids} moved away by another client`;
          case 6:
            await raw.command(`UID COPY ${uids} INBOX`);
            return `${uids} copied by another client`;
          case 7: {
            const ids = await someIds(driver);
            const add = dice.below(2) === 0;
            await driver.setKeywords({ ids, add: add ? ['$flagged'] : [], remove: add ? [] : ['$flagged'] });
            return 'a flag of ours';
          }
          case 8:
            await driver.moveMessages({ ids: await someIds(driver), to: side });
            return 'a move of ours';
          case 9:
            await driver.destroyMessages({ ids: await someIds(driver) });
            return 'a deletion of ours';
          default:
            await raw.command(`UID STORE ${uids} +FLAGS (\\Deleted)`);
            await raw.command(`UID EXPUNGE ${uids}`);
            return `${uids} expunged by another client`;
        }
      };
      const compare = async (truth: readonly Truth[], after: string) => {
        const driver = sessions[dice.below(2)] as MailDriver;
        const position = dice.below(truth.length + 3);
        const request: ListRequest = { mailboxId: inbox, position, limit: 1 + dice.below(50) };
        const window = <T>(all: readonly T[]) => all.slice(position, position + request.limit);
        switch (dice.below(4)) {
          case 0: {
            const filter = dice.below(2) === 0 ? 'unread' : 'flagged';
            const page = await driver.listMessages({ ...request, filter });
            const all = truth.filter(({ flags }) =>
              filter === 'unread' ? !flags.includes('\\Seen') : flags.includes('\\Flagged'),
            );
            expect([page.total, page.items.map(shown)], `${after}; ${filter}`).toEqual([
              all.length,
              window(all).map(written),
            ]);
            return;
          }
          case 1: {
            const byUid = new Map(truth.map((one) => [one.uid, one]));
            const threads = await threadsAfresh(witness);
            const wanted = [
              threads.length,
              ...window(threads).map((uids) => `${written(byUid.get(uids[0] ?? 0) as Truth)} of ${uids.length}`),
            ];
            const told = async () => {
              const { total, items } = await driver.listMessages({ ...request, collapse: true });
              return [total, ...items.map((item) => `${shown(item)} of ${item.thread?.count ?? 1}`)];
            };
            asked += 1;
            if (JSON.stringify(await told()) === JSON.stringify(wanted)) return;
            // Where the server joins otherwise than what a message answers tells, it is asked a moment later.
            late += 1;
            await expect.poll(told, { timeout: 5_000, message: `${after}; in conversations` }).toEqual(wanted);
            return;
          }
          case 2: {
            const isAscending = dice.below(2) === 0;
            const page = await driver.listMessages({ ...request, sort: { property: 'size', isAscending } });
            const sizes = truth.map(({ size }) => size).sort((one, other) => (isAscending ? one - other : other - one));
            expect([page.total, page.items.map(({ sizeBytes }) => sizeBytes)], `${after}; by size`).toEqual([
              truth.length,
              window(sizes),
            ]);
            return;
          }
          default: {
            const page = await driver.listMessages(request);
            expect([page.total, page.items.map(shown)], after).toEqual([truth.length, window(truth).map(written)]);
          }
        }
      };

      for (let step = 0; step < 20; step += 1) await deliver(clients[0] as RawImap);
      let truth = await readAfresh(witness);
      for (let step = 0; step < 700; step += 1) {
        const told = await change(truth);
        truth = await readAfresh(witness);
        await compare(truth, `seed ${seed}, step ${step}: ${told}`);
      }
      expect(truth.length).toBeGreaterThan(10);
      expect(late, `of ${asked} asked for conversations`).toBeLessThan(asked / 10);
      for (const raw of [...clients, witness]) raw.close();
    },
    120_000,
  );
});

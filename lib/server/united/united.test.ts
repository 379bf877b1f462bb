import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseQuery } from '../../mail/query/parse.ts';
import { type Dovecot, startDovecot } from '../../mail/testing/dovecot.ts';
import { letter } from '../../mail/testing/letters.ts';
import { openRawImap, type RawImap } from '../../mail/testing/raw-imap.ts';
import { databases } from '../../store/testing/databases.ts';
import { addAccount } from '../accounts/add.ts';
import { closeAllDrivers } from '../drivers.ts';
import { forget } from '../live.ts';
import { mailFor } from '../mail-for.ts';
import { currentSession, type SignedIn } from '../session.ts';
import { createBrowser } from '../testing/browser.ts';
import { install } from '../testing/installation.ts';
import { listInboxes } from './list.ts';
import { listInboxesIds } from './list-ids.ts';
import { searchAccounts, type UnitedSearchEvent } from './search.ts';
import { inboxOf } from './source.ts';
import { transferMessages } from './transfer.ts';

const home = { username: 'ines@home.example', password: 'harbour-9' };
const old = { username: 'old@home.example', password: 'boathouse-9' };
const far = { username: 'ines@far.example', password: 'lantern-9' };
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const begun = Date.parse('2026-02-01T00:00:00Z');

const [database] = databases;

// An IMAP and a POP3 account at one server, another IMAP account at a second one that can be stopped.
describe('all Inboxes of a person together', () => {
  let near: Dovecot;
  let away: Dovecot;
  let installation: Awaited<ReturnType<typeof install>>;
  let who: SignedIn;
  const hands = new Map<string, RawImap>();
  const accounts = { home: '', old: '', far: '' };
  let minutes = 0;

  /** Delivers at a minute, as a sort by date would have it; the POP3 account tells dates by their header. */
  async function deliver(to: keyof typeof accounts, subject: string, minute = ++minutes): Promise<void> {
    const at = new Date(begun + minute * 60_000);
    const two = (number: number) => String(number).padStart(2, '0');
    const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:00 +0000`;
    const day = `${two(at.getUTCDate())}-${months[at.getUTCMonth()]}-${at.getUTCFullYear()}`;
    const date = `${day.replaceAll('-', ' ')} ${time}`;
    await hands.get(to)?.append('INBOX', letter({ subject, date }), '', `${day} ${time}`);
  }

  beforeAll(async () => {
    [near, away] = await Promise.all([startDovecot({ users: [home, old] }), startDovecot({ users: [far] })]);
    if (database === undefined) throw new Error('no database');
    const servers = join(near.directory, 'servers.json');
    const of = ({ ports }: Dovecot) => ({
      imap: `imaps+insecure://127.0.0.1:${ports.imaps}`,
      pop3: `pop3s+insecure://127.0.0.1:${ports.pop3s}`,
    });
    writeFileSync(servers, JSON.stringify({ 'home.example': of(near), 'far.example': of(away) }));
    installation = await install(database, { MAIL_IMAP: '', MAIL_SERVERS_FILE: servers });
    for (const [name, dovecot, login] of [
      ['home', near, home],
      ['old', near, old],
      ['far', away, far],
    ] as const)
      hands.set(name, await openRawImap(dovecot.ports.imap, login));
    const names = ['home', 'far', 'old', 'far', 'home'] as const;
    for (let at = 0; at < 130; at += 1) await deliver(names[(at * 7) % 5] ?? 'home', `letter ${at}`);

    const browser = createBrowser();
    expect(await browser.signIn({ ...home, protocol: 'imap' })).toBeNull();
    const session = async () => {
      const found = await currentSession(browser.request('/'));
      if (found === null) throw new Error('not signed in');
      return found;
    };
    accounts.home = (await session()).accounts[0]?.id ?? '';
    accounts.old = await addAccount(await session(), { ...old, protocol: 'pop3' }, '192.0.2.7');
    accounts.far = await addAccount(await session(), { ...far, protocol: 'imap' }, '192.0.2.7');
    who = await session();
  }, 60_000);
  afterAll(async () => {
    for (const hand of hands.values()) hand.close();
    await closeAllDrivers();
    await installation.remove();
    await Promise.all([near.stop(), away.stop()]);
  });

  const page = (position: number, limit = 50, more: object = {}) =>
    listInboxes(who, { position, limit, isAscending: false, collapse: false, ...more });
  const subjects = async (position: number, limit?: number, more?: object) =>
    (await page(position, limit, more)).items.map(({ subject }) => subject);
  const whole = async () => [...(await subjects(0, 100)), ...(await subjects(100, 200))];
  const keyOf = ({ accountId, id }: { accountId: string; id: string }) => `${accountId} ${id}`;

  test('they are in the order that sorting all of them gives, in every window', async () => {
    const expected = Array.from({ length: 130 }, (_, at) => `letter ${129 - at}`);
    expect(await subjects(0)).toEqual(expected.slice(0, 50));
    expect(await subjects(50)).toEqual(expected.slice(50, 100));
    expect(await subjects(37, 80)).toEqual(expected.slice(37, 117));
    expect(await subjects(100)).toEqual(expected.slice(100));
    expect(await subjects(500)).toEqual([]);
    expect(await subjects(0, 3, { isAscending: true })).toEqual(expected.slice(-3).reverse());
    const { total, items, missing } = await page(0);
    expect([total, missing]).toEqual([130, []]);
    expect(new Set(items.map(({ accountId }) => accountId))).toEqual(new Set(Object.values(accounts)));
  });

  test('paging on while mail comes in shows each message once: what came shifts the rest by as much', async () => {
    const before = await whole();
    const first = await page(0);
    for (const name of ['home', 'far', 'old'] as const) await deliver(name, `new in ${name}`);
    const rest = [await page(53), await page(103)];
    const shown = [...first.items, ...rest.flatMap(({ items }) => items)];
    expect(shown.map(({ subject }) => subject)).toEqual(before);
    expect(new Set(shown.map(keyOf)).size).toBe(before.length);
    expect(rest[0]?.state).not.toBe(first.state);
    expect((await whole()).slice(0, 4)).toEqual(['new in old', 'new in far', 'new in home', before[0]]);
    // Without what the process remembers of the places it is the same.
    const [remembered] = [await subjects(103)];
    forget('united places');
    expect(await subjects(103)).toEqual(remembered);
  });

  test('unread and conversations are of all of them, as far as each account knows them', async () => {
    await hands.get('far')?.command('SELECT INBOX');
    await hands.get('far')?.command('STORE 1:* +FLAGS (\\Seen)');
    const unread = await page(0, 200, { filter: 'unread' });
    expect(unread.items.some(({ accountId }) => accountId === accounts.far)).toBe(false);
    expect(unread.total).toBe(unread.items.length);
    expect(unread.total).toBeGreaterThan(50);
    const collapsed = await page(0, 50, { collapse: true });
    expect(collapsed.missing).toEqual([]);
    expect(collapsed.items.map(keyOf)).toEqual((await page(0)).items.map(keyOf));
  });

  test('the ids of all of them are told by account', async () => {
    const { accounts: told, missing } = await listInboxesIds(who, {}, new AbortController().signal);
    expect(missing).toEqual([]);
    const all = told.flatMap(({ accountId, ids }) => ids.map((id) => keyOf({ accountId, id })));
    const listed = [...(await page(0, 100)).items, ...(await page(100, 200)).items].map(keyOf);
    expect(all.sort()).toEqual(listed.sort());
  });

  /** What is signed in may live on for a moment after its server. */
  async function stop(dovecot: Dovecot, { username }: typeof home): Promise<void> {
    dovecot.killSessions(username);
    await dovecot.halt();
  }

  async function search(text: string) {
    const query = parseQuery(text);
    const scope = { query };
    const events: UnitedSearchEvent[] = [];
    for await (const event of searchAccounts(who, async () => scope, new AbortController().signal)) events.push(event);
    const hits = events.flatMap((event) =>
      event.type === 'hits' ? event.items.map(({ subject }) => `${event.accountId} ${subject}`) : [],
    );
    return { hits: hits.sort(), missing: events.filter(({ type }) => type === 'missing'), last: events.at(-1) };
  }

  test('one search finds in each of them, and each hit says whose it is', async () => {
    const { hits, missing, last } = await search('subject:"new in"');
    expect(hits).toEqual(
      [`${accounts.home} new in home`, `${accounts.old} new in old`, `${accounts.far} new in far`].sort(),
    );
    expect([missing, last]).toEqual([[], { type: 'done', total: 3 }]);
  });

  const transfer = (from: string, ids: string[], toAccountId: string, to: string) =>
    transferMessages(who, from, { ids, toAccountId, to }, new AbortController().signal);
  const inbox = async (accountId: string) => await inboxOf(await mailFor(who, accountId));
  const found = async (subject: string) =>
    (await page(0, 200)).items.filter((row) => row.subject === subject).map(({ accountId }) => accountId);

  test('a message goes from account to account over both protocols, as it was, and comes back', async () => {
    const before = (await page(0, 200)).items.find(({ subject }) => subject === 'new in far');
    if (before === undefined) throw new Error('no such message');
    let [at, id] = [accounts.far, before.id];
    for (const next of [accounts.old, accounts.home, accounts.far]) {
      const [moved] = await transfer(at, [id], next, await inbox(next));
      expect(moved?.error).toBeUndefined();
      expect(await found('new in far')).toEqual([next]);
      [at, id] = [next, moved?.newId ?? ''];
    }
    const after = (await page(0, 200)).items.find(({ subject }) => subject === 'new in far');
    expect(after).toEqual({ ...before, id });
  });

  test('what cannot be kept there stays here, and what is not there or not theirs goes nowhere', async () => {
    const [message] = (await page(0, 200)).items.filter(({ subject }) => subject === 'new in home');
    const id = message?.id ?? '';
    const [refused] = await transfer(accounts.home, [id], accounts.far, 'mbm93aGVyZQ');
    expect(refused?.error?.code).toBe('notFound');
    expect(await found('new in home')).toEqual([accounts.home]);
    const [gone] = await transfer(accounts.home, ['mSU5CT1g.1.1'], accounts.far, await inbox(accounts.far));
    expect(gone?.error?.code).toMatch(/stale|notFound/);
    await expect(transfer(accounts.home, [id], accounts.home, 'x')).rejects.toMatchObject({ code: 'invalid' });
    await expect(transfer(accounts.home, [id], 'nobodys', 'x')).rejects.toMatchObject({ code: 'notFound' });
  });

  test('while one server is down the others are shown and searched, and it is named; then it is whole again', async () => {
    const before = await page(0, 200);
    const others = before.items.filter(({ accountId }) => accountId !== accounts.far);
    await stop(away, far);
    const without = await page(0, 200);
    expect(without.items.map(keyOf)).toEqual(others.map(keyOf));
    expect(without.total).toBe(others.length);
    expect(without.missing).toEqual([{ accountId: accounts.far, code: 'unreachable' }]);
    expect(without.state).not.toBe(before.state);
    const hits = await search('subject:"new in"');
    expect(hits.hits).toHaveLength(2);
    expect(hits.missing).toEqual([{ type: 'missing', accountId: accounts.far, code: 'unreachable' }]);
    const ids = await listInboxesIds(who, {}, new AbortController().signal);
    expect(ids.missing).toEqual([{ accountId: accounts.far, code: 'unreachable' }]);
    expect(ids.accounts).toHaveLength(2);
    await away.restart();
    expect((await page(0, 200)).items.map(keyOf)).toEqual(before.items.map(keyOf));
  });

  test('a POP3 server that is down leaves its mail as it was kept, and that is said', async () => {
    await stop(near, home);
    const kept = await page(0, 200);
    expect(kept.missing).toEqual([
      { accountId: accounts.home, code: 'unreachable' },
      { accountId: accounts.old, code: 'unreachable', isKept: true },
    ]);
    expect(new Set(kept.items.map(({ accountId }) => accountId))).toEqual(new Set([accounts.old, accounts.far]));
    await near.restart();
  });
});

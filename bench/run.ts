import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { startProduct } from '../lib/api/testing/product.ts';
import { startDovecot } from '../lib/mail/testing/dovecot.ts';
import { openRawImap } from '../lib/mail/testing/raw-imap.ts';
import { type BombRow, measureBombs } from './bombs.ts';
import { type ClickRow, measureClicks } from './clicks.ts';
import { type CollectRow, collections, type ListingRow, measureCollection, measureListing } from './collect.ts';
import { measureFirstInbox } from './first-inbox.ts';
import { type LoadRow, measureLoad, measureRunning } from './load.ts';
import { fill, login } from './mailbox.ts';
import type { Row } from './measure.ts';
import { signIn } from './person.ts';
import { measureRows } from './rows.ts';
import { measureSearch, type SearchRow } from './search.ts';
import { measureThreads } from './threads.ts';
import { kinds } from './wire.ts';

/**
 * npm run bench: the server side of the budgets and the weight of the first inbox, on servers that it starts and fills itself.
 * BENCH_ONLY=rows,threads,browser,clicks,search,collected,bombs,load measures those of them alone.
 * npm run bench -- --url https://mail.example.org: an instance that runs, as BENCH_USERNAME with BENCH_PASSWORD.
 */
const { url } = parseArgs({ options: { url: { type: 'string' } } }).values;
const only = (process.env.BENCH_ONLY ?? '').split(',').filter(Boolean);
const isWanted = (name: string) => only.length === 0 || only.includes(name);
/** At least 5,000: the pages that nobody has seen before come from below 4,000. */
const count = Math.max(5_000, Number(process.env.BENCH_MESSAGES ?? 100_000));
/** Until a search of collected mail shows its first hits. */
const searchMs = 50;

const result: Record<string, unknown> = {};
if (url === undefined) await measureOwn();
else {
  const { BENCH_USERNAME: username, BENCH_PASSWORD: password } = process.env;
  if (!username || !password) throw new Error('BENCH_USERNAME and BENCH_PASSWORD must say who signs in');
  result.load = await measureRunning(url, { username, password });
  reportLoad(result.load as LoadRow[]);
}
write();

async function measureOwn(): Promise<void> {
  if (['rows', 'threads', 'browser', 'clicks'].some(isWanted)) await measureInbox();
  if (isWanted('search')) {
    console.log(`Filling POP3 accounts with ${count.toLocaleString('en')} messages …`);
    const search = await measureSearch(count);
    reportSearch(search);
    result.search = search;
  }
  if (isWanted('collected')) {
    const collected: CollectRow[] = [];
    for (const kind of collections) collected.push(await measureCollection(kind, Math.min(count, 10_000)));
    const listing = await measureListing(Math.min(count, 50_000));
    reportCollected(collected, listing);
    Object.assign(result, { collected, listing });
  }
  if (isWanted('bombs')) {
    const others = await measureBombs();
    reportBombs(others);
    result.bombs = others;
  }
  if (isWanted('load')) {
    const load = await measureLoad();
    reportLoad(load);
    result.load = load;
  }
}

async function measureInbox(): Promise<void> {
  const dovecot = await startDovecot({
    users: [login],
    specialUse: { Trash: '\\Trash' },
    // Else both sides wait for the disk and for Dovecot to read a folder of 100,000 files again, a hundred times what either does.
    extraConfig: 'mail_fsync = never\nmaildir_very_dirty_syncs = yes',
  });
  try {
    console.log(`Filling an INBOX with ${count.toLocaleString('en')} messages …`);
    fill(dovecot, count);
    const raw = await openRawImap(dovecot.ports.imap, login);
    await raw.command('SELECT INBOX'); // The index is built here, not in a measured run.
    // Nothing is sent; without it nobody could write.
    const product = await startProduct(dovecot, { LOG_LEVEL: 'warn', MAIL_SMTP: 'submissions+insecure://127.0.0.1:9' });
    try {
      const person = await signIn(product.url, login);
      const rows = isWanted('rows') ? await measureRows(person, raw, count) : [];
      if (isWanted('threads')) {
        const connect = () => openRawImap(dovecot.ports.imap, login);
        rows.push(...(await measureThreads(() => signIn(product.url, login), connect, count)));
      }
      person.close();
      if (rows.length > 0) reportRows(rows);
      result.rows = rows;
      if (isWanted('browser')) {
        const pages = await measureFirstInbox(product.url);
        reportPages(pages);
        result.browser = pages;
      }
      if (!isWanted('clicks')) return;
      const clicks = await measureClicks(product.url);
      reportClicks(clicks);
      result.clicks = clicks;
    } finally {
      raw.close();
      await product.stop();
    }
  } finally {
    await dovecot.stop();
  }
}

function ms(value: number): string {
  return value.toFixed(2).padStart(8);
}

function reportRows(rows: Row[]): void {
  console.log(
    `\nmedians in ms, ours over HTTP against the bare IMAP exchange in turn · node ${process.version} · ${cpus().length} cores · load ${loadavg()
      .map((value) => value.toFixed(1))
      .join(' ')}\n`,
  );
  console.log(`${'what'.padEnd(30)}     bare     ours      p95  ratio  budget`);
  for (const row of rows) {
    const verdict = row.isMet ? 'met' : 'MISSED';
    console.log(
      `${row.what.padEnd(30)} ${ms(row.bareMs)} ${ms(row.oursMs)} ${ms(row.p95Ms)} ${row.ratio.toFixed(1).padStart(6)}  ${row.budget}: ${verdict}`,
    );
  }
}

function reportPages(pages: Awaited<ReturnType<typeof measureFirstInbox>>): void {
  console.log(
    `\n${'browser, empty cache'.padEnd(44)}     ms   kB: all ${kinds.map((kind) => kind.padStart(6)).join(' ')}  budget`,
  );
  for (const { what, ms: tookMs, kB, budgetKB } of pages) {
    const weights = kinds.map((kind) => kB[kind].toFixed(1).padStart(6)).join(' ');
    const verdict = budgetKB === null ? '' : `  ≤ ${budgetKB} kB: ${kB.all <= budgetKB ? 'met' : 'MISSED'}`;
    console.log(
      `${what.padEnd(44)} ${tookMs.toFixed(0).padStart(6)} ${kB.all.toFixed(1).padStart(9)} ${weights}${verdict}`,
    );
  }
}

function reportClicks(clicks: ClickRow[]): void {
  console.log(`\n${'browser, from the press to the frame'.padEnd(44)}     ms    p95  budget`);
  for (const { what, ms: median, p95Ms, budgetMs } of clicks) {
    const verdict = `≤ ${budgetMs} ms: ${median <= budgetMs ? 'met' : 'MISSED'}`;
    console.log(`${what.padEnd(44)} ${median.toFixed(0).padStart(6)} ${p95Ms.toFixed(0).padStart(6)}  ${verdict}`);
  }
}

function reportSearch(search: SearchRow[]): void {
  console.log(`\n${'search of collected POP3 mail'.padEnd(40)}     hits first 50      all  longest hold  budget`);
  for (const { database, what, hits, firstMs, allMs, holdMs } of search) {
    const verdict = firstMs < searchMs ? 'met' : 'MISSED';
    const name = `${database}: ${what}`.padEnd(40);
    console.log(
      `${name} ${String(hits).padStart(8)} ${ms(firstMs)} ${ms(allMs)} ${ms(holdMs).padStart(13)}  < ${searchMs} ms: ${verdict}`,
    );
  }
}

function reportCollected(collected: CollectRow[], listing: ListingRow): void {
  console.log(
    `\n${'collecting POP3 mail, messages a second'.padEnd(40)}     bare  stored     ours  ratio  memory MB: before, at most`,
  );
  for (const row of collected) {
    const [bare, stored, ours] = [row.barePerSecond, row.storedPerSecond, row.oursPerSecond].map((value) =>
      value.toFixed(0).padStart(8),
    );
    const name = `${row.messages.toLocaleString('en')} ${row.what}, ${(row.averageBytes / 1_000).toFixed(1)} kB on average`;
    console.log(
      `${name.padEnd(40)} ${bare}${stored} ${ours} ${row.ratio.toFixed(1).padStart(6)}  ${row.beforeMB.toFixed(0)}, ${row.highestMB.toFixed(0)}  ≤ 3 × bare: ${row.ratio <= 3 ? 'met' : 'MISSED'}`,
    );
  }
  console.log(
    `taking in a listing of ${listing.messages.toLocaleString('en')}: ${listing.firstMs.toFixed(0)} ms (held ${listing.firstHoldMs.toFixed(0)} ms), unchanged ${listing.againMs.toFixed(1)} ms`,
  );
}

/** Others' p95 while costly mail is opened; wanted: under twice what it is without, and an answer before patience ends. */
function reportBombs(rows: BombRow[]): void {
  console.log(
    `\n${'others, list and open, p95 in ms'.padEnd(36)}    alone   beside  ratio  memory MB: before, at most    asked  slowest`,
  );
  for (const row of rows) {
    const verdict = row.besideMs < 2 * row.aloneMs && row.left === 0 ? 'met' : 'MISSED';
    console.log(
      `${row.what.padEnd(36)} ${ms(row.aloneMs)} ${ms(row.besideMs)} ${(row.besideMs / row.aloneMs).toFixed(1).padStart(6)}  ${`${row.beforeMB.toFixed(0)}, ${row.highestMB.toFixed(0)}`.padEnd(27)} ${String(row.asked).padStart(7)} ${ms(row.slowestMs)}  < 2 × alone: ${verdict}${row.refused.length > 0 ? `, refused ${row.refused.join(' ')}` : ''}${row.left > 0 ? `, ${row.left} never ended` : ''}`,
    );
  }
}

function reportLoad(load: LoadRow[]): void {
  console.log(
    `\n${'people who list, open and flag, ms'.padEnd(42)} a second      p50      p95      p99  errors  CPU a request: ours, mail  memory MB  connections`,
  );
  for (const row of load) {
    const cpu = row.cpuMs === null ? '' : `${row.cpuMs.web.toFixed(2)}, ${row.cpuMs.mail.toFixed(2)}`;
    console.log(
      `${row.what.padEnd(42)} ${row.perSecond.toFixed(0).padStart(8)} ${ms(row.p50Ms)} ${ms(row.p95Ms)} ${ms(row.p99Ms)} ${String(row.errors).padStart(7)} ${cpu.padStart(27)} ${(row.memoryMB?.toFixed(0) ?? '').padStart(10)} ${String(row.connections ?? '').padStart(12)}${row.budget === null ? '' : `  ${row.budget.text}: ${row.budget.isMet ? 'met' : 'MISSED'}`}`,
    );
  }
}

/** Keeps what was measured, with the load of the machine. */
function write(): void {
  mkdirSync('bench-results', { recursive: true });
  const file = `bench-results/${new Date().toISOString().replaceAll(':', '-')}.json`;
  writeFileSync(
    file,
    JSON.stringify(
      { at: new Date().toISOString(), node: process.version, load: loadavg(), messages: count, ...result },
      null,
      2,
    ),
  );
  console.log(`\nwritten to ${file}`);
}

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type Product, startProduct } from '../lib/api/testing/product.ts';
import { startDovecot } from '../lib/mail/testing/dovecot.ts';
import { plainMessage } from './mailbox.ts';
import { quantile, timed } from './measure.ts';
import { type BenchPerson, inboxOf, signIn } from './person.ts';

/** What others wait for a list or a message while somebody opens one costly mail again and again; p95 in ms, windows in turn. */
export interface BombRow {
  what: string;
  aloneMs: number;
  besideMs: number;
  /** Resident memory of the product in MB: before, and the highest meanwhile. */
  beforeMB: number;
  highestMB: number;
  /** How often it was asked for something, and the slowest answer that was read to its end. */
  asked: number;
  slowestMs: number;
  /** Status of each answer that was not the mail itself: told in a sentence. */
  refused: number[];
  /** Answers that were still coming when patience ended: a spinner. */
  left: number;
}

const mebibyte = 1024 * 1024;
/** Somebody who waits longer goes. */
const patienceMs = 4_000;
const [aloneMs, besideMs, turns] = [1_000, 1_500, 3];
const mixed = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n';
const nested = () =>
  Array.from({ length: 10_000 }, (_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`);
const packed = () => gzipSync(Buffer.alloc(64 * mebibyte), { level: 1 }).toString('base64');
const bombs: [string, () => string][] = [
  // Not costly: what any busy neighbour costs.
  ['an ordinary mail', () => '\r\nbody'],
  ['10,000 parts', () => `${mixed}${'--b\r\nContent-Type: text/plain; name=a.txt\r\n\r\nx\r\n'.repeat(10_000)}`],
  ['10,000 deep', () => `${mixed.replace('=b', '=b0')}${nested().join('')}`],
  ['a header of 10 MB', () => `X-Long: ${`${'x'.repeat(70)}\r\n `.repeat(145_000)}\r\n\r\nbody`],
  ['200,000 recipients', () => `To: ${'"Somebody" <a@example.org>,\r\n '.repeat(200_000)}z@example.org\r\n\r\nbody`],
  ['a line of 64 MB', () => `\r\n${'x'.repeat(64 * mebibyte)}`],
  [
    'a packed file, 100:1 and more',
    () =>
      `${mixed}--b\r\nContent-Type: application/gzip; name=a.gz\r\nContent-Transfer-Encoding: base64\r\n\r\n${packed()}`,
  ],
];
const other = { username: 'other', password: 'secret' };
const hostile = bombs.map(([what], at) => ({ what, login: { username: `eve${at}`, password: 'secret' } }));

/** Each bomb in an INBOX of its own, opened over IMAP and over POP3 while another person lists and opens ordinary mail. */
export async function measureBombs(): Promise<BombRow[]> {
  const dovecot = await startDovecot({ users: [other, ...hostile.map(({ login }) => login)] });
  try {
    const deliver = (username: string, index: number, bytes: string | Buffer) => {
      const folder = join(dovecot.maildirOf(username), 'cur');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${1_700_000_000 + index}.M${index}P1.bench:2,`), bytes);
    };
    for (let index = 0; index < 200; index += 1) deliver(other.username, index, plainMessage(index, new Date()));
    for (const [at, [subject, make]] of bombs.entries())
      deliver(`eve${at}`, 0, `From: Eve <eve@evil.example>\r\nSubject: ${subject}\r\n${make()}`);
    for (const { username } of [other, ...hostile.map(({ login }) => login)]) dovecot.own(dovecot.maildirOf(username));
    const rows: BombRow[] = [];
    for (const protocol of ['imap', 'pop3'] as const) {
      // A process of its own for each protocol, whose memory tells of nothing else.
      const product = await startProduct(dovecot, { LOG_LEVEL: 'error', SIGN_IN_ATTEMPTS_PER_ADDRESS: '1000' });
      try {
        const person = await signIn(product.url, other);
        const work = await ordinaryWork(person);
        for (let run = 0; run < 200; run += 1) await work(run);
        for (const { what, login } of hostile) {
          rows.push(await measure(`${what}, ${protocol}`, product, work, { ...login, protocol }));
        }
        person.close();
      } finally {
        await product.stop();
      }
    }
    return rows;
  } finally {
    await dovecot.stop();
  }
}

async function measure(
  what: string,
  product: Product,
  work: (run: number) => Promise<unknown>,
  login: Parameters<typeof signIn>[1],
): Promise<BombRow> {
  const times: Record<'alone' | 'beside', number[]> = { alone: [], beside: [] };
  const opened: Opened[] = [];
  const beforeMB = memoryOf(product);
  let highestMB = beforeMB;
  const watch = setInterval(() => {
    highestMB = Math.max(highestMB, memoryOf(product));
  }, 300);
  try {
    for (let turn = 0; turn < turns; turn += 1) {
      const eve = await signIn(product.url, login);
      times.alone.push(...(await during(work, pause(aloneMs))));
      times.beside.push(...(await during(work, openAgain(eve, opened))));
      eve.close();
    }
  } finally {
    clearInterval(watch);
  }
  return {
    what,
    aloneMs: quantile(times.alone, 0.95),
    besideMs: quantile(times.beside, 0.95),
    beforeMB,
    highestMB,
    asked: opened.length,
    slowestMs: Math.max(...opened.map(({ ms }) => ms)),
    refused: [...new Set(opened.map(({ status }) => status).filter((status) => status >= 400))],
    left: opened.filter(({ status, isDownload }) => status === 0 && !isDownload).length,
  };
}

interface Opened {
  ms: number;
  status: number;
  /** Bytes that go to a file: the browser shows how far it is. */
  isDownload: boolean;
}

/** One lists, opens the mail, its first part and all of its files, until the window is over. */
async function openAgain(person: BenchPerson, opened: Opened[]): Promise<void> {
  const until = performance.now() + besideMs;
  const { base, path, page } = await inboxOf(person);
  const asked = [path, ...page.items.flatMap(({ id }) => waysOf(`${base}/messages/${id}`))];
  for (let at = 0; performance.now() < until; at += 1) {
    const begun = performance.now();
    const next = asked[at % asked.length] ?? path;
    const status = await person.drain(next, patienceMs);
    opened.push({ ms: performance.now() - begun, status, isDownload: next.endsWith('.zip') });
  }
}

const waysOf = (message: string) => [message, `${message}/parts/1`, `${message}/attachments.zip`];

/** List and open: what people wait for. */
async function ordinaryWork(person: BenchPerson): Promise<(run: number) => Promise<unknown>> {
  const { base, page, path } = await inboxOf(person);
  return (run) =>
    person.get(run % 2 === 0 ? path : `${base}/messages/${page.items[run % page.items.length]?.id ?? ''}`);
}

/** How long each took while `meanwhile` goes on, one after the other with a short rest between. */
async function during(work: (run: number) => Promise<unknown>, meanwhile: Promise<unknown>): Promise<number[]> {
  let isGoing = true;
  const over = meanwhile.finally(() => {
    isGoing = false;
  });
  const times: number[] = [];
  for (let run = 0; isGoing; run += 1) {
    times.push(await timed(() => work(run)));
    await pause(5);
  }
  await over;
  return times;
}

function memoryOf({ pid }: Product): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1_024;
}

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Product, startProduct } from '../lib/api/testing/product.ts';
import { type Dovecot, startDovecot } from '../lib/mail/testing/dovecot.ts';
import { plainMessage, writeMessages } from './mailbox.ts';
import { quantile } from './measure.ts';
import { type BenchPerson, type Inbox, inboxOf, signIn } from './person.ts';

/** Many people at once, each with an account of their own: list, open, flag, and again. Times in ms. */
export interface LoadRow {
  what: string;
  requests: number;
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  /** Answers of 400 and more, and those that broke off. */
  errors: number;
  /** Processor time for each request, ours and the mail server's; null where they are not ours to look at. */
  cpuMs: { web: number; mail: number } | null;
  /** Resident memory of the product in MB at the end, and its connections to the mail server. */
  memoryMB: number | null;
  connections: number | null;
  budget: { text: string; isMet: boolean } | null;
}

/** How the people of a row behave: without a rest, or one action every `everyMs`. */
interface Crowd {
  size: number;
  everyMs: number | null;
  budget: (row: Omit<LoadRow, 'budget'>) => { text: string; isMet: boolean };
}

const warmMs = 2_000;
const windowMs = 10_000;
const messages = 200;

const asFast = (size: number, perSecond: number, p95: number): Crowd => ({
  size,
  everyMs: null,
  budget: (row) => ({
    text: `≥ ${perSecond} a second, p95 < ${p95} ms`,
    isMet: row.errors === 0 && row.perSecond >= perSecond && row.p95Ms < p95,
  }),
});

/** Twice the throughput of the best webmail measured on such a machine, at less than half of its p95. */
const crowds: Crowd[] = [
  asFast(10, 472, 37),
  asFast(50, 468, 154),
  asFast(200, 376, 690),
  {
    size: 200,
    everyMs: 3_000,
    budget: (row) => ({
      text: 'p50 ≤ 5 ms, p95 ≤ 12 ms',
      isMet: row.errors === 0 && row.p50Ms <= 5 && row.p95Ms <= 12,
    }),
  },
];

/** On a mail server that it starts and fills itself: 200 people with 200 messages each. */
export async function measureLoad(): Promise<LoadRow[]> {
  const most = Math.max(...crowds.map(({ size }) => size));
  const users = Array.from({ length: most }, (_, at) => ({ username: `person${at}`, password: 'bench of the post' }));
  const dovecot = await startDovecot({ users, extraConfig });
  try {
    for (const { username } of users) writeMessages(dovecot.maildirOf(username), messages, plainMessage);
    dovecot.own(join(dovecot.directory, 'home'));
    const product = await startProduct(dovecot, { LOG_LEVEL: 'error', SIGN_IN_ATTEMPTS_PER_ADDRESS: '10000' });
    try {
      const people: Actor[] = [];
      for (const user of users) people.push(await enter(product.url, user));
      const rows: LoadRow[] = [];
      for (const crowd of crowds) {
        const { loop, seen } = await crowdOf(people.slice(0, crowd.size), crowd, {
          flags: true,
          watch: () => watch(product, dovecot),
        });
        const row = { ...loop, ...seen(loop.requests) };
        rows.push({ ...row, budget: crowd.budget(row) });
      }
      for (const { person } of people) person.close();
      return rows;
    } finally {
      await product.stop();
    }
  } finally {
    await dovecot.stop();
  }
}

/** Ten browsers of one person on an instance that runs somewhere: list and open. Nothing of the mailbox is changed. */
export async function measureRunning(url: string, login: Parameters<typeof signIn>[1]): Promise<LoadRow[]> {
  const people: Actor[] = [];
  for (let at = 0; at < 10; at += 1) people.push(await enter(url, login));
  try {
    const rows: LoadRow[] = [];
    for (const size of [1, people.length]) {
      const unseen = () => () => ({ cpuMs: null, memoryMB: null, connections: null });
      const { loop, seen } = await crowdOf(
        people.slice(0, size),
        { size, everyMs: null },
        { flags: false, watch: unseen },
      );
      rows.push({ ...loop, ...seen(), budget: null });
    }
    return rows;
  } finally {
    for (const { person } of people) person.close();
  }
}

/** Dovecot's own advice for many connections: else each TLS connection has a process of login for itself, 100 at most. */
const extraConfig = `mail_fsync = never
maildir_very_dirty_syncs = yes
service imap-login {
  service_count = 0
  process_min_avail = 2
  client_limit = 1000
}`;

interface Actor {
  person: BenchPerson;
  inbox: Inbox;
}

async function enter(url: string, login: Parameters<typeof signIn>[1]): Promise<Actor> {
  const person = await signIn(url, login);
  return { person, inbox: await inboxOf(person) };
}

/** Actions of all until then; gives what each took, and how many failed. */
async function crowdUntil(people: Actor[], everyMs: number | null, work: { flags: boolean }, until: number) {
  const times: number[] = [];
  let errors = 0;
  await Promise.all(
    people.map(async (actor, at) => {
      if (everyMs !== null) await pause((everyMs * at) / people.length);
      for (let run = at; performance.now() < until; run += 1) {
        const begunAt = performance.now();
        const isWell = await act(actor, run, work);
        const tookMs = performance.now() - begunAt;
        times.push(tookMs);
        if (!isWell) errors += 1;
        if (everyMs !== null) await pause(Math.max(0, everyMs - tookMs));
      }
    }),
  );
  return { times, errors };
}

/** One action after the other for each, for a while; the first seconds are neither counted nor watched. */
async function crowdOf<Seen>(
  people: Actor[],
  { size, everyMs }: Pick<Crowd, 'size' | 'everyMs'>,
  { watch: begin, ...work }: { flags: boolean; watch: () => Seen },
) {
  await crowdUntil(people, everyMs, work, performance.now() + warmMs);
  const seen = begin();
  const from = performance.now();
  const { times, errors } = await crowdUntil(people, everyMs, work, from + windowMs);
  const tookMs = performance.now() - from;
  const pace = everyMs === null ? 'as fast as they can' : `one action every ${everyMs / 1_000} s`;
  const loop = {
    what: `${size} at once, ${pace}`,
    requests: times.length,
    perSecond: (1_000 * times.length) / tookMs,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    p99Ms: quantile(times, 0.99),
    errors,
  };
  return { loop, seen };
}

/** Lists, opens, flags or takes the flag off, in turn. Gives whether it was answered. */
async function act({ person, inbox }: Actor, run: number, { flags }: { flags: boolean }): Promise<boolean> {
  const id = inbox.page.items[run % inbox.page.items.length]?.id ?? '';
  try {
    const kind = run % (flags ? 3 : 2);
    if (kind === 0) await person.get(inbox.path);
    else if (kind === 1) await person.get(`${inbox.base}/messages/${id}`);
    else await person.post(`${inbox.base}/messages/keywords`, { ids: [id], ...flagAt(run) });
    return true;
  } catch {
    // Counted, and told in the row.
    return false;
  }
}

const flagAt = (run: number) => (run % 2 === 0 ? { add: ['$flagged'] } : { remove: ['$flagged'] });

/** From now until the answer is asked for: what both processes took, and what they hold then. */
function watch({ pid }: Product, dovecot: Dovecot) {
  const master = Number(readFileSync(join(dovecot.directory, 'run', 'master.pid'), 'utf8'));
  const before = { web: processorMs([pid]), mail: processorMs([master, ...childrenOf(master)]) };
  return (requests: number) => ({
    cpuMs: {
      web: (processorMs([pid]) - before.web) / requests,
      mail: (processorMs([master, ...childrenOf(master)]) - before.mail) / requests,
    },
    memoryMB: Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1_024,
    connections: connectionsTo(dovecot.ports.imaps),
  });
}

const tickMs = 10;

/** Processor time of processes and of their children that have ended; proc(5), fields 14 to 17 of `stat`. */
function processorMs(pids: number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    const fields = statOf(pid);
    for (const field of fields.slice(11, 15)) ticks += Number(field);
  }
  return ticks * tickMs;
}

const childrenOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => Number(statOf(pid)[1]) === parent);

/** The fields behind the name of the program, which may hold spaces; none of a process that has ended meanwhile. */
function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ESRCH')
      return [];
    throw error;
  }
}

/** Established connections to a port of this machine, counted at the end that asked for them. */
function connectionsTo(port: number): number {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = ['tcp', 'tcp6'].flatMap((name) => readFileSync(`/proc/net/${name}`, 'utf8').split('\n').slice(1));
  return lines.filter((line) => {
    const [, , remote = '', state] = line.trim().split(/\s+/);
    return remote.endsWith(wanted) && state === '01';
  }).length;
}

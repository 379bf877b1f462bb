import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestAccount } from '../lib/mail/pop3/testing/account.ts';
import { startDovecot } from '../lib/mail/testing/dovecot.ts';
import { createMaildropStore } from '../lib/store/maildrop.ts';
import { databases } from '../lib/store/testing/databases.ts';
import { fill, login, type MessageOf, plainMessage } from './mailbox.ts';
import { holdOf, quantile, timed } from './measure.ts';
import { mixedMessage } from './mix.ts';

/** Collecting a whole maildrop, stored, synced and indexed, against RETR pipelined over a socket and thrown away. */
export interface CollectRow {
  what: string;
  messages: number;
  averageBytes: number;
  /** Messages a second, medians of runs in turn. */
  barePerSecond: number;
  /** The same bytes hashed and made durable, a file each, by nothing but that: no network, no parsing, no database. */
  storedPerSecond: number;
  oursPerSecond: number;
  ratio: number;
  /** Resident memory of the process: before the first run, and the highest while one went on. */
  beforeMB: number;
  highestMB: number;
}

/** Taking in what a server lists: first all of it, then the same once more. */
export interface ListingRow {
  messages: number;
  firstMs: number;
  firstHoldMs: number;
  againMs: number;
}

const runs = 3;
/** Commands under way, as the driver has them. */
const depth = 64;
const storedAtOnce = 16;

/** What maildrops are filled with: the worst case for us, where a message is hardly more than its row, and a usual one. */
export const collections: { what: string; messageOf: MessageOf }[] = [
  { what: 'small', messageOf: plainMessage },
  { what: 'mixed', messageOf: mixedMessage },
];

export async function measureCollection({ what, messageOf }: (typeof collections)[number], count: number) {
  const dovecot = await startDovecot({ users: [login], extraConfig: 'mail_fsync = never' });
  try {
    const sizeBytes = fill(dovecot, count, messageOf);
    const port = dovecot.ports.pop3;
    // The index of the server is built here, not in a measured run.
    await retrieveAll(port, count);
    const memory = watchMemory();
    const [bare, stored, ours]: [number[], number[], number[]] = [[], [], []];
    for (let run = 0; run < runs; run += 1) {
      bare.push(await timed(() => retrieveAll(port, count)));
      stored.push(await storeAll(join(dovecot.maildirOf(login.username), 'cur')));
      ours.push(await collectAfresh(port, count));
    }
    const [bareMs, storedMs, oursMs] = [quantile(bare, 0.5), quantile(stored, 0.5), quantile(ours, 0.5)];
    const perSecond = (ms: number) => (1_000 * count) / ms;
    const row: CollectRow = {
      what,
      messages: count,
      averageBytes: sizeBytes / count,
      barePerSecond: perSecond(bareMs),
      storedPerSecond: perSecond(storedMs),
      oursPerSecond: perSecond(oursMs),
      ratio: oursMs / bareMs,
      ...memory.stop(),
    };
    return row;
  } finally {
    await dovecot.stop();
  }
}

export async function measureListing(count: number): Promise<ListingRow> {
  const opened = await openFirst();
  try {
    const account = {
      id: 'reader',
      protocol: 'pop3',
      host: 'h',
      port: 110,
      username: 'reader',
      created_at_ms: 1,
    } as const;
    await opened.store.db.insertInto('account').values(account).execute();
    const maildrop = createMaildropStore(async () => opened.store);
    const listed = Array.from({ length: count }, (_, index) => ({
      uidl: `0000${index}.bench`,
      sizeBytes: 2_000 + index,
    }));
    let firstMs = 0;
    const firstHoldMs = await holdOf(async () => {
      firstMs = await timed(() => maildrop.reconcile('reader', listed));
    });
    const again: number[] = [];
    for (let run = 0; run < 7; run += 1) again.push(await timed(() => maildrop.reconcile('reader', listed)));
    return { messages: count, firstMs, firstHoldMs, againMs: quantile(again, 0.5) };
  } finally {
    await opened.stop();
  }
}

async function collectAfresh(port: number, count: number): Promise<number> {
  const opened = await openFirst();
  try {
    const driver = await openTestAccount(opened.store, { port }, login, {}, { rule: 'leave' });
    const ms = await timed(async () => driver.maildrop?.collect());
    const kept = (await driver.maildrop?.report())?.here.messages;
    if (kept !== count) throw new Error(`${kept} of ${count} were kept`);
    await driver.close();
    return ms;
  } finally {
    await opened.stop();
  }
}

/** How long it takes to make the messages of a Maildir durable elsewhere, under their hashes, so many at once as we do. */
async function storeAll(maildir: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-stored-'));
  try {
    const names = readdirSync(maildir).values();
    const work = async () => {
      for (const name of names) {
        const bytes = readFileSync(join(maildir, name));
        const temporary = join(folder, `.${name}`);
        const file = await open(temporary, 'wx');
        await file.write(bytes);
        await file.datasync();
        await file.close();
        await rename(temporary, join(folder, createHash('sha256').update(bytes).digest('hex')));
      }
    };
    return await timed(() => Promise.all(Array.from({ length: storedAtOnce }, work)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function openFirst() {
  const [libsql] = databases;
  if (!libsql) throw new Error('no database');
  return await libsql.open();
}

/** Every message over a raw socket: the end of each is a line of one dot, which stuffing lets nothing else be (RFC 1939 §3). */
function retrieveAll(port: number, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').on('error', reject);
    let [sent, ended, lines] = [0, 0, 0];
    let tail = Buffer.alloc(0);
    const send = () => {
      while (sent < count && sent - ended < depth) {
        sent += 1;
        socket.write(`RETR ${sent}\r\n`);
      }
    };
    socket.on('data', (chunk) => {
      const bytes = Buffer.concat([tail, chunk]);
      if (lines < 3) {
        // Greeting, USER and PASS are a line each.
        lines += bytes.toString('latin1').split('\n').length - 1;
        if (lines === 1) socket.write(`USER ${login.username}\r\n`);
        if (lines === 2) socket.write(`PASS ${login.password}\r\n`);
        if (lines === 3) send();
        return;
      }
      let at = bytes.indexOf('\r\n.\r\n');
      let from = 0;
      for (; at >= 0; at = bytes.indexOf('\r\n.\r\n', from)) {
        ended += 1;
        from = at + 5;
      }
      tail = bytes.subarray(Math.max(from, bytes.length - 4));
      if (ended < count) return send();
      socket.end('QUIT\r\n');
      resolve();
    });
  });
}

function watchMemory() {
  const megabytes = () => process.memoryUsage.rss() / 1e6;
  const beforeMB = megabytes();
  let highestMB = beforeMB;
  const timer = setInterval(() => {
    highestMB = Math.max(highestMB, megabytes());
  }, 50);
  return {
    stop() {
      clearInterval(timer);
      return { beforeMB, highestMB };
    },
  };
}

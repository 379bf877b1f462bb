import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../mail/testing/dovecot.ts';
import { type SubmissionStep, startSubmissionServer } from '../mail/testing/submission-server.ts';
import { builtServer } from './testing/build.ts';
import { type Conformity, createConformity } from './testing/conformity.ts';
import { createPerson, type Person } from './testing/person.ts';
import { type Product, startProduct } from './testing/product.ts';

const password = 'correct horse';
const specialUse = { Sent: '\\Sent', Drafts: '\\Drafts', Trash: '\\Trash' };
const names = Array.from({ length: 40 }, (_, index) => `person${index}@example.org`);
let dovecot: Dovecot;
let folder: string;
let conformity: Conformity | undefined;
let used = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-sending-'));
  dovecot = await startDovecot({ users: names.map((username) => ({ username, password })), specialUse });
  await builtServer();
}, 240_000);
afterAll(async () => {
  await dovecot?.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Moment = SubmissionStep | 'append asked' | 'append done';

/** Dovecot behind a wire that tells when a copy is about to be made, and when it was. */
async function startWire(onMoment: (moment: Moment) => Promise<void>) {
  const server = createServer((client) => {
    const upstream = connect(dovecot.ports.imap, '127.0.0.1');
    const pass = (from: typeof client, to: typeof client, word: string, moment: Moment) => {
      from.on('data', (bytes: Buffer) => {
        if (!bytes.includes(word)) return void to.write(bytes);
        from.pause();
        void onMoment(moment).then(() => {
          to.write(bytes);
          from.resume();
        });
      });
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
    };
    pass(client, upstream, ' APPEND ', 'append asked');
    pass(upstream, client, 'APPENDUID', 'append done');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { port, stop: () => new Promise((resolve) => server.close(resolve)) };
}

/** One message is sent; the process is killed at `moment` and started again. Gives what has become of it. */
async function play(moment: Moment | null) {
  const [sender = '', recipient = ''] = [names[used], names[used + 1]];
  used += 2;
  const DATA_DIR = join(folder, sender);
  let product: Product | undefined;
  let killed: (() => void) | null = null;
  const isKilled = new Promise<void>((resolve) => {
    killed = resolve;
  });
  let isArmed = moment !== null;
  const onMoment = async (now: Moment) => {
    if (!isArmed || now !== moment) return;
    isArmed = false;
    await product?.kill();
    killed?.();
  };
  const login = { username: sender, password };
  const smtp = await startSubmissionServer({ login, lmtpPort: dovecot.ports.lmtp, onStep: onMoment });
  const wire = await startWire(onMoment);
  const environment = {
    DATA_DIR,
    LOG_LEVEL: 'info',
    MAIL_IMAP: `imap+insecure://127.0.0.1:${wire.port}`,
    MAIL_POP3: '',
    MAIL_SMTP: `submissions+insecure://127.0.0.1:${smtp.url.port}`,
  };
  try {
    product = await startProduct(dovecot, environment);
    const first = await signedIn(product, login);
    const message = { from: { name: null, email: sender }, to: [{ name: null, email: recipient }], subject: 'Once' };
    const params = { accountId: first.accountId };
    const sent = await first.person.call('createSubmission', { params, body: { message, holdMs: 0 } });
    expect(sent.status).toBe(200);
    if (moment !== null) {
      await isKilled;
      product = await startProduct(dovecot, environment);
    }
    const { person, accountId } = await signedIn(product, login);
    const submission = { params: { accountId, submissionId: sent.json.id } };
    const state = async () => (await person.call('getSubmission', submission)).json.state as string;
    await expect.poll(state, { timeout: 20_000 }).toMatch(/^(filed|unknown)$/);
    const reached = await state();
    if (reached === 'unknown') {
      await person.call('decideSubmission', { ...submission, body: { decision: 'sent' } });
      await expect.poll(state, { timeout: 20_000 }).toBe('filed');
    }
    const copies = await count(person, accountId, 'sent');
    const other = await signedIn(product, { username: recipient, password });
    return { reached, copies, arrived: await count(other.person, other.accountId, 'inbox') };
  } finally {
    await product?.stop();
    await smtp.stop();
    await wire.stop();
    rmSync(DATA_DIR, { recursive: true, force: true });
  }
}

async function signedIn({ url }: Product, login: { username: string; password: string }) {
  // All of these processes are one product: its document is read and made ready once.
  conformity ??= createConformity((await (await fetch(`${url}/api/openapi.json`)).json()) as object);
  const person = createPerson(url, conformity);
  expect(await person.signIn(login)).toBeNull();
  return { person, accountId: (await person.call('getSession')).json.accounts[0].id as string };
}

async function count(person: Person, accountId: string, role: string): Promise<number> {
  const { mailboxes } = (await person.call('listMailboxes', { params: { accountId } })).json;
  const mailboxId = mailboxes.find((mailbox: { role: string }) => mailbox.role === role).id;
  const { items } = (await person.call('listMessages', { params: { accountId, mailboxId } })).json;
  return items.filter(({ subject }: { subject: string }) => subject === 'Once').length;
}

describe('a message whose process is killed', () => {
  test('at no time arrives once, with one copy', async () => {
    expect(await play(null)).toEqual({ reached: 'filed', copies: 1, arrived: 1 });
  }, 60_000);

  test.each<Moment>(['connect', 'auth', 'mail', 'rcpt'])(
    'at %s is sent by the next one, once',
    async (moment) => {
      expect(await play(moment)).toEqual({ reached: 'filed', copies: 1, arrived: 1 });
    },
    60_000,
  );

  test('at the word that the message may come is sent by the next one or asked about, and was not taken before', async () => {
    // Whether the word has reached it is the network's affair.
    const { reached, copies, arrived } = await play('data');
    expect([
      ['filed', 1],
      ['unknown', 0],
    ]).toContainEqual([reached, arrived]);
    expect(copies).toBe(1);
  }, 60_000);

  test.each<Moment>(['whole', 'taken'])(
    'at %s may have been taken: it is never sent again by itself',
    async (moment) => {
      const { reached, copies, arrived } = await play(moment);
      expect({ reached, copies }).toEqual({ reached: 'unknown', copies: 1 });
      expect(arrived).toBeLessThanOrEqual(1);
      if (moment === 'taken') expect(arrived).toBe(1);
    },
    60_000,
  );

  test.each<Moment>(['append asked', 'append done'])(
    'at %s has one copy in Sent',
    async (moment) => {
      expect(await play(moment)).toEqual({ reached: 'filed', copies: 1, arrived: 1 });
    },
    60_000,
  );
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServerChoice } from '../../contract/mail-servers.ts';
import { submissionRequest } from '../../contract/writing.ts';
import { MailError } from '../../mail/errors.ts';
import { makeCertificate } from '../../mail/testing/certificate.ts';
import { type Dovecot, startDovecot } from '../../mail/testing/dovecot.ts';
import { type SubmissionServer, startSubmissionServer } from '../../mail/testing/submission-server.ts';
import { databases } from '../../store/testing/databases.ts';
import { findServers } from '../discovery/find.ts';
import { closeAllDrivers } from '../drivers.ts';
import { forget } from '../live.ts';
import { mailFor } from '../mail-for.ts';
import { listIdentities } from '../people/identities.ts';
import { submissionOf } from '../sending/answer.ts';
import { sendMessage } from '../sending/send.ts';
import { settleSubmissions } from '../sending/worker.ts';
import { accountOf, currentSession, type SignedIn } from '../session.ts';
import { sweep } from '../sweep.ts';
import { createBrowser } from '../testing/browser.ts';
import { install } from '../testing/installation.ts';
import { type NameServer, startNameServer } from '../testing/name-server.ts';
import { addAccount } from './add.ts';

const password = 'annas-password-9';
const [anna, far, local] = ['anna@home.example', 'ann@far.example', 'ann'];
const here = '192.0.2.7';

/** One Dovecot: listed by its address for `home.example`, and unknown to the list as `mail.far.example`. */
describe.each(databases)('servers that a person has chosen, on $name', (database) => {
  let dovecot: Dovecot;
  let smtp: SubmissionServer;
  let dns: NameServer;
  let installation: Awaited<ReturnType<typeof install>>;
  const directory = mkdtempSync(join(tmpdir(), 'posthorn-chosen-'));
  const certificate = makeCertificate('DNS:mail.far.example,IP:127.0.0.1');

  beforeAll(async () => {
    writeFileSync(join(directory, 'cert.pem'), certificate.cert);
    writeFileSync(join(directory, 'key.pem'), certificate.key);
    const users = [anna, far, local].map((username) => ({ username, password }));
    const specialUse = { Sent: '\\Sent', Drafts: '\\Drafts' };
    dovecot = await startDovecot({ users, directory, specialUse });
    smtp = await startSubmissionServer({
      login: async (_, given) => given === password,
      lmtpPort: dovecot.ports.lmtp,
      options: certificate,
    });
    const at = (name: string) => ({ a: [name] });
    dns = await startNameServer({
      '_imaps._tcp.far.example': { srv: [`0 1 ${dovecot.ports.imaps} mail.far.example`] },
      '_pop3s._tcp.far.example': { srv: [`0 1 ${dovecot.ports.pop3s} mail.far.example`] },
      '_submissions._tcp.far.example': { srv: [`0 1 ${smtp.url.port} mail.far.example`] },
      'mail.far.example': at('127.0.0.1'),
      'other.example': at('127.0.0.1'),
      'inside.example': at('10.0.0.1'),
    });
    const list = join(directory, 'servers.json');
    writeFileSync(list, JSON.stringify({ 'home.example': { imap: `imaps://127.0.0.1:${dovecot.ports.imaps}` } }));
    installation = await install(database, {
      MAIL_IMAP: '',
      MAIL_SERVERS_FILE: list,
      MAIL_CA_FILE: dovecot.certificatePath,
      MAIL_HOSTS: 'open',
      MAIL_HOSTS_ALLOW: '127.0.0.1',
      DNS_SERVERS: dns.address,
      SIGN_IN_ATTEMPTS_PER_ACCOUNT: '2',
    });
  });
  afterAll(async () => {
    await settleSubmissions();
    await closeAllDrivers();
    await sweep();
    await installation.remove();
    await Promise.all([dovecot.stop(), smtp.stop(), dns.close()]);
  });

  async function signedIn() {
    forget('throttle');
    const browser = createBrowser();
    expect(await browser.signIn({ username: anna, password })).toBeNull();
    return async (): Promise<SignedIn> => {
      const found = await currentSession(browser.request('/'));
      if (found === null) throw new Error('not signed in');
      return found;
    };
  }
  /** The store has no part in these. */
  const once = test.runIf(database === databases[0]);
  const failureOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (error: unknown) => (error instanceof MailError ? [error.code, error.detail] : String(error)),
    );
  const { signal } = new AbortController();
  const found = async (who: SignedIn) => (await findServers(who, { address: far, asksOutside: true }, signal)).choices;
  const loginOf = ({ protocol, username, incoming, smtp }: ServerChoice) => {
    return { username, password, protocol, servers: { incoming, smtp } };
  };
  const chosen = async (who: SignedIn, change: Partial<ServerChoice['incoming']> = {}) => {
    const [choice] = await found(who);
    if (choice === undefined) throw new Error('nothing was found');
    return loginOf({ ...choice, incoming: { ...choice.incoming, ...change } });
  };

  test('nobody is asked before the person says so, and then it is told what is on the list', async () => {
    const who = await (await signedIn())();
    dns.asked.length = 0;
    const told = await findServers(who, { address: far, asksOutside: false }, signal);
    expect(told).toMatchObject({ listed: null, mayChoose: true, choices: [] });
    expect(told.sources.map(({ source, learns }) => `${source} ${learns}`)).toEqual([
      'srv domain',
      'autoconfig address',
      'autoconfig domain',
    ]);
    expect(await findServers(who, { address: anna, asksOutside: false }, signal)).toMatchObject({
      listed: { isForAny: false, host: '127.0.0.1' },
    });
    expect(dns.asked).toEqual([]);
    expect(await found(who)).toHaveLength(2);
    expect(dns.asked).toContain('_imaps._tcp.far.example');
  });

  test('an account is added at what was found over each protocol, read after the next sign-in, and sends by its own server', async () => {
    const person = await signedIn();
    const [imap, pop3] = (await found(await person())).map(loginOf);
    if (imap === undefined || pop3 === undefined) throw new Error('not both were found');
    const ids = [await addAccount(await person(), imap, here), await addAccount(await person(), pop3, here)];
    const next = await (await signedIn())();
    expect(next.accounts.map(({ protocol, host }) => `${protocol} ${host}`)).toEqual([
      'imap 127.0.0.1',
      'imap mail.far.example',
      'pop3 mail.far.example',
    ]);
    for (const id of ids) {
      const mail = await mailFor(next, id);
      expect((await mail.listMailboxes({ counts: true })).length).toBeGreaterThan(0);
      const from = { name: null, email: far };
      const to = [{ name: null, email: anna }];
      const message = { from, to, subject: `from ${id}`, text: 'Tide' };
      const request = submissionRequest.parse({ holdMs: 0, message });
      const row = await sendMessage(next, { accountId: id, mail, request });
      const state = async () => (await submissionOf(id, row.id)).state;
      await expect.poll(state, { timeout: 20_000, interval: 20 }).toBe('filed');
    }
    expect(smtp.received.filter(({ login, to }) => login === far && to.includes(anna))).toHaveLength(2);
  });

  test('the login may be another than the address, which is then who it writes as', async () => {
    const person = await signedIn();
    const { servers, ...login } = await chosen(await person());
    const wanted = { ...login, username: local, servers: { ...servers, address: far } };
    const id = await addAccount(await person(), wanted, here);
    expect((await listIdentities(await person())).find(({ accountId }) => accountId === id)?.email).toBe(far);
  });

  once('an address beside the login is believed only where nothing goes by a server of the list', async () => {
    const person = await signedIn();
    const listed = { host: '127.0.0.1', port: dovecot.ports.imaps, security: 'tls' as const };
    const { servers: found } = await chosen(await person());
    const servers = { incoming: listed, smtp: found.smtp, address: 'boss@home.example' };
    const id = await addAccount(await person(), { username: local, password, protocol: 'imap', servers }, here);
    const identity = (await listIdentities(await person())).find(({ accountId }) => accountId === id);
    expect(identity?.email).toBe('ann@127.0.0.1');
  });

  test('a password is given again at the servers that were chosen', async () => {
    const person = await signedIn();
    const id = await addAccount(await person(), await chosen(await person()), here);
    const again = { username: far, password, accountId: id };
    expect(await addAccount(await person(), again, here)).toBe(id);
    expect(await failureOf(addAccount(await person(), { ...again, password: 'wrong' }, here))).toEqual([
      'passwordRefused',
      undefined,
    ]);
    expect(await failureOf(addAccount(await person(), { ...again, username: anna }, here))).toEqual([
      'invalid',
      'username',
    ]);
    expect(accountOf(await person(), id).username).toBe(far);
  });

  once('nothing is sent where there is no TLS, another certificate, or no address that may be reached', async () => {
    const person = await signedIn();
    const { imap } = dovecot.ports;
    const lines = dovecot.log().split('\n').length;
    for (const [change, code] of [
      [{ host: 'other.example' }, 'certificate'],
      [{ port: imap }, 'insecure'],
      [{ host: 'inside.example' }, 'unreachable'],
      [{ host: 'nowhere.example' }, 'unreachable'],
      [{ host: '10.0.0.1' }, 'unreachable'],
      [{ host: '::1' }, 'unreachable'],
      [{ host: 'localhost' }, 'unreachable'],
    ] as const) {
      const wanted = await chosen(await person(), change);
      expect([change, ...(await failureOf(addAccount(await person(), wanted, here))).slice(0, 1)]).toEqual([
        change,
        code,
      ]);
    }
    const told = () => dovecot.log().split('\n').slice(lines).join();
    expect(told()).not.toContain(`user=<${far}>`);
    // The control, by STARTTLS.
    const starttls = await chosen(await person(), { port: imap, security: 'starttls' });
    expect(await failureOf(addAccount(await person(), starttls, here))).toBe('done');
    expect(told()).toContain(`user=<${far}>`);
  });

  once('what the submission server refuses is told as its own, and nothing is added', async () => {
    const person = await signedIn();
    const wanted = await chosen(await person());
    const servers = {
      ...wanted.servers,
      smtp: { host: 'other.example', port: smtp.url.port, security: 'tls' as const },
    };
    const before = (await person()).accounts.length;
    expect(await failureOf(addAccount(await person(), { ...wanted, servers }, here))).toEqual(['certificate', 'smtp']);
    expect((await person()).accounts).toHaveLength(before);
  });

  once('the right password at a server of one’s own clears no failure at a listed one', async () => {
    const person = await signedIn();
    const guess = { username: anna, password: 'a guess' };
    const codes: unknown[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      codes.push(await failureOf(addAccount(await person(), guess, '198.51.100.9')));
      const { servers, ...own } = await chosen(await person());
      await addAccount(await person(), { ...own, servers: { ...servers, smtp: null } }, '198.51.100.9');
    }
    expect(codes.map((code) => (code as string[])[0])).toEqual(['passwordRefused', 'passwordRefused', 'throttled']);
  });

  once('asking outside is limited for each person', async () => {
    const who = await (await signedIn())();
    let last: unknown = 'done';
    for (let attempt = 0; attempt <= 30; attempt += 1) last = await failureOf(found(who));
    expect(last).toEqual(['throttled', undefined]);
  });

  test('where the admin closes it again nothing is chosen, asked for or opened', async () => {
    const person = await signedIn();
    const wanted = await chosen(await person());
    const id = await addAccount(await person(), wanted, here);
    await closeAllDrivers();
    process.env.MAIL_DISCOVERY = 'off';
    forget('config');
    expect(await failureOf(found(await person()))).toEqual(['forbidden', 'MAIL_DISCOVERY']);
    expect(await findServers(await person(), { address: far, asksOutside: false }, signal)).toMatchObject({
      mayChoose: true,
      sources: [],
    });
    expect(await failureOf(addAccount(await person(), wanted, here))).toBe('done');
    process.env.MAIL_HOSTS = 'closed';
    forget('config');
    await closeAllDrivers();
    expect(await failureOf(addAccount(await person(), wanted, here))).toEqual(['forbidden', 'servers']);
    const again = { username: far, password, accountId: id };
    expect(await failureOf(addAccount(await person(), again, here))).toEqual(['forbidden', 'servers']);
    expect(await failureOf(mailFor(await person(), id))).toEqual(['unauthenticated', undefined]);
    expect(await failureOf(mailFor(await person(), (await person()).accounts[0]?.id ?? ''))).toBe('done');
    process.env.MAIL_HOSTS = 'open';
    delete process.env.MAIL_DISCOVERY;
    forget('config');
    expect(await failureOf(mailFor(await person(), id))).toBe('done');
  });
});

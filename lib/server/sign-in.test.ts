import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../mail/testing/dovecot.ts';
import { freePort } from '../mail/testing/free-port.ts';
import { databases } from '../store/testing/databases.ts';
import { forget } from './live.ts';
import { renderMetrics } from './metrics.ts';
import { currentSession } from './session.ts';
import { createBrowser } from './testing/browser.ts';
import { install } from './testing/installation.ts';

const [libsql] = databases;
if (libsql === undefined) throw new Error('no database to test on');

const anna = { username: 'anna@example.org', password: 'pass word ü ' };
const bert = { username: 'bert', password: 'secret' };
// Whose tries are counted signs in nowhere else.
const zoe = { username: 'zoe', password: 'secret' };

/** Dovecot makes each wrong password of an address wait longer than the one before. */
const withoutPenalty = 'service anvil {\n  unix_listener anvil-auth-penalty {\n    mode = 0\n  }\n}';

describe('signing in to a mail server', () => {
  let dovecot: Dovecot;
  let plain: Dovecot;
  let installation: Awaited<ReturnType<typeof install>>;
  beforeAll(async () => {
    dovecot = await startDovecot({ users: [anna, bert, zoe], extraConfig: withoutPenalty });
    plain = await startDovecot({ users: [bert], extraConfig: 'ssl = no' });
    installation = await install(libsql, { MAIL_CA_FILE: dovecot.certificatePath });
  });
  afterAll(async () => {
    await installation.remove();
    await dovecot.stop();
    await plain.stop();
  });

  /** Points the installation at other servers. */
  function configure(environment: Record<string, string>): void {
    for (const name of ['MAIL_IMAP', 'MAIL_POP3', 'MAIL_CA_FILE']) delete process.env[name];
    Object.assign(process.env, environment);
    forget('config');
    forget('throttle');
  }
  beforeEach(() => {
    configure({ MAIL_IMAP: `imaps://127.0.0.1:${dovecot.ports.imaps}`, MAIL_CA_FILE: dovecot.certificatePath });
  });

  test('the right password signs in, and the session knows the account', async () => {
    const browser = createBrowser();
    expect(await browser.signIn(anna)).toBeNull();
    expect(await currentSession(browser.request('/'))).toMatchObject({
      username: anna.username,
      accounts: [{ protocol: 'imap', host: '127.0.0.1', username: anna.username }],
    });
  });

  test('the account keeps its id when the person signs in again elsewhere', async () => {
    const ids = [];
    for (const browser of [createBrowser(), createBrowser()]) {
      await browser.signIn(anna);
      ids.push((await currentSession(browser.request('/')))?.accounts[0]?.id);
    }
    expect(ids[0]).toBeTruthy();
    expect(ids[0]).toBe(ids[1]);
  });

  test('a wrong password is unauthenticated, gives no session, and the answer holds nothing else', async () => {
    const browser = createBrowser();
    const { response, error } = await browser.postSignIn({ ...anna, password: 'wrong-password' });
    expect(error).toBe('unauthenticated');
    expect(response.status).toBe(401);
    expect(await response.text()).not.toMatch(/anna|wrong-password|AUTHENTICATIONFAILED/i);
    expect(await currentSession(browser.request('/'))).toBeNull();
  });

  test('a password that differs in a space at its end is another password', async () => {
    expect(await createBrowser().signIn({ ...anna, password: anna.password.trim() })).toBe('unauthenticated');
  });

  test('a server that does not answer is unreachable', async () => {
    configure({ MAIL_IMAP: `imaps://127.0.0.1:${await freePort()}` });
    expect(await createBrowser().signIn(anna)).toBe('unreachable');
  });

  test('a certificate that nobody vouches for is refused, and accepted only by +insecure', async () => {
    configure({ MAIL_IMAP: `imaps://127.0.0.1:${dovecot.ports.imaps}` });
    expect(await createBrowser().signIn(anna)).toBe('certificate');
    configure({ MAIL_IMAP: `imaps+insecure://127.0.0.1:${dovecot.ports.imaps}` });
    expect(await createBrowser().signIn(anna)).toBeNull();
  });

  test('STARTTLS signs in', async () => {
    configure({ MAIL_IMAP: `imap://127.0.0.1:${dovecot.ports.imap}`, MAIL_CA_FILE: dovecot.certificatePath });
    expect(await createBrowser().signIn(anna)).toBeNull();
  });

  test('a server without TLS is insecure and gets no password, unless the URL says so', async () => {
    configure({ MAIL_IMAP: `imap://127.0.0.1:${plain.ports.imap}` });
    expect(await createBrowser().signIn(bert)).toBe('insecure');
    expect(plain.log()).not.toMatch(/Login: user=<bert>/);
    configure({ MAIL_IMAP: `imap+insecure://127.0.0.1:${plain.ports.imap}` });
    expect(await createBrowser().signIn(bert)).toBeNull();
    expect(plain.log()).toMatch(/Login: user=<bert>/);
  });

  test('where both protocols are offered the person chooses, IMAP if not', async () => {
    configure({
      MAIL_IMAP: `imaps://127.0.0.1:${dovecot.ports.imaps}`,
      MAIL_POP3: `pop3s://127.0.0.1:${dovecot.ports.pop3s}`,
      MAIL_CA_FILE: dovecot.certificatePath,
    });
    const protocols = [];
    for (const choice of [{}, { protocol: 'pop3' }, { protocol: 'imap' }, { protocol: 'nntp' }]) {
      const browser = createBrowser();
      expect(await browser.signIn({ ...anna, ...choice })).toBeNull();
      protocols.push((await currentSession(browser.request('/')))?.accounts[0]?.protocol);
    }
    expect(protocols).toEqual(['imap', 'pop3', 'imap', 'imap']);
  });

  test('where one protocol is offered it is taken, whatever the form had chosen', async () => {
    const browser = createBrowser();
    expect(await browser.signIn({ ...anna, protocol: 'pop3' })).toBeNull();
    expect((await currentSession(browser.request('/')))?.accounts[0]?.protocol).toBe('imap');
  });

  test('line ends in a name or password are invalid and never reach the server', async () => {
    const before = dovecot.log();
    for (const fields of [
      { ...anna, username: 'anna\r\nA1 LOGOUT' },
      { ...anna, password: 'x\nA1 LOGOUT' },
      { ...anna, password: 'x\0' },
      { ...anna, password: '' },
      { username: '  ', password: 'x' },
      { username: 'x'.repeat(2_000), password: 'x' },
    ]) {
      expect(await createBrowser().signIn(fields)).toBe('invalid');
    }
    expect(dovecot.log()).toBe(before);
  });

  test('too many failures on one login are throttled before the server is asked, but not where it signed in lately', async () => {
    process.env.SIGN_IN_ATTEMPTS_BY_STRANGERS = '3';
    forget('config');
    forget('throttle');
    const asked = (username: string) => dovecot.log().split(`user=<${username}>`).length - 1;
    const wrong = { ...zoe, password: 'wrong' };
    const home = () => createBrowser({ address: '10.1.1.1' });
    expect(await home().signIn(zoe)).toBeNull();
    // Once to see whether the password is right, once for the first list; then nothing more comes of this.
    await expect.poll(() => dovecot.log().split(`Login: user=<${zoe.username}>`)).toHaveLength(3);
    const before = { zoe: asked(zoe.username), bert: asked(bert.username) };
    const outcomes = [];
    for (let at = 0; at < 3; at++) outcomes.push(await createBrowser({ address: `10.0.0.${at}` }).signIn(wrong));
    await expect.poll(() => asked(zoe.username)).toBe(before.zoe + 3);
    outcomes.push(await createBrowser({ address: '10.0.0.9' }).signIn(zoe));
    expect(await createBrowser({ address: '10.0.0.9' }).signIn(bert)).toBeNull();
    expect(outcomes).toEqual(['unauthenticated', 'unauthenticated', 'unauthenticated', 'throttled']);
    // Another person is asked for in the same moment, so the silence about Zoe means something.
    await expect.poll(() => asked(bert.username)).toBeGreaterThan(before.bert);
    expect(asked(zoe.username)).toBe(before.zoe + 3);
    expect(await home().signIn(zoe)).toBeNull();
    delete process.env.SIGN_IN_ATTEMPTS_BY_STRANGERS;
  });

  test('failures that were not about the password do not use up attempts', async () => {
    process.env.SIGN_IN_ATTEMPTS_PER_ACCOUNT = '1';
    configure({ MAIL_IMAP: `imaps://127.0.0.1:${await freePort()}` });
    const outcomes = [];
    for (let at = 0; at < 3; at++) outcomes.push(await createBrowser().signIn(anna));
    delete process.env.SIGN_IN_ATTEMPTS_PER_ACCOUNT;
    expect(outcomes).toEqual(['unreachable', 'unreachable', 'unreachable']);
  });

  test('without the CSRF token nobody is signed in', async () => {
    const browser = createBrowser();
    await browser.auth('csrf');
    await browser.auth('callback/credentials', { ...anna, csrfToken: 'forged', json: 'true' });
    expect(await currentSession(browser.request('/'))).toBeNull();
    expect(await browser.signIn(anna)).toBeNull();
    expect(await currentSession(browser.request('/'))).not.toBeNull();
  });

  test('the metrics count outcomes by protocol and name nobody', async () => {
    await createBrowser().signIn({ ...anna, password: 'wrong' });
    const { body } = await renderMetrics();
    expect(body).toMatch(/^posthorn_sign_ins_total\{protocol="imap",outcome="ok"\} [1-9]/m);
    expect(body).toMatch(/^posthorn_sign_ins_total\{protocol="imap",outcome="unauthenticated"\} [1-9]/m);
    expect(body).toMatch(/^posthorn_pool_connections_total\{event="opened"\} [1-9]/m);
    expect(body).not.toMatch(/anna|bert|example\.org|127\.0\.0\.1/);
  });
});

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MailError } from '../mail/errors.ts';
import { type Dovecot, startDovecot } from '../mail/testing/dovecot.ts';
import { databases } from '../store/testing/databases.ts';
import { forget } from './live.ts';
import { mailFor } from './mail-for.ts';
import { currentSession, endSession, listSessions, type SignedIn } from './session.ts';
import { store } from './store.ts';
import { sweep } from './sweep.ts';
import { createBrowser } from './testing/browser.ts';
import { install, testSecret } from './testing/installation.ts';

const anna = { username: 'anna', password: 'annas-password-9' };
const bert = { username: 'bert', password: 'berts-password-9' };
// Whose connections are counted signs in nowhere else.
const carl = { username: 'carl', password: 'carls-password-9' };
const dora = { username: 'dora', password: 'doras-password-9' };
const emil = { username: 'emil', password: 'emils-password-9' };
const gerd = { username: 'gerd', password: 'gerds-password-9' };

describe.each(databases)('a session on $name', (database) => {
  let dovecot: Dovecot;
  let installation: Awaited<ReturnType<typeof install>>;
  beforeAll(async () => {
    dovecot = await startDovecot({ users: [anna, bert, carl, dora, emil, gerd] });
    installation = await install(database, {
      MAIL_IMAP: `imaps://127.0.0.1:${dovecot.ports.imaps}`,
      MAIL_CA_FILE: dovecot.certificatePath,
    });
  });
  afterAll(async () => {
    await sweep();
    await installation.remove();
    await dovecot.stop();
  });

  async function signedIn(login: { username: string; password: string }, userAgent = 'Test Browser') {
    const browser = createBrowser({ userAgent });
    expect(await browser.signIn(login)).toBeNull();
    return { browser, person: await present(browser) };
  }
  async function present(browser: ReturnType<typeof createBrowser>): Promise<SignedIn> {
    const person = await currentSession(browser.request('/'));
    if (person === null) throw new Error('not signed in');
    return person;
  }
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (error: unknown) => (error instanceof MailError ? error.code : String(error)),
    );
  /** Signed-in connections, as the mail server counts them. */
  function connectionsOf(username: string): number {
    const configuration = join(dovecot.directory, 'dovecot.conf');
    const who = execFileSync('doveadm', ['-c', configuration, 'who', '-1', username], { encoding: 'utf8' });
    return who.trim().split('\n').length - 1;
  }

  test('the cookie is HttpOnly, SameSite=Lax, without Secure on http, and __Host- and Secure on https', async () => {
    const sessionCookie = async () => {
      const { response } = await createBrowser().postSignIn(anna);
      return response.headers.getSetCookie().find((cookie) => cookie.includes('posthorn.session'));
    };
    expect(await sessionCookie()).toMatch(/^posthorn\.session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    process.env.AUTH_URL = 'https://mail.example.org';
    forget('config');
    expect(await sessionCookie()).toMatch(
      /^__Host-posthorn\.session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    process.env.AUTH_URL = 'http://localhost:3000';
    forget('config');
  });

  test('neither the database nor the cookie holds the password, and next-auth tells nothing of the token', async () => {
    const { browser } = await signedIn(anna);
    const rows = await (await store()).db.selectFrom('session_account').selectAll().execute();
    for (const row of rows) expect(Buffer.from(row.sealed_secret).toString('latin1')).not.toContain(anna.password);
    expect([...browser.jar.values()].join()).not.toContain(anna.password);
    const told = await (await browser.auth('session')).json();
    expect(Object.keys(told as object)).toEqual(['expires']);
  });

  test('a forged, altered or foreign cookie is nobody', async () => {
    const { browser } = await signedIn(anna);
    const cookie = browser.jar.get('posthorn.session') ?? '';
    const token = { sessionId: 'made up', half: 'x' };
    const foreign = await encode({ token, secret: 'the secret of another installation' });
    const unknown = await encode({ token, secret: testSecret });
    const without = await encode({ token: {}, secret: testSecret });
    for (const value of ['x', `${cookie.slice(0, -4)}AAAA`, foreign, unknown, without]) {
      browser.jar.set('posthorn.session', value);
      expect(await currentSession(browser.request('/'))).toBeNull();
    }
    browser.jar.set('posthorn.session', cookie);
    expect(await currentSession(browser.request('/'))).not.toBeNull();
  });

  test('the kept password opens the mail of its account, and of no other', async () => {
    const { person: one } = await signedIn(anna);
    const { person: other } = await signedIn(bert);
    const mail = await mailFor(one, one.accounts[0]?.id ?? '');
    expect((await mail.listMailboxes({ counts: false })).map((mailbox) => mailbox.role)).toContain('inbox');
    expect(await codeOf(mailFor(one, other.accounts[0]?.id ?? ''))).toBe('notFound');
    expect(await codeOf(mailFor(one, 'made up'))).toBe('notFound');
  });

  test('two requests at once share one driver', async () => {
    const { person } = await signedIn(anna);
    const id = person.accounts[0]?.id ?? '';
    const [one, two] = await Promise.all([mailFor(person, id), mailFor(person, id)]);
    expect(one).toBe(two);
  });

  test('signing out ends the session, removes the secret and closes the connections at once', async () => {
    const { browser, person } = await signedIn(carl);
    const mail = await mailFor(person, person.accounts[0]?.id ?? '');
    await mail.listMailboxes({ counts: false });
    expect(connectionsOf('carl')).toBeGreaterThan(0);
    const cookie = browser.jar.get('posthorn.session') ?? '';
    await browser.signOut();
    expect(browser.jar.has('posthorn.session')).toBe(false);
    browser.jar.set('posthorn.session', cookie);
    expect(await currentSession(browser.request('/'))).toBeNull();
    const { db } = await store();
    const rows = () => db.selectFrom('session_account').select('account_id').where('session_id', '=', person.sessionId);
    expect(await rows().execute()).toEqual([]);
    await expect.poll(() => connectionsOf('carl')).toBe(0);
    expect(await codeOf(mailFor(person, person.accounts[0]?.id ?? ''))).toBe('notFound');
  });

  test('signing in again in the same browser ends the session before, and only that', async () => {
    const { browser, person } = await signedIn(anna);
    const { browser: elsewhere } = await signedIn(anna);
    const cookie = browser.jar.get('posthorn.session') ?? '';
    expect(await browser.signIn(bert)).toBeNull();
    expect((await present(browser)).username).toBe('bert');
    browser.jar.set('posthorn.session', cookie);
    expect(await currentSession(browser.request('/'))).toBeNull();
    expect(await codeOf(mailFor(person, person.accounts[0]?.id ?? ''))).toBe('notFound');
    expect(await currentSession(elsewhere.request('/'))).not.toBeNull();
  });

  test('a failed sign-in leaves the session of the browser as it was', async () => {
    const { browser, person } = await signedIn(bert);
    expect(await browser.signIn({ ...bert, password: 'wrong' })).toBe('unauthenticated');
    expect((await present(browser)).sessionId).toBe(person.sessionId);
  });

  test('a person sees where they are signed in, and may end any of these, but nobody else’s', async () => {
    const { person: desk } = await signedIn(anna, 'Desk');
    const { person: phone, browser: phoneBrowser } = await signedIn(anna, 'Phone');
    const { person: stranger } = await signedIn(bert, 'Stranger');
    const listed = await listSessions(desk);
    expect(listed.find((entry) => entry.id === desk.sessionId)).toMatchObject({ userAgent: 'Desk', isCurrent: true });
    expect(listed.find((entry) => entry.id === phone.sessionId)).toMatchObject({
      userAgent: 'Phone',
      isCurrent: false,
    });
    expect(listed.some((entry) => entry.id === stranger.sessionId)).toBe(false);
    expect(await codeOf(endSession(stranger, phone.sessionId))).toBe('notFound');
    expect(await currentSession(phoneBrowser.request('/'))).not.toBeNull();
    await endSession(desk, phone.sessionId);
    expect(await currentSession(phoneBrowser.request('/'))).toBeNull();
    expect((await listSessions(desk)).some((entry) => entry.id === phone.sessionId)).toBe(false);
  });

  test('past the bound the session seen the longest ago ends, with its connections, and nobody else’s', async () => {
    process.env.SESSIONS_PER_PERSON = '3';
    forget('config');
    try {
      const { browser: stranger } = await signedIn(bert);
      const desk = await signedIn(gerd, 'Desk');
      const mail = await mailFor(desk.person, desk.person.accounts[0]?.id ?? '');
      await mail.listMailboxes({ counts: false });
      const { db } = await store();
      await db.updateTable('session').set({ last_seen_at_ms: 1 }).where('id', '=', desk.person.sessionId).execute();
      const others = [];
      for (const name of ['One', 'Two']) others.push(await signedIn(gerd, name));
      // Three are within the bound.
      expect(await currentSession(desk.browser.request('/'))).not.toBeNull();
      const script = await signedIn(gerd, 'Script');
      expect(await currentSession(desk.browser.request('/'))).toBeNull();
      expect(await codeOf(mail.listMailboxes({ counts: false }))).not.toBe('done');
      for (const { browser } of [...others, script]) expect(await currentSession(browser.request('/'))).not.toBeNull();
      await Promise.all(Array.from({ length: 12 }, () => createBrowser().signIn(gerd)));
      expect(await listSessions(script.person)).toHaveLength(3);
      await sweep();
      await expect.poll(() => connectionsOf('gerd')).toBeLessThanOrEqual(3);
      expect(await currentSession(stranger.request('/'))).not.toBeNull();
    } finally {
      delete process.env.SESSIONS_PER_PERSON;
      forget('config');
    }
  });

  test('a session that another process ended loses its connections at the next sweep', async () => {
    const { person } = await signedIn(dora);
    const { person: staying } = await signedIn(emil);
    for (const who of [person, staying]) {
      await (await mailFor(who, who.accounts[0]?.id ?? '')).listMailboxes({ counts: false });
    }
    const elsewhere = await installation.database.again();
    await elsewhere.db.deleteFrom('session').where('id', '=', person.sessionId).execute();
    expect(connectionsOf('dora')).toBeGreaterThan(0);
    await sweep();
    await expect.poll(() => connectionsOf('dora')).toBe(0);
    expect(connectionsOf('emil')).toBeGreaterThan(0);
  });

  test('a session past its end is nobody, and is swept away', async () => {
    const { browser, person } = await signedIn(anna);
    const { db } = await store();
    await db.updateTable('session').set({ expires_at_ms: 1 }).where('id', '=', person.sessionId).execute();
    forget('sessions');
    await sweep();
    const row = await db.selectFrom('session').select('id').where('id', '=', person.sessionId).executeTakeFirst();
    expect(row).toBeUndefined();
    expect(await codeOf(mailFor(person, person.accounts[0]?.id ?? ''))).toBe('notFound');
    expect(browser.jar.has('posthorn.session')).toBe(true);
  });
});

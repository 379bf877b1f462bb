import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MailError } from '../../mail/errors.ts';
import { type Dovecot, startDovecot } from '../../mail/testing/dovecot.ts';
import { databases } from '../../store/testing/databases.ts';
import { forget } from '../live.ts';
import { mailFor } from '../mail-for.ts';
import { currentSession, type SignedIn } from '../session.ts';
import { store } from '../store.ts';
import { sweep } from '../sweep.ts';
import { createBrowser } from '../testing/browser.ts';
import { install } from '../testing/installation.ts';
import { addAccount } from './add.ts';
import { changeAccount } from './change.ts';
import { removeAccount } from './remove.ts';

const anna = { username: 'anna', password: 'annas-password-9' };
const work = { username: 'anna.work', password: 'works-password-9' };
const old = { username: 'anna.old', password: 'olds-password-9' };
const bert = { username: 'bert', password: 'berts-password-9' };
const here = '192.0.2.7';

describe.each(databases)('the accounts of a person on $name', (database) => {
  let dovecot: Dovecot;
  let installation: Awaited<ReturnType<typeof install>>;
  beforeAll(async () => {
    dovecot = await startDovecot({ users: [anna, work, old, bert] });
    installation = await install(database, {
      MAIL_IMAP: `imaps://127.0.0.1:${dovecot.ports.imaps}`,
      MAIL_POP3: `pop3s://127.0.0.1:${dovecot.ports.pop3s}`,
      MAIL_CA_FILE: dovecot.certificatePath,
      SIGN_IN_ATTEMPTS_PER_ACCOUNT: '2',
    });
  });
  afterAll(async () => {
    await sweep();
    await installation.remove();
    await dovecot.stop();
  });

  async function signedIn(login: { username: string; password: string }) {
    const browser = createBrowser();
    expect(await browser.signIn(login)).toBeNull();
    const person = async (): Promise<SignedIn> => {
      const found = await currentSession(browser.request('/'));
      if (found === null) throw new Error('not signed in');
      return found;
    };
    return { browser, person };
  }
  const names = ({ accounts }: SignedIn) => accounts.map(({ username, protocol }) => `${username} ${protocol}`);
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (error: unknown) => (error instanceof MailError ? error.code : String(error)),
    );
  const folders = async (who: SignedIn, accountId: string) =>
    (await (await mailFor(who, accountId)).listMailboxes({ counts: false })).length;

  test('an account is added, read at once and after the next sign-in, and by nobody else', async () => {
    const first = await signedIn(anna);
    const id = await addAccount(await first.person(), work, here);
    expect(names(await first.person())).toEqual(['anna imap', 'anna.work imap']);
    expect(await folders(await first.person(), id)).toBeGreaterThan(0);

    const next = await signedIn(anna);
    expect(names(await next.person())).toEqual(['anna imap', 'anna.work imap']);
    expect(await folders(await next.person(), id)).toBeGreaterThan(0);

    const other = await signedIn(bert);
    expect(await codeOf(mailFor(await other.person(), id))).toBe('notFound');
    expect(await codeOf(changeAccount(await other.person(), id, { name: 'mine' }))).toBe('notFound');
    expect(await codeOf(removeAccount(await other.person(), id))).toBe('notFound');
    expect(names(await (await signedIn(work)).person())).toEqual(['anna.work imap']);
  });

  test('a login that its server refuses is told as such, and nothing is added', async () => {
    const { person } = await signedIn(bert);
    const wrong = { ...old, password: 'a wrong one' };
    expect(await codeOf(addAccount(await person(), wrong, here))).toBe('passwordRefused');
    expect(await codeOf(addAccount(await person(), { ...bert }, here))).toBe('conflict');
    expect(names(await person())).toEqual(['bert imap']);
    expect(await codeOf(addAccount(await person(), { ...old, protocol: 'pop3' }, here))).toBe('done');
  });

  test('accounts of both protocols stand beside each other, are named, coloured and put in order', async () => {
    const { person } = await signedIn(anna);
    const pop3 = await addAccount(await person(), { ...old, protocol: 'pop3' }, here);
    expect(names(await person())).toEqual(['anna imap', 'anna.work imap', 'anna.old pop3']);
    await changeAccount(await person(), pop3, { name: 'The old one', color: 'teal', position: 0 });
    await changeAccount(await person(), (await person()).accounts[0]?.id ?? '', { name: 'Home' });
    const accounts = (await (await signedIn(anna)).person()).accounts;
    expect(accounts.map(({ username, name, color }) => [username, name, color])).toEqual([
      ['anna', 'Home', null],
      ['anna.old', 'The old one', 'teal'],
      ['anna.work', '', 'teal'],
    ]);
  });

  test('an account that was taken away is closed and gone, also from other sign-ins, with its password', async () => {
    const [desk, phone] = [await signedIn(anna), await signedIn(anna)];
    const id = (await desk.person()).accounts.find(({ username }) => username === 'anna.old')?.id ?? '';
    expect(await folders(await desk.person(), id)).toBeGreaterThan(0);
    await removeAccount(await desk.person(), id);
    expect(names(await desk.person())).toEqual(['anna imap', 'anna.work imap']);
    forget('sessions');
    expect(names(await phone.person())).toEqual(['anna imap', 'anna.work imap']);
    expect(names(await (await signedIn(anna)).person())).toEqual(['anna imap', 'anna.work imap']);
    const { db } = await store();
    const kept = await db.selectFrom('person_account').select('account_id').where('account_id', '=', id).execute();
    // Bert has added it too, and keeps it.
    expect(kept).toHaveLength(1);
    expect(names(await (await signedIn(bert)).person())).toEqual(['bert imap', 'anna.old pop3']);
  });

  test('the account that signed in cannot be taken away', async () => {
    const { person } = await signedIn(anna);
    const who = await person();
    expect(await codeOf(removeAccount(who, who.accounts[0]?.id ?? ''))).toBe('conflict');
    expect(names(await person())).toContain('anna imap');
  });

  test('after another password of the person an added account asks for its own again, and has it from then on', async () => {
    await (await store()).db
      .updateTable('person_account')
      .set({ sealed_secret: Buffer.from('sealed with another password, some forty bytes') })
      .where('name', '=', '')
      .where('sealed_secret', 'is not', null)
      .execute();
    const { person } = await signedIn(anna);
    const id = (await person()).accounts[1]?.id ?? '';
    expect(await codeOf(mailFor(await person(), id))).toBe('unauthenticated');
    expect(await folders(await person(), (await person()).accounts[0]?.id ?? '')).toBeGreaterThan(0);
    expect(await addAccount(await person(), work, here)).toBe(id);
    expect(await folders(await person(), id)).toBeGreaterThan(0);
    const next = await signedIn(anna);
    expect(await folders(await next.person(), id)).toBeGreaterThan(0);
  });

  test('what is kept opens with the password of the person alone', async () => {
    const { ownerKey } = await import('./key.ts');
    const sealed = (await ownerKey('an owner', 'the right one')).seal('an account', 'its secret');
    expect((await ownerKey('an owner', 'the right one')).open('an account', sealed)).toBe('its secret');
    for (const [owner, password, account] of [
      ['an owner', 'another', 'an account'],
      ['another owner', 'the right one', 'an account'],
      ['an owner', 'the right one', 'another account'],
    ] as const) {
      const key = await ownerKey(owner, password);
      expect(() => key.open(account, sealed)).toThrow(MailError);
    }
  });

  test('guessing passwords by adding accounts is counted as signing in is', async () => {
    const { person } = await signedIn(bert);
    const codes: string[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      codes.push(await codeOf(addAccount(await person(), { ...work, password: `guess ${attempt}` }, '198.51.100.9')));
    }
    expect(codes[0]).toBe('passwordRefused');
    expect(codes.at(-1)).toBe('throttled');
  });
});

import { readFileSync } from 'node:fs';
import { databases } from '../../store/testing/databases.ts';
import { describeDriver, type Ground, type Traits } from '../testing/contract.ts';
import { missingCourierPop3, startCourierPop3 } from '../testing/courier-pop3.ts';
import { startDovecot } from '../testing/dovecot.ts';
import { ownAuthservId } from '../testing/letters.ts';
import { missingMailutils, startMailutils } from '../testing/mailutils.ts';
import { type Elsewhere, manyUsers, openElsewhere } from '../testing/people.ts';
import { inboxId } from './inbox.ts';
import { openTestAccount } from './testing/account.ts';
import { rawDelete, rawListing } from './testing/raw-session.ts';

const authservIds = [ownAuthservId];

const traits: Traits = {
  mailboxes: true,
  serverKeywords: false,
  sort: true,
  newIds: true,
  roles: true,
  localMailboxes: true,
  threadsEndWithSubject: true,
  watch: false,
};

describeDriver("Dovecot's POP3", traits, async (): Promise<Ground> => {
  const users = manyUsers(80);
  const dovecot = await startDovecot({ users });
  const opened = await openDatabase();
  const ca = readFileSync(dovecot.certificatePath, 'utf8');
  const server = { port: dovecot.ports.pop3s, security: 'tls', verifiesCertificate: true, ca, authservIds } as const;
  const closing: (() => Promise<void> | void)[] = [];
  return {
    async person() {
      const login = users.shift();
      if (!login) throw new Error('no more people');
      const driver = await openTestAccount(opened.store, server, login);
      const elsewhere = await openElsewhere(dovecot, login);
      closing.push(driver.close, elsewhere.close);
      return { driver, elsewhere, inboxId };
    },
    async stop() {
      for (const close of closing) await close();
      await dovecot.stop();
      await opened.stop();
    },
  };
});

if (missingMailutils !== null) console.warn(missingMailutils);
else {
  describeDriver('GNU Mailutils', { ...traits, writesFields: true }, async (): Promise<Ground> => {
    const users = manyUsers(80);
    const server = await startMailutils(users.map(({ username, password }) => ({ user: username, password })));
    const opened = await openDatabase();
    const closing: (() => Promise<void>)[] = [];
    return {
      async person() {
        const next = users.shift();
        if (!next) throw new Error('no more people');
        const login = { username: server.usernameOf(next.username), password: next.password };
        const url = { port: server.ports.pop3, security: 'starttls', verifiesCertificate: true } as const;
        const driver = await openTestAccount(opened.store, { ...url, ca: server.certificate, authservIds }, login);
        closing.push(driver.close);
        const raw = { port: server.ports.pop3, ...login };
        const elsewhere = withoutImap(raw, async (message) => server.deliver(next.username, [message]));
        return { driver, elsewhere, inboxId };
      },
      async stop() {
        for (const close of closing) await close();
        await server.stop();
        await opened.stop();
      },
    };
  });
}

/** One database is enough here: lib/store's own tests run the maildrop on both. */
async function openDatabase() {
  const [libsql] = databases;
  if (!libsql) throw new Error('no database');
  return await libsql.open();
}

if (missingCourierPop3 !== null) console.warn(missingCourierPop3);
else {
  describeDriver("Courier's POP3", traits, async (): Promise<Ground> => {
    const users = manyUsers(80);
    const server = await startCourierPop3([...users]);
    const opened = await openDatabase();
    const closing: (() => Promise<void>)[] = [];
    return {
      async person() {
        const login = users.shift();
        if (!login) throw new Error('no more people');
        const driver = await openTestAccount(opened.store, { port: server.port, authservIds }, login);
        closing.push(driver.close);
        const raw = { port: server.port, ...login };
        const deliver = async (message: string | Buffer) => server.deliver(login.username, message);
        return { driver, elsewhere: withoutImap(raw, deliver), inboxId };
      },
      async stop() {
        for (const close of closing) await close();
        await server.stop();
        await opened.stop();
      },
    };
  });
}

/** Other hands where there is no IMAP: an independent POP3 client. */
function withoutImap(raw: Parameters<typeof rawListing>[0], deliver: Elsewhere['deliver']): Elsewhere {
  return {
    get raw(): never {
      throw new Error('there is no IMAP here');
    },
    deliver,
    expunge: (subject) => rawDelete(raw, subject),
    flagsOf: async () => null,
    count: async () => (await rawListing(raw)).uidls.length,
    close: () => undefined,
  };
}

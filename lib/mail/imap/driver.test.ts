import { readFileSync } from 'node:fs';
import { describeDriver, type Ground, type Traits } from '../testing/contract.ts';
import { type DovecotOptions, startDovecot } from '../testing/dovecot.ts';
import { ownAuthservId } from '../testing/letters.ts';
import { manyUsers, openElsewhere } from '../testing/people.ts';
import { createImapDriver } from './driver.ts';

const everything: Traits = {
  mailboxes: true,
  serverKeywords: true,
  sort: true,
  newIds: true,
  roles: true,
  watch: true,
};
const specialUse = { Trash: '\\Trash', Junk: '\\Junk', Sent: '\\Sent' };

async function overDovecot(options: Omit<DovecotOptions, 'users'>): Promise<Ground> {
  const users = manyUsers(80);
  const dovecot = await startDovecot({ users, ...options });
  const ca = readFileSync(dovecot.certificatePath, 'utf8');
  const closing: (() => Promise<void> | void)[] = [];
  return {
    async person() {
      const login = users.shift();
      if (!login) throw new Error('no more people');
      const key = { sessionId: login.username, accountId: 'a' };
      const server = {
        protocol: 'imap',
        host: '127.0.0.1',
        port: dovecot.ports.imaps,
        security: 'tls',
        verifiesCertificate: true,
        ca,
        authservIds: [ownAuthservId],
      } as const;
      const driver = createImapDriver({ key, server, login });
      const elsewhere = await openElsewhere(dovecot, login);
      closing.push(driver.close, elsewhere.close);
      const inbox = (await driver.listMailboxes({ counts: false })).find(({ role }) => role === 'inbox');
      return { driver, elsewhere, inboxId: inbox?.id ?? '' };
    },
    async stop() {
      for (const close of closing) await close();
      await dovecot.stop();
    },
  };
}

describeDriver('Dovecot', everything, () => overDovecot({ specialUse }));

describeDriver('Dovecot with an INBOX. namespace', everything, () =>
  overDovecot({ specialUse, namespace: 'inboxDot' }),
);

const poor = [
  'MOVE',
  'UIDPLUS',
  'SORT',
  'ESORT',
  'ESEARCH',
  'CONDSTORE',
  'QRESYNC',
  'SPECIAL-USE',
  'LIST-STATUS',
  'LIST-EXTENDED',
  'PREVIEW=FUZZY',
  'SNIPPET=FUZZY',
  'LITERAL+',
  'ENABLE',
  'NAMESPACE',
  'THREAD=REFERENCES',
  'THREAD=REFS',
  'THREAD=ORDEREDSUBJECT',
];
describeDriver('a poor server', { ...everything, sort: false, newIds: false }, () =>
  overDovecot({ specialUse, withoutCapabilities: poor }),
);

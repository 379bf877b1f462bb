import { expect, it } from 'vitest';
import { describeDriver, type Ground, type Traits } from '../testing/contract.ts';
import { startCourier } from '../testing/courier.ts';
import { findCourier } from '../testing/courier-house.ts';
import { ownAuthservId } from '../testing/letters.ts';
import { manyUsers, openElsewhere } from '../testing/people.ts';
import { createImapDriver } from './driver.ts';

/** An `INBOX.` namespace, no MOVE, no SPECIAL-USE, no CONDSTORE; one process a connection. */
const traits: Traits = {
  mailboxes: true,
  serverKeywords: true,
  sort: true,
  newIds: true,
  roles: false,
  watch: true,
  missesDeletion: true,
};

async function overCourier(): Promise<Ground> {
  const users = manyUsers(80);
  const courier = await startCourier([...users]);
  const closing: (() => Promise<void> | void)[] = [];
  return {
    async person() {
      const login = users.shift();
      if (!login) throw new Error('no more people');
      const server = {
        protocol: 'imap',
        host: '127.0.0.1',
        port: courier.ports.imap,
        security: 'none',
        verifiesCertificate: false,
        ca: null,
        authservIds: [ownAuthservId],
      } as const;
      const driver = createImapDriver({
        key: { sessionId: `courier ${login.username}`, accountId: 'a' },
        server,
        login,
      });
      const elsewhere = await openElsewhere(courier, login);
      closing.push(driver.close, elsewhere.close);
      const inbox = (await driver.listMailboxes({ counts: false })).find(({ role }) => role === 'inbox');
      return { driver, elsewhere, inboxId: inbox?.id ?? '' };
    },
    async stop() {
      for (const close of closing) await close();
      await courier.stop();
    },
  };
}

if (findCourier('imaplogin')) describeDriver('Courier', traits, overCourier);
else {
  it.skip('the driver over Courier: run lib/mail/testing/unpack-courier.sh first', () => {
    expect(findCourier('imaplogin')).not.toBeNull();
  });
}

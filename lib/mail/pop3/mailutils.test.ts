import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type TestStore } from '../../store/testing/databases.ts';
import type { MailDriver } from '../driver.ts';
import { type Mailutils, missingMailutils, startMailutils } from '../testing/mailutils.ts';
import { inboxId } from './inbox.ts';
import { openTestAccount } from './testing/account.ts';
import { plainMail } from './testing/mail.ts';
import { rawListing } from './testing/raw-session.ts';

const password = 'correct horse';
const everything = { mailboxId: inboxId, position: 0, limit: 200 };
if (missingMailutils !== null) console.warn(missingMailutils);

describe.skipIf(missingMailutils !== null)('GNU Mailutils', () => {
  let server: Mailutils;
  let opened: TestStore;
  beforeAll(async () => {
    server = await startMailutils(['reader', 'deleter', 'busy'].map((user) => ({ user, password })));
    const [libsql] = databases;
    if (!libsql) throw new Error('no database');
    opened = await libsql.open();
  });
  afterAll(async () => {
    await server?.stop();
    await opened?.stop();
  });

  const open = (user: string, security: 'tls' | 'starttls' = 'tls'): Promise<MailDriver> =>
    openTestAccount(
      opened.store,
      {
        port: security === 'tls' ? server.ports.pop3s : server.ports.pop3,
        security,
        verifiesCertificate: true,
        ca: server.certificate,
      },
      { username: server.usernameOf(user), password },
    );

  test('lists, reads, flags and searches, over TLS and by STLS, where APOP is announced and not there', async () => {
    server.deliver('reader', [plainMail('first', '.dot\r\nFrom me.\r\n'), plainMail('second', 'A needle.\r\n')]);
    for (const security of ['tls', 'starttls'] as const) {
      const driver = await open('reader', security);
      const { items } = await driver.listMessages(everything);
      expect(items.map((item) => item.subject)).toEqual(['second', 'first']);
      const id = items[1]?.id ?? '';
      expect((await driver.getMessage({ id })).textBody[0]?.text).toMatch(/^\.dot\n>?From me\.\n/);
      expect(await text((await driver.openRaw({ id })).stream)).toContain('\r\n\r\n.dot\r\n');
      await driver.setKeywords({ ids: [id], add: ['$seen'], remove: [] });
      const again = await driver.listMessages(everything);
      expect(again.items[1]).toMatchObject({ id, keywords: ['$seen'] });
      const query = { type: 'text', text: 'needle' } as const;
      expect(await driver.listMessageIds({ mailboxId: inboxId, query })).toEqual([items[0]?.id]);
    }
  });

  test('deletes exactly what is named, and ids outlive the numbers that move up', async () => {
    server.deliver(
      'deleter',
      ['1', '2', '3', '4'].map((subject) => plainMail(subject)),
    );
    const driver = await open('deleter');
    const { items } = await driver.listMessages(everything);
    const [four, three, two, one] = items.map((item) => item.id);
    if (!one || !two || !three || !four) throw new Error('not listed');
    const before = await rawListing({ port: server.ports.pop3, username: server.usernameOf('deleter'), password });
    expect(await driver.destroyMessages({ ids: [one, three] })).toEqual([{ id: one }, { id: three }]);
    const after = await rawListing({ port: server.ports.pop3, username: server.usernameOf('deleter'), password });
    expect(after.uidls).toEqual([before.uidls[1], before.uidls[3]]);
    expect((await driver.getMessage({ id: four })).subject).toBe('4');
    expect(await driver.destroyMessages({ ids: [two] })).toEqual([{ id: two }]);
    expect((await driver.listMessages(everything)).items.map((item) => item.subject)).toEqual(['4']);
  });

  test('a wrong password is unauthenticated', async () => {
    const driver = await openTestAccount(
      opened.store,
      { port: server.ports.pop3 },
      { username: server.usernameOf('busy'), password: 'wrong' },
    );
    await expect(driver.listMessages(everything)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

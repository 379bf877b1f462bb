import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startDovecot } from '../testing/dovecot.ts';
import { letter } from '../testing/letters.ts';
import { openElsewhere } from '../testing/people.ts';
import { plainImap } from '../testing/plain-imap.ts';
import { imapScript } from '../testing/scripted-imap.ts';
import { type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts';
import { createImapDriver } from './driver.ts';
import { closePool } from './pool.ts';

let ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  await closePool(0);
  for (const end of ending) await end();
  ending = [];
});

const over = (port: number, login: { username: string; password: string }) => {
  const server = plainImap(port);
  return createImapDriver({ key: { sessionId: `keeping ${port}`, accountId: 'a' }, server, login });
};

/** A server whose SELECT says `told`. */
async function scripted(...told: string[]) {
  const untagged = ['1 EXISTS', 'FLAGS (\\Seen Known)', ...told, 'OK [UIDVALIDITY 7] ok', 'OK [UIDNEXT 2] ok'];
  const server: ScriptedServer = await startScriptedServer(
    imapScript({
      answers: {
        SELECT: async (connection, tag) =>
          connection.write(`${untagged.map((line) => `* ${line}\r\n`).join('')}${tag} OK done\r\n`),
      },
    }),
  );
  ending.push(() => server.stop());
  const driver = over(server.port, { username: 'ann', password: 'secret' });
  const rights = async () => (await driver.listMailboxes({ counts: false }))[0]?.rights;
  const first = async () => {
    const [mailbox] = await driver.listMailboxes({ counts: false });
    const { items } = await driver.listMessages({ mailboxId: mailbox?.id ?? '', position: 0, limit: 10 });
    return items[0]?.id ?? '';
  };
  return { driver, server, rights, first };
}

const stored = ({ connections }: ScriptedServer) =>
  connections.flatMap(({ received }) => received).filter((line) => line.includes('STORE'));

describe('a mailbox that keeps only the keywords it has', () => {
  it('says so once it was opened, and a new one is unsupported, with nothing sent', async () => {
    const { driver, server, rights, first } = await scripted('OK [PERMANENTFLAGS (\\Seen Known)] limited');
    expect(await rights()).toMatchObject({ maySetKeywords: true, mayMakeKeywords: true });
    const id = await first();
    expect(await rights()).toMatchObject({ maySetKeywords: true, mayMakeKeywords: false });
    const refused = await driver.setKeywords({ ids: [id], add: ['new'], remove: [] });
    expect(refused).toMatchObject([{ id, error: { code: 'unsupported' } }]);
    expect(stored(server)).toEqual([]);
    expect(await driver.setKeywords({ ids: [id], add: ['known'], remove: [] })).toEqual([{ id }]);
    expect(stored(server)).toHaveLength(1);
  });

  it('is one that keeps all where the server says nothing, or says so', async () => {
    for (const told of [[], ['OK [PERMANENTFLAGS (\\Seen \\*)] all']]) {
      const { driver, rights, first } = await scripted(...told);
      const id = await first();
      expect(await rights()).toMatchObject({ maySetKeywords: true, mayMakeKeywords: true });
      expect(await driver.setKeywords({ ids: [id], add: ['new'], remove: [] })).toEqual([{ id }]);
    }
  });
});

describe('a mailbox that may only be read', () => {
  it('takes no keyword at all, and says so once it was opened', async () => {
    const login = { username: 'ann', password: 'secret' };
    const directory = mkdtempSync(join(tmpdir(), 'acl-'));
    chmodSync(directory, 0o755);
    writeFileSync(join(directory, 'acls'), '');
    const extraConfig = `mail_plugins = acl\nplugin {\n  acl = vfile:${directory}/acls\n}`;
    const dovecot = await startDovecot({ users: [login], extraConfig });
    ending.push(dovecot.stop, async () => rmSync(directory, { recursive: true }));
    const elsewhere = await openElsewhere(dovecot, login);
    ending.push(async () => elsewhere.close());
    await elsewhere.raw.command('CREATE Notices');
    await elsewhere.deliver(letter({ subject: 'Look' }), { mailbox: 'Notices' });
    writeFileSync(join(directory, 'acls'), 'Notices owner lr\n');
    const driver = over(dovecot.ports.imap, login);
    const notices = async () => (await driver.listMailboxes({ counts: true })).find(({ name }) => name === 'Notices');
    const mailboxId = (await notices())?.id ?? '';
    const { items } = await driver.listMessages({ mailboxId, position: 0, limit: 10 });
    expect((await notices())?.rights).toMatchObject({ maySetKeywords: false, mayMakeKeywords: false });
    const done = await driver.setKeywords({ ids: items.map(({ id }) => id), add: ['work'], remove: [] });
    expect(done).toMatchObject([{ error: { code: 'forbidden' } }]);
    expect(await elsewhere.flagsOf('Look', 'Notices')).toEqual([]);
    const inbox = (await driver.listMailboxes({ counts: true })).find(({ role }) => role === 'inbox');
    expect(inbox?.rights).toMatchObject({ maySetKeywords: true, mayMakeKeywords: true });
  });
});

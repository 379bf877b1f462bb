import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { imapMessageIdOf, mailboxIdOf } from '../ids.ts';
import { type Answer, imapScript } from '../testing/scripted-imap.ts';
import { type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts';
import { createImapDriver } from './driver.ts';
import { closePool } from './pool.ts';
import { relativeKeys } from './relative-keys.ts';

const folders = ['INBOX', 'Sent', 'Shared', 'Work', 'Play'];
const id = imapMessageIdOf({ path: 'INBOX', uidValidity: 7, uid: 1 });

describe('relatives over a server that is slow or refuses', () => {
  let server: ScriptedServer;
  let searched: string[];
  let selected = '';
  let onSearch: () => void = () => undefined;
  const answers: Record<string, Answer> = {
    async LIST(connection, tag) {
      const lines = folders.map((name) => `* LIST (${name === 'Sent' ? '\\Sent' : ''}) "/" ${name}\r\n`);
      await connection.write(`${lines.join('')}${tag} OK done\r\n`);
    },
    async LSUB(connection, tag) {
      await connection.write(`${folders.map((name) => `* LSUB () "/" ${name}\r\n`).join('')}${tag} OK done\r\n`);
    },
    async SELECT(connection, tag, line) {
      selected = line.split(' ')[1]?.replaceAll('"', '') ?? '';
      const told = '* 1 EXISTS\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 2] ok\r\n';
      await connection.write(selected === 'Shared' ? `${tag} NO not yours\r\n` : `${told}${tag} OK done\r\n`);
    },
    async 'UID SEARCH'(connection, tag, line) {
      searched.push(`${selected}: ${line}`);
      onSearch();
      await connection.write(`* SEARCH\r\n${tag} OK done\r\n`);
    },
  };
  const open = () =>
    createImapDriver({
      key: { sessionId: `relatives ${Date.now()}`, accountId: 'a' },
      server: {
        ...{ protocol: 'imap', host: '127.0.0.1', port: server.port, security: 'none' },
        ...{ verifiesCertificate: false, ca: null },
      },
      login: { username: 'ann', password: 'secret' },
      limits: { perAccount: 3 },
    });
  beforeEach(async () => {
    searched = [];
    onSearch = () => undefined;
    server = await startScriptedServer(imapScript({ answers }));
  });
  afterEach(async () => {
    vi.useRealTimers();
    await closePool(0);
    await server.stop();
  });

  it('Sent comes first, each is asked once for all ids, and one that refuses is told', async () => {
    expect(await open().findRelatives({ id })).toEqual({ items: [], notLookedAt: [mailboxIdOf('Shared')] });
    const line = 'UID SEARCH OR (HEADER "References" "<1@example.org>") (HEADER "In-Reply-To" "<1@example.org>")';
    expect(searched).toEqual(['Sent', 'Play', 'Work'].map((name) => `${name}: ${line}`));
  });

  it('what is not begun in time is told, and asked when there is more time', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onSearch = () => vi.setSystemTime(Date.now() + 3_000);
    const driver = open();
    const { notLookedAt } = await driver.findRelatives({ id });
    expect(notLookedAt).toEqual(['Play', 'Shared', 'Work'].map(mailboxIdOf));
    expect((await driver.findRelatives({ id, isPatient: true })).notLookedAt).toEqual([mailboxIdOf('Shared')]);
  });
});

describe('what is asked for', () => {
  const kin = (at: number, references: string[] = []) => ({
    ...{ messageId: `m${at}@e.example`, inReplyTo: [`p${at}@e.example`] },
    references,
  });

  it('is bounded, and what began the conversation is always among it', () => {
    const many = Array.from({ length: 200 }, (_, at) =>
      kin(at, [`root@e.example`, `${'x'.repeat(200)}${at}@e.example`]),
    );
    const told = JSON.stringify(relativeKeys(many));
    expect(told.length).toBeLessThan(20_000);
    expect(told).toContain('<root@e.example>');
    expect(told.match(/HEADER/g)?.length).toBeLessThan(75);
  });

  it('holds no id that no honest message has', () => {
    const hostile = [
      'a"b@e.example',
      'a\\b@e.example',
      'bär@e.example',
      'a b@e.example',
      `${'l'.repeat(300)}@e.example`,
    ];
    expect(relativeKeys([{ messageId: null, inReplyTo: hostile, references: hostile }])).toBeNull();
    expect(relativeKeys([{ messageId: 'a@e.example', inReplyTo: [], references: [] }])).not.toBeNull();
  });
});

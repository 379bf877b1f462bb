import { afterEach, describe, expect, it } from 'vitest';
import type { MailboxChange } from '../model.ts';
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

const capability = 'IMAP4rev1 UIDPLUS MOVE ENABLE CONDSTORE';

/** One message whose mod-sequence was 10 when it was selected. `flags` answers what is asked of flags, by line. */
async function opened(flags: (line: string) => string[] | null) {
  const row =
    'ENVELOPE (NIL "Scripted" NIL NIL NIL NIL NIL NIL NIL NIL) BODYSTRUCTURE ("text" "plain" NIL NIL NIL "7bit" 4 1) RFC822.SIZE 9';
  const told: string[] = [];
  const server: ScriptedServer = await startScriptedServer(
    imapScript({
      capability,
      answers: {
        NOOP: async (connection, tag) => connection.write(`${told.splice(0).join('')}${tag} OK done\r\n`),
        ENABLE: async (connection, tag) => connection.write(`* ENABLED CONDSTORE\r\n${tag} OK done\r\n`),
        SELECT: async (connection, tag) =>
          connection.write(
            `* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 2] ok\r\n* OK [HIGHESTMODSEQ 10] ok\r\n${tag} OK done\r\n`,
          ),
        FETCH: async (connection, tag, line) => {
          const answer = line.includes('ENVELOPE') ? [`1 FETCH (UID 1 FLAGS () ${row})`] : flags(line);
          if (answer === null) await connection.write(`${tag} BAD unknown modifier\r\n`);
          else await connection.write(`${answer.map((one) => `* ${one}\r\n`).join('')}${tag} OK done\r\n`);
        },
        'UID STORE': async (connection, tag) =>
          connection.write(`* 1 FETCH (UID 1 MODSEQ (12) FLAGS (\\Seen))\r\n${tag} OK done\r\n`),
      },
    }),
  );
  ending.push(() => server.stop());
  const key = { sessionId: `flags ${server.port}`, accountId: 'a' };
  const driver = createImapDriver({ key, server: plainImap(server.port), login: { username: 'ann', password: 'x' } });
  const [mailbox] = await driver.listMailboxes({ counts: false });
  const page = (position: number) => driver.listMessages({ mailboxId: mailbox?.id ?? '', position, limit: 10 });
  const list = async () => {
    const { items } = await page(0);
    return items.map(({ keywords }) => keywords.join(' '));
  };
  const asked = () =>
    server.connections
      .flatMap(({ received }) => received)
      .filter((line) => / FETCH .*FLAGS/.test(line) && !line.includes('ENVELOPE'))
      .map((line) => line.replace(/^\S+ /, ''));
  const watch = async () => {
    const stop = new AbortController();
    const kinds: string[] = [];
    let ended: Promise<void> = Promise.resolve();
    await new Promise<void>((onWatching) => {
      const onChange = ({ kind }: MailboxChange) => kinds.push(kind);
      ended = driver.watch({ mailboxId: null, onChange, onWatching }, { signal: stop.signal });
    });
    const end = async () => {
      stop.abort();
      await ended;
    };
    return { kinds, end };
  };
  /** The server tells it unasked, to a request that asks for nothing of a row. */
  const hears = async (line: string) => {
    told.push(`* ${line}\r\n`);
    await page(10);
  };
  return { driver, list, asked, watch, hears };
}

const all = 'FETCH 1:1 (UID FLAGS)';

describe('the flags of a list that was read before', () => {
  it('are asked for where they have changed since, by the mod-sequence that was known before they were read', async () => {
    const later = ['1 FETCH (UID 1 MODSEQ (11) FLAGS (\\Flagged))'];
    const answers = [['1 FETCH (UID 1 FLAGS (\\Seen))'], [], later, [], []];
    const { list, asked } = await opened(() => answers.shift() ?? []);
    for (const expected of ['', '$seen', '$seen', '$flagged', '$flagged', '$flagged'])
      expect(await list()).toEqual([expected]);
    expect(asked()).toEqual([
      all,
      `${all} (CHANGEDSINCE 10)`,
      `${all} (CHANGEDSINCE 10)`,
      `${all} (CHANGEDSINCE 10)`,
      `${all} (CHANGEDSINCE 11)`,
    ]);
  });

  it('are those of our own change, which the server need not tell again', async () => {
    const { driver, list } = await opened((line) =>
      line.includes('CHANGEDSINCE') ? [] : ['1 FETCH (UID 1 FLAGS ())'],
    );
    await list();
    expect(await list()).toEqual(['']);
    const [mailbox] = await driver.listMailboxes({ counts: false });
    const { items } = await driver.listMessages({ mailboxId: mailbox?.id ?? '', position: 0, limit: 10 });
    await driver.setKeywords({ ids: items.map(({ id }) => id), add: ['$seen'], remove: [] });
    expect(await list()).toEqual(['$seen']);
  });

  it('are told to who watches where the list is what hears of them, once', async () => {
    const change = ['1 FETCH (UID 1 MODSEQ (11) FLAGS (\\Flagged))'];
    const answers = [['1 FETCH (UID 1 FLAGS ())'], [], change, change];
    const { list, watch } = await opened(() => answers.shift() ?? []);
    const { kinds, end } = await watch();
    for (const _ of [1, 2, 3]) expect(await list()).toEqual(['']);
    expect(kinds).toEqual([]);
    expect(await list()).toEqual(['$flagged']);
    await expect.poll(() => kinds).toEqual(['updated']);
    for (const _ of [1, 2]) expect(await list()).toEqual(['$flagged']);
    expect(kinds).toEqual(['updated']);
    await end();
  });

  it('are told to who watches once, where the server tells of them unasked as well', async () => {
    const later = '1 FETCH (UID 1 MODSEQ (11) FLAGS (\\Flagged))';
    const answers = [['1 FETCH (UID 1 FLAGS ())'], [], [later], []];
    const { list, watch, hears } = await opened(() => answers.shift() ?? []);
    const { kinds, end } = await watch();
    for (const _ of [1, 2, 3]) expect(await list()).toEqual(['']);
    await hears('1 FETCH (MODSEQ (11) FLAGS (\\Flagged))');
    await expect.poll(() => kinds).toEqual(['updated']);
    for (const _ of [1, 2]) expect(await list()).toEqual(['$flagged']);
    expect(answers).toEqual([]);
    await hears('2 EXISTS');
    await expect.poll(() => kinds).toEqual(['updated', 'created']);
    await end();
  });

  it('are asked for as a whole of a server that knows mod-sequences and refuses to compare them', async () => {
    const { list, asked } = await opened((line) =>
      line.includes('CHANGEDSINCE') ? null : ['1 FETCH (UID 1 FLAGS (\\Seen))'],
    );
    for (const expected of ['', '$seen', '$seen', '$seen']) expect(await list()).toEqual([expected]);
    expect(asked()).toEqual([all, `${all} (CHANGEDSINCE 10)`, all, all]);
  });
});

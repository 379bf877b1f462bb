import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { pop3MessageIdOf } from '../ids.ts';
import type { Retention } from '../model.ts';
import { startScriptedServer } from '../testing/scripted-server.ts';
import type { Pop3Limits } from './limits.ts';
import { type CollectorTask, openCollector } from './testing/collector.ts';
import { plainMail } from './testing/mail.ts';
import { playMaildrop, type ScriptedMaildrop } from './testing/scripted-maildrop.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** More than is kept as a row. */
const large = `${'x'.repeat(70)}\r\n`.repeat(2_000);
const mail = (uidl: string, body = 'Hello.\r\n') => ({ uidl, bytes: plainMail(uidl, body) });

/** A scripted server, and the driver over a store of its own. */
async function serve(
  maildrop: ScriptedMaildrop,
  retention: Retention = { rule: 'leave' },
  dataDir = mkdtempSync(join(tmpdir(), 'posthorn-collect-')),
  limits: Partial<Pop3Limits> = {},
) {
  const server = await startScriptedServer(playMaildrop(maildrop));
  const task: CollectorTask = { dataDir, port: server.port, username: 'ann', password: 'x', retention, limits };
  const opened = await openCollector(task);
  stops.push(async () => {
    await opened.driver.close();
    await opened.store.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const told = opened.driver.maildrop;
  if (!told) throw new Error('no maildrop');
  const sent = (verb: string) =>
    server.connections.flatMap(({ received }) => received.filter((line) => line.split(' ')[0] === verb));
  const bytesOf = async (uidl: string) => {
    const copy = (await opened.collection.copiesOf('ann', [uidl])).get(uidl);
    return copy?.content ? await buffer(opened.contents.open('ann', copy.content)) : null;
  };
  return { ...opened, told, sent, bytesOf, maildrop, dataDir, idOf: pop3MessageIdOf };
}

test('everything is kept, newest first, byte for byte, and taken once', async () => {
  const odd = Buffer.from(`${plainMail('odd')}.dot\r\n\0NUL\0\r\n\xff8-bit\r\n`, 'latin1');
  const { told, sent, bytesOf, maildrop } = await serve({
    messages: [{ uidl: 'odd', bytes: odd }, mail('b'), mail('c')],
  });
  await Promise.all([told.collect(), told.collect()]);
  await told.collect();
  expect(sent('RETR')).toEqual(['RETR 3', 'RETR 2', 'RETR 1']);
  expect((await bytesOf('odd'))?.equals(odd)).toBe(true);
  expect(maildrop.messages).toHaveLength(3);
  expect(await told.report()).toMatchObject({
    onServer: { messages: 3 },
    here: { messages: 3 },
    onlyHere: 0,
    server: { signedInBy: expect.any(String) },
    collection: { isRunning: false, problem: null },
  });
});

test('a message that the server refuses is skipped, and asked for again the next time', async () => {
  let isRefused = true;
  const { told, driver, bytesOf, idOf } = await serve({
    messages: [mail('a'), mail('b'), mail('c')],
    on: {
      RETR: async (client, number) => {
        if (number !== '2' || !isRefused) return false;
        await client.write('-ERR [SYS/PERM] cannot read it\r\n');
        return true;
      },
    },
  });
  await driver.listMessages({ mailboxId: 'mSU5CT1g', position: 0, limit: 10 });
  await told.collect();
  expect([await bytesOf('b'), (await told.report()).here.messages]).toEqual([null, 2]);
  expect(await told.report()).toMatchObject({
    onlyThere: 1,
    refused: { total: 1, items: [{ id: idOf('b'), subject: 'b', words: 'cannot read it' }] },
  });
  isRefused = false;
  await told.collect();
  expect((await bytesOf('b'))?.toString()).toBe(plainMail('b'));
  expect(await told.report()).toMatchObject({ onlyThere: 0, refused: { total: 0, items: [] } });
});

test('a message larger than what is taken stays on the server, is asked for once, and holds up nothing older', async () => {
  const messages = [mail('old'), mail('huge', 'x'.repeat(1_998).concat('\r\n').repeat(2_000)), mail('new')];
  const { told, driver, sent, idOf, maildrop } = await serve({ messages }, { rule: 'collect' }, undefined, {
    messageBytes: 2_000_000,
  });
  const { items } = await driver.listMessages({ mailboxId: 'mSU5CT1g', position: 0, limit: 10 });
  expect(items).toHaveLength(3);
  await told.collect();
  await told.collect();
  expect(maildrop.messages.map(({ uidl }) => uidl)).toEqual(['huge']);
  expect(sent('RETR')).toEqual(['RETR 3', 'RETR 2', 'RETR 1']);
  expect(await told.report()).toMatchObject({
    here: { messages: 2 },
    refused: { total: 1, items: [{ id: idOf('huge'), subject: 'huge', words: '', isTooLarge: true }] },
    collection: { problem: null },
  });
  // Nor does a rule promise to remove it, or a search end at it.
  expect(await told.previewRetention({ rule: 'collect' })).toEqual({ removeNow: 0, deletedHere: 0, removeLater: 0 });
  const events = [];
  for await (const event of driver.search({ query: { type: 'text', text: 'hello' } })) events.push(event.type);
  expect(events.at(-1)).toBe('done');
});

test('sizes beyond all numbers are told as numbers', async () => {
  const messages = Array.from({ length: 12 }, (_, index) => mail(`m${index}`));
  const { told } = await serve({
    messages,
    on: {
      LIST: async (client) => {
        await client.write(`+OK\r\n${messages.map((_, index) => `${index + 1} ${'9'.repeat(21)}\r\n`).join('')}.\r\n`);
        return true;
      },
    },
  });
  await told.collect();
  const { onServer, here } = await told.report();
  expect([onServer.messages, here.messages]).toEqual([12, 12]);
  expect([onServer, here].every(({ sizeBytes }) => Number.isSafeInteger(sizeBytes))).toBe(true);
});

test('a server that dies in the middle of a message: what came before is kept, and not taken again', async () => {
  let isDying = true;
  const { told, sent, bytesOf, maildrop } = await serve(
    {
      messages: [mail('a'), mail('b'), mail('c')],
      on: {
        RETR: async (client, number) => {
          if (number !== '1' || !isDying) return false;
          await client.write('+OK\r\nFrom: half');
          client.reset();
          return true;
        },
      },
    },
    { rule: 'collect' },
  );
  await expect(told.collect()).rejects.toMatchObject({ code: 'unreachable' });
  expect((await told.report()).collection.problem).toBe('unreachable');
  expect([sent('DELE'), maildrop.messages.length, await bytesOf('a')]).toEqual([[], 3, null]);
  isDying = false;
  await told.collect();
  expect(sent('RETR')).toEqual(['RETR 3', 'RETR 2', 'RETR 1', 'RETR 1']);
  expect(maildrop.messages).toEqual([]);
  expect((await told.report()).onlyHere).toBe(3);
});

test('sizes that lie keep nobody from collecting, and from removing what is kept', async () => {
  const { told, bytesOf, maildrop } = await serve(
    {
      messages: [mail('a'), mail('b')],
      on: {
        LIST: async (client) => {
          await client.write('+OK\r\n1 999999999\r\n2 1\r\n.\r\n');
          return true;
        },
      },
    },
    { rule: 'collect' },
  );
  await told.collect();
  expect((await bytesOf('a'))?.toString()).toBe(plainMail('a'));
  expect(maildrop.messages).toEqual([]);
});

test('a header that is not quite the one that is kept: the message is not removed', async () => {
  const { told, sent, maildrop } = await serve({ messages: [mail('a')] });
  await told.collect();
  maildrop.messages = [{ uidl: 'a', bytes: plainMail('a', 'Hello.\r\n', ['X-Copy: 2']) }];
  await told.setRetention({ rule: 'collect' });
  await told.collect();
  expect(sent('DELE')).toEqual([]);
  expect(maildrop.messages).toHaveLength(1);
});

test('what is damaged here, as a row or as a file, is not removed there', async () => {
  const messages = [mail('a'), mail('b', large), mail('c'), mail('d', large)];
  const { told, sent, dataDir, maildrop, store } = await serve({ messages });
  await told.collect();
  const folder = join(dataDir, 'messages');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const rows = await store.db.selectFrom('maildrop_small_content').select('hash').execute();
  expect([files.length, rows.length]).toEqual([2, 2]);
  truncateSync(join(files[0]?.parentPath ?? '', files[0]?.name ?? ''), 10);
  const damaged = store.db.updateTable('maildrop_small_content').set({ bytes: Buffer.from('other bytes') });
  await damaged.where('hash', '=', rows[0]?.hash ?? '').execute();
  await told.setRetention({ rule: 'collect' });
  await told.collect();
  expect(sent('DELE')).toHaveLength(2);
  expect(maildrop.messages).toHaveLength(2);
});

test('under "leave", a delete here leaves the server alone, and the message does not come back', async () => {
  const { told, sent, driver, idOf, maildrop } = await serve({ messages: [mail('a'), mail('b')] });
  await told.collect();
  expect(await driver.destroyMessages({ ids: [idOf('a')] })).toEqual([{ id: idOf('a') }]);
  await told.collect();
  expect([sent('DELE'), maildrop.messages.length]).toEqual([[], 2]);
  const { items } = await driver.listMessages({ mailboxId: 'mSU5CT1g', position: 0, limit: 10 });
  expect(items.map(({ subject }) => subject)).toEqual(['b']);
  expect(await driver.maildrop?.restoreMessages({ ids: [idOf('a'), 'forged'] })).toMatchObject([
    { id: idOf('a') },
    { error: { code: 'notFound' } },
  ]);
});

test('what is wished back between DELE and QUIT stays on the server', async () => {
  let restore = async () => {};
  const { told, driver, idOf, maildrop } = await serve(
    {
      messages: [mail('a'), mail('b')],
      on: {
        DELE: async () => {
          await restore();
          return false;
        },
      },
    },
    { rule: 'removeWhenDeleted' },
  );
  await told.collect();
  restore = async () => void (await told.restoreMessages({ ids: [idOf('a')] }));
  await driver.destroyMessages({ ids: [idOf('a')] });
  expect(maildrop.messages).toHaveLength(2);
  expect((await told.report()).awaitingRemoval).toBe(0);
  restore = async () => {};
  await told.collect();
  expect(maildrop.messages).toHaveLength(2);
});

test('a server that takes DELE and refuses QUIT: nothing is assumed, and the next collection removes', async () => {
  let refuses = true;
  const { told, maildrop } = await serve(
    {
      messages: [mail('a'), mail('b')],
      on: {
        QUIT: async (client) => {
          if (!refuses) return false;
          await client.write('-ERR some messages not removed\r\n');
          client.close();
          return true;
        },
      },
    },
    { rule: 'collect' },
  );
  await expect(told.collect()).rejects.toMatchObject({ code: 'protocol' });
  const before = { onServer: { messages: 2 }, here: { messages: 2 }, onlyHere: 0, awaitingRemoval: 2 };
  expect(await told.report()).toMatchObject(before);
  refuses = false;
  await told.collect();
  expect(maildrop.messages).toEqual([]);
  const after = { onServer: { messages: 0 }, here: { messages: 2 }, onlyHere: 2, awaitingRemoval: 0 };
  expect(await told.report()).toMatchObject(after);
});

test.each([
  ['had removed what it was told to', true],
  ['had removed nothing', false],
])(
  'a server that closes after QUIT without an answer, and %s: told as pending, and true after the next collection',
  async (_, removes) => {
    let isCut = true;
    const messages = [mail('a'), mail('b')];
    const { told, maildrop, bytesOf } = await serve(
      {
        messages,
        on: {
          QUIT: async (client) => {
            if (!isCut) return false;
            if (removes) messages.length = 0;
            client.close();
            return true;
          },
        },
      },
      { rule: 'collect' },
    );
    await expect(told.collect()).rejects.toMatchObject({ code: 'unreachable' });
    // Nobody knows yet what the server made of it.
    expect(await told.report()).toMatchObject({ here: { messages: 2 }, awaitingRemoval: 2 });
    isCut = false;
    await told.collect();
    expect(maildrop.messages).toEqual([]);
    const after = { onServer: { messages: 0 }, here: { messages: 2 }, onlyHere: 2, awaitingRemoval: 0 };
    expect(await told.report()).toMatchObject(after);
    for (const uidl of ['a', 'b']) expect((await bytesOf(uidl))?.toString()).toContain('Hello.');
  },
);

test('a collection makes room for a request, goes on after it, and can be stopped', async () => {
  const messages = Array.from({ length: 60 }, (_, index) => mail(`m${index}`));
  const slowly = async () => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    return false;
  };
  const { told, driver, maildrop } = await serve({ messages, on: { RETR: slowly } });
  const collected = told.collect();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const page = await driver.listMessages({ mailboxId: 'mSU5CT1g', position: 0, limit: 10 });
  expect(page.total).toBe(60);
  expect((await told.report()).collection).toMatchObject({ isRunning: true });
  expect((await told.report()).here.messages).toBeLessThan(60);
  await collected;
  expect((await told.report()).here.messages).toBe(60);
  maildrop.messages.push(...Array.from({ length: 40 }, (_, index) => mail(`n${index}`)));
  const stopped = told.collect();
  await new Promise((resolve) => setTimeout(resolve, 100));
  told.stopCollection();
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  expect((await told.report()).collection).toMatchObject({ isRunning: false, problem: null });
});

test('a message of 100 MB is kept in little memory', async () => {
  const line = Buffer.from(`${'x'.repeat(998)}\r\n`);
  const { told } = await serve({
    messages: [mail('large')],
    on: {
      RETR: async (client) => {
        await client.write(`+OK\r\n${plainMail('large', '')}`);
        const run = Buffer.concat(Array.from({ length: 1_000 }, () => line));
        for (let count = 0; count < 100; count += 1) await client.write(run);
        await client.write('.\r\n');
        return true;
      },
    },
  });
  let peak = 0;
  const before = process.memoryUsage().arrayBuffers;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
  }, 5);
  await told.collect();
  clearInterval(watch);
  expect((await told.report()).here).toEqual({ messages: 1, sizeBytes: expect.any(Number) });
  expect(peak).toBeGreaterThan(0);
  // The scripted server's own writes are in this process too.
  expect(peak).toBeLessThan(96 * 1024 * 1024);
}, 30_000);

test('where nothing can be written the collection ends, however large the messages, and goes on once it can', async () => {
  const messages = ['a', 'b', 'c'].map((uidl) => mail(uidl, `${'x'.repeat(70)}\r\n`.repeat(20_000)));
  const { told, sent, dataDir, maildrop } = await serve({ messages }, { rule: 'collect' });
  const folder = join(dataDir, 'messages');
  writeFileSync(folder, 'a file stands where the folder should be');
  await expect(told.collect()).rejects.toThrow('ENOTDIR');
  expect([sent('DELE'), maildrop.messages.length]).toEqual([[], 3]);
  rmSync(folder);
  await told.collect();
  expect([sent('DELE').length, (await told.report()).here.messages]).toEqual([3, 3]);
});

// A small disk of its own takes root.
test.runIf(process.getuid?.() === 0)(
  'a full disk under the database ends it too, and with room it goes on',
  async () => {
    const disk = mkdtempSync(join(tmpdir(), 'posthorn-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1536k', 'tmpfs', disk]);
    const messages = Array.from({ length: 40 }, (_, at) => mail(`m${at}`, `${at} ${'x'.repeat(70)}\r\n`.repeat(600)));
    const dataDir = join(disk, 'data');
    mkdirSync(dataDir);
    const { told, sent, maildrop } = await serve({ messages }, { rule: 'collect' }, dataDir);
    // Lazily: the database lets go of its files a little after it was closed.
    stops.push(async () => void execFileSync('umount', ['--lazy', disk]));
    await expect(told.collect()).rejects.toMatchObject({ code: 'storageFull' });
    expect([sent('DELE'), maildrop.messages.length]).toEqual([[], 40]);
    execFileSync('mount', ['-o', 'remount,size=32m', disk]);
    await told.collect();
    expect([sent('DELE').length, (await told.report()).here.messages, maildrop.messages.length]).toEqual([40, 40, 0]);
  },
);

test.runIf(process.getuid?.() === 0)('a full disk ends the collection as such, and nothing is removed', async () => {
  const messages = ['a', 'b', 'c', 'd', 'e'].map((uidl) => mail(uidl, `${'x'.repeat(70)}\r\n`.repeat(6_000)));
  const { told, sent, dataDir, maildrop } = await serve({ messages }, { rule: 'collect' });
  const folder = join(dataDir, 'messages');
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  try {
    await expect(told.collect()).rejects.toMatchObject({ code: 'storageFull' });
    expect((await told.report()).collection.problem).toBe('storageFull');
    expect([sent('DELE'), maildrop.messages.length]).toEqual([[], 5]);
  } finally {
    execFileSync('umount', [folder]);
  }
});

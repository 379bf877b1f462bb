import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { pop3MessageIdOf } from '../ids.ts';
import type { Retention } from '../model.ts';
import { startScriptedServer } from '../testing/scripted-server.ts';
import { inboxId } from './inbox.ts';
import { type CollectorTask, openCollector } from './testing/collector.ts';
import { plainMail } from './testing/mail.ts';
import { playMaildrop, type ScriptedMaildrop } from './testing/scripted-maildrop.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const stop of stops.splice(0).reverse()) await stop();
});

const everything = { mailboxId: inboxId, position: 0, limit: 50 };
const mail = (uidl: string, body = 'Hello.\r\n') => ({ uidl, bytes: plainMail(uidl, body) });

/** A scripted server, and one person's driver over a store of its own; `again` opens another of the same account. */
async function serve(maildrop: ScriptedMaildrop, retention: Retention = { rule: 'leave' }, username = 'ann') {
  const dataDir = mkdtempSync(join(tmpdir(), 'posthorn-faults-'));
  const server = await startScriptedServer(playMaildrop(maildrop));
  stops.push(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const task: CollectorTask = { dataDir, port: server.port, username, password: 'x', retention };
  const again = async () => {
    const opened = await openCollector(task);
    stops.push(async () => {
      await opened.driver.close();
      await opened.store.close();
    });
    const told = opened.driver.maildrop;
    if (!told) throw new Error('no maildrop');
    return { ...opened, told };
  };
  const sent = (verb: string) =>
    server.connections.flatMap(({ received }) => received.filter((line) => line.split(' ')[0] === verb));
  return { ...(await again()), again, sent, maildrop };
}

test('a database that fails while mail is collected: nothing leaves the server, and it goes on once it works', async () => {
  let breaks = async () => {};
  const { told, store, maildrop, sent } = await serve(
    {
      messages: [mail('a'), mail('b')],
      on: {
        RETR: async () => {
          await breaks();
          return false;
        },
      },
    },
    { rule: 'collect' },
  );
  const other = await serve({ messages: [mail('c')] }, { rule: 'leave' }, 'bob');
  let isBroken = false;
  breaks = async () => {
    if (!isBroken) await store.db.schema.alterTable('maildrop_message').renameTo('away').execute();
    isBroken = true;
  };
  await expect(told.collect()).rejects.toThrow();
  await other.told.collect();
  expect((await other.told.report()).here.messages).toBe(1);
  expect([sent('DELE'), maildrop.messages.length]).toEqual([[], 2]);
  await store.db.schema.alterTable('away').renameTo('maildrop_message').execute();
  expect((await told.report()).collection.problem).toBe('internal');
  await told.collect();
  expect([sent('DELE').length, (await told.report()).here.messages, maildrop.messages.length]).toEqual([2, 2, 0]);
});

test('two sign-ins to one account: they share flags and one collection, which outlives the one that began it', async () => {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let isHeld = false;
  const { driver, told, again, sent } = await serve({
    messages: [mail('a'), mail('b'), mail('c')],
    on: {
      RETR: async () => {
        if (!isHeld) {
          isHeld = true;
          await held;
        }
        return false;
      },
    },
  });
  const second = await again();
  const first = told.collect().catch((error: unknown) => error);
  await expect.poll(() => isHeld).toBe(true);
  const joined = second.told.collect();
  await driver.close();
  letGo();
  expect(await first).toMatchObject({ code: 'cancelled' });
  await joined;
  expect((await second.told.report()).here.messages).toBe(3);
  expect(new Set(sent('RETR')).size).toBe(3);
  const third = await again();
  const id = pop3MessageIdOf('a');
  await third.driver.setKeywords({ ids: [id], add: ['$flagged'], remove: [] });
  const rows = (await second.driver.listMessages(everything)).items;
  expect(rows.find((row) => row.id === id)?.keywords).toEqual(['$flagged']);
});

test('a password that was changed meanwhile is told as such; what is kept is read all the same', async () => {
  let isChanged = false;
  const { driver, told } = await serve({
    messages: [mail('a')],
    on: {
      PASS: async (client) => {
        if (isChanged) await client.write('-ERR [AUTH] password has changed\r\n');
        return isChanged;
      },
    },
  });
  await told.collect();
  isChanged = true;
  const refused = { code: 'unauthenticated', serverText: 'password has changed' };
  await expect(driver.listMessages(everything)).rejects.toMatchObject(refused);
  await expect(told.collect()).rejects.toMatchObject(refused);
  expect((await told.report()).collection.problem).toBe('unauthenticated');
  expect((await driver.getMessage({ id: pop3MessageIdOf('a') })).subject).toBe('a');
  isChanged = false;
  await told.collect();
  expect((await told.report()).collection.problem).toBeNull();
});

test('a clock that is moved back or ahead removes nothing that is not kept, and loses nothing', async () => {
  const { told, again, maildrop, sent } = await serve(
    { messages: [mail('a'), mail('b')] },
    { rule: 'removeAfterDays', days: 30 },
  );
  await told.collect();
  const inYears = async (years: number) => {
    const now = new Date().setFullYear(new Date().getFullYear() + years);
    vi.useFakeTimers({ toFake: ['Date'], now });
    return await again();
  };
  const back = await inYears(-20);
  maildrop.messages.push(mail('c'));
  await back.told.collect();
  expect([sent('DELE'), (await back.driver.listMessages(everything)).total]).toEqual([[], 3]);
  vi.useRealTimers();
  const ahead = await inYears(1);
  maildrop.messages.push(mail('d'));
  await ahead.told.collect();
  // By that clock a, b and c are past their days; d has just come.
  expect(maildrop.messages.map(({ uidl }) => uidl)).toEqual(['d']);
  vi.useRealTimers();
  await told.collect();
  expect((await told.report()).here.messages).toBe(4);
  const { items } = await (await again()).driver.listMessages(everything);
  expect(items.map(({ subject }) => subject).sort()).toEqual(['a', 'b', 'c', 'd']);
});

test('a maildrop of 50,000: a page is asked for by its rows, and deleting one names that one', async () => {
  const messages = Array.from({ length: 50_000 }, (_, index) => mail(`u${index}`));
  const { driver, maildrop, sent, told } = await serve({ messages, capabilities: ['TOP', 'UIDL', 'PIPELINING'] });
  const page = await driver.listMessages({ ...everything, position: 25_000 });
  expect([page.total, page.items[0]?.subject]).toEqual([50_000, 'u24999']);
  const [newest] = await driver.listMessageIds({ mailboxId: inboxId });
  expect(newest).toBe(pop3MessageIdOf('u49999'));
  await told.setRetention({ rule: 'removeWhenDeleted' });
  expect(await driver.destroyMessages({ ids: [newest ?? ''] })).toEqual([{ id: newest }]);
  expect([sent('DELE'), maildrop.messages.length]).toEqual([['DELE 50000'], 49_999]);
}, 120_000);

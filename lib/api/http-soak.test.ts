import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { metricsToken, password, useProduct } from './testing/office.ts';
import type { Person } from './testing/person.ts';

const office = useProduct();
const login = { username: 'ada@example.org', password };
/** Enough to see a file or socket that stays open after each; SOAK_ROUNDS=400 looks longer, and at the memory too. */
const rounds = Number(process.env.SOAK_ROUNDS ?? 20);

/** Files and sockets that the process has open. */
const openFiles = () => readdirSync(`/proc/${office.product.pid}/fd`).length;

async function heapMB(): Promise<number> {
  const headers = { authorization: `Bearer ${metricsToken}` };
  const text = await (await fetch(`${office.product.url}/metrics`, { headers })).text();
  return Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(text)?.[1]) / 1e6;
}

async function listen(person: Person, signal: AbortSignal): Promise<void> {
  const response = await person.open('getEvents', { query: { accountId: office.accountId }, signal });
  await response.body?.getReader().read();
}

/** What a person does in an hour, much of it torn off: tabs that are shut, a search that nobody waits for, connections that die. */
async function live(round: number): Promise<void> {
  const person = office.person();
  expect(await person.signIn(login)).toBeNull();
  const leaving = new AbortController();
  const params = office.at({ mailboxId: office.boxId('inbox') });
  await Promise.all([1, 2, 3].map(() => listen(person, leaving.signal)));
  const { json } = await person.call('listMessages', { params });
  const torn = new AbortController();
  const left = person.call('search', { params: office.at(), query: { q: 'herring' }, signal: torn.signal });
  torn.abort();
  await expect(left).rejects.toThrow();
  await person.call('getMessage', { params: office.at({ messageId: json.items[round % json.items.length].id }) });
  if (round % 10 === 9) office.mail.killSessions(login.username);
  leaving.abort();
  await person.signOut();
}

test(
  'after sign-ins, streams and lost connections the process holds what it held before',
  async () => {
    const heaps: number[] = [];
    const work = async (count: number) => {
      for (let round = 0; round < count; round += 1) {
        await live(round);
        heaps.push(await heapMB());
      }
    };
    await work(10);
    await office.mail.restart();
    const before = openFiles();
    const open = new AbortController();
    await Promise.all([1, 2, 3].map(() => listen(office.ada, open.signal)));
    expect(openFiles(), 'the count sees what is open').toBeGreaterThanOrEqual(before + 3);
    open.abort();
    await work(rounds);
    await expect.poll(openFiles, { timeout: 10_000 }).toBeLessThan(before + 10);
    if (rounds < 400) return;
    // Garbage comes and goes; what is kept shows in the least of many.
    const least = (values: number[]) => Math.min(...values);
    console.log(`files ${before}, ${openFiles()}; heap ${least(heaps.slice(0, 100))}, ${least(heaps.slice(-100))} MB`);
    expect(least(heaps.slice(-100))).toBeLessThan(least(heaps.slice(0, 100)) + 10);
  },
  60_000 + 1_500 * rounds,
);

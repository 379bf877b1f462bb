import { describe, expect, test } from 'vitest';
import { createTurns } from './turns.ts';

const stays = new AbortController().signal;

/** Work that ends when it is told to. */
function work(log: string[], name: string) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    end: () => end(),
    run: async () => {
      log.push(name);
      await ended;
      return name;
    },
  };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  test('are so many a person and so many in all, in the order of asking, and nobody waits for another person’s', async () => {
    const turns = createTurns({ perPerson: 2, inAll: 3, waiting: 10 });
    const log: string[] = [];
    const [a1, a2, a3, b1, b2] = ['a1', 'a2', 'a3', 'b1', 'b2'].map((name) => work(log, name));
    const all = [a1, a2, a3, b1, b2].map((one, at) =>
      turns.take(at < 3 ? 'ann' : 'bert', stays, () => one?.run() ?? Promise.reject()),
    );
    await settled();
    expect(log).toEqual(['a1', 'a2', 'b1']);
    b1?.end();
    await settled();
    expect(log).toEqual(['a1', 'a2', 'b1', 'b2']);
    a2?.end();
    await settled();
    expect(log).toEqual(['a1', 'a2', 'b1', 'b2', 'a3']);
    for (const one of [a1, a3, b2]) one?.end();
    expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3', 'b1', 'b2']);
  });

  test('go on after work that failed, and pass by who has left', async () => {
    const turns = createTurns({ perPerson: 1, inAll: 1, waiting: 10 });
    const log: string[] = [];
    const first = work(log, 'first');
    const leaving = new AbortController();
    const failing = turns.take('ann', stays, async () => {
      await first.run();
      throw new Error('failed');
    });
    const left = turns.take('ann', leaving.signal, async () => log.push('left'));
    const last = turns.take('ann', stays, async () => 'last');
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    first.end();
    await expect(failing).rejects.toThrow('failed');
    expect([await last, log]).toEqual(['last', ['first']]);
    await expect(turns.take('ann', leaving.signal, async () => 'late')).rejects.toThrow('gone');
  });

  test('are refused where too many of a person wait already, and of nobody else', async () => {
    const turns = createTurns({ perPerson: 1, inAll: 1, waiting: 1 });
    const log: string[] = [];
    const first = work(log, 'first');
    const running = turns.take('ann', stays, first.run);
    const waiting = turns.take('ann', stays, async () => 'second');
    await expect(turns.take('ann', stays, async () => 'third')).rejects.toMatchObject({ code: 'throttled' });
    const other = turns.take('bert', stays, async () => 'his');
    first.end();
    expect([await running, await waiting, await other]).toEqual(['first', 'second', 'his']);
    expect(await turns.take('ann', stays, async () => 'third')).toBe('third');
  });
});

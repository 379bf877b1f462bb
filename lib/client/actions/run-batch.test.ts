import { describe, expect, it } from 'vitest';
import { createPendingChanges } from '../list/pending.ts';
import type { ActionEnvironment, ActionReport } from './environment.ts';
import { chunkSize, runBatch } from './run-batch.ts';
import { takeTurn } from './take-turn.ts';

function ground() {
  const reports: ActionReport[] = [];
  const env = {
    accountId: 'a',
    pending: createPendingChanges(),
    lists: { all: () => [] },
    report: (report: ActionReport) => reports.push(report),
  } as unknown as ActionEnvironment;
  return { env, reports };
}

const idsOf = (count: number) => Array.from({ length: count }, (_, at) => `m${at}`);
const removal = (ids: readonly string[]) => ({ kind: 'remove', ids: new Set(ids) }) as const;

describe('long work', () => {
  it('stopped, tells exactly what was done and what was not', async () => {
    const { env, reports } = ground();
    const ids = idsOf(3 * chunkSize);
    const sent: number[] = [];
    const committed = new Set<string>();
    const { done, left } = await runBatch(env, ids, {
      change: removal(ids),
      async send(chunk) {
        sent.push(chunk.length);
        // Pressed while the first request is under way.
        if (sent.length === 1) for (const report of reports) if (report.type === 'progress') report.cancel();
        return { results: chunk.map((id) => ({ id })) };
      },
      commit: (ids) => ids.forEach((id) => void committed.add(id)),
    });
    expect(sent).toEqual([chunkSize]);
    expect([done.size, left, committed.size]).toEqual([chunkSize, 2 * chunkSize, chunkSize]);
    expect(reports.at(-1)).toMatchObject({ type: 'refused', count: 2 * chunkSize, total: ids.length });
    expect(env.pending.get()).toEqual([]);
  });

  it('not stopped, does it all and says nothing of a refusal', async () => {
    const { env, reports } = ground();
    const ids = idsOf(2 * chunkSize);
    const { left } = await runBatch(env, ids, {
      change: removal(ids),
      send: async (chunk) => ({ results: chunk.map((id) => ({ id })) }),
      commit: () => undefined,
    });
    expect(left).toBe(0);
    expect(reports.map(({ type }) => type)).not.toContain('refused');
  });
});

describe('writes about the same message', () => {
  it('go one after the other, those about others at once', async () => {
    const pending = createPendingChanges();
    const order: string[] = [];
    const endFirst = await takeTurn(pending, ['a', 'b']);
    const second = takeTurn(pending, ['b', 'c']).then((end) => {
      order.push('second');
      end();
    });
    (await takeTurn(pending, ['d']))();
    order.push('other');
    order.push('first ends');
    endFirst();
    await second;
    expect(order).toEqual(['other', 'first ends', 'second']);
    (await takeTurn(pending, ['a', 'b', 'c']))();
  });
});

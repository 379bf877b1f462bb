import { monitorEventLoopDelay } from 'node:perf_hooks';

/** One row of the table: medians in ms of ours and of the bare exchange, taken in turn in one run. */
export interface Row {
  what: string;
  bareMs: number;
  oursMs: number;
  p95Ms: number;
  ratio: number;
  runs: number;
  budget: string;
  isMet: boolean;
}

export interface Budget {
  text: string;
  isMet: (row: { oursMs: number; bareMs: number }) => boolean;
}

export const atMostTimes = (factor: number): Budget => ({
  text: `≤ ${factor} × bare`,
  isMet: ({ oursMs, bareMs }) => oursMs <= factor * bareMs,
});
export const atMostMs = (ms: number): Budget => ({ text: `≤ ${ms} ms`, isMet: ({ oursMs }) => oursMs <= ms });
export const atMostMore = (ms: number): Budget => ({
  text: `≤ bare + ${ms} ms`,
  isMet: ({ oursMs, bareMs }) => oursMs <= bareMs + ms,
});

/** Runs both in turn, A B A B …, after a warm-up, so that a slow moment of the machine falls on both. */
export async function compare(
  what: string,
  budget: Budget,
  bare: (run: number) => Promise<void>,
  ours: (run: number) => Promise<void>,
  {
    runs = 60,
    warmUp = 10,
    before = async () => {},
  }: { runs?: number; warmUp?: number; before?: () => Promise<void> } = {},
): Promise<Row> {
  const times = { bare: [] as number[], ours: [] as number[] };
  for (let run = -warmUp; run < runs; run += 1) {
    await before();
    const bareMs = await timed(() => bare(run + warmUp));
    const oursMs = await timed(() => ours(run + warmUp));
    if (run < 0) continue;
    times.bare.push(bareMs);
    times.ours.push(oursMs);
  }
  const [bareMs, oursMs] = [quantile(times.bare, 0.5), quantile(times.ours, 0.5)];
  const ratio = oursMs / bareMs;
  return {
    what,
    bareMs,
    oursMs,
    p95Ms: quantile(times.ours, 0.95),
    ratio,
    runs,
    budget: budget.text,
    isMet: budget.isMet({ oursMs, bareMs }),
  };
}

/** How many ms it took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export function quantile(values: number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN;
}

/** The longest that the process could do nothing else meanwhile, in ms. */
export async function holdOf(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
  delay.enable();
  // It measures from its first tick on, and up to its last.
  await pause();
  await work();
  await pause();
  delay.disable();
  return delay.max / 1e6;
}

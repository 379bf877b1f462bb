/** What one piece of work cost the others of its process. */
export interface Cost {
  /** The most that it computed between two turns: processor time, so that a busy machine does not count. */
  heldMs: number;
  /** The most that it had in memory at a turn, above what there was before. */
  peakBytes: number;
}

/** Does `work` and measures what it costs whoever else waits for a turn of this process. */
export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const cost: Cost = { heldMs: 0, peakBytes: 0 };
  const before = held();
  let isGoing = true;
  let usage = process.cpuUsage();
  const look = () => {
    cost.heldMs = Math.max(cost.heldMs, processorMs(usage));
    cost.peakBytes = Math.max(cost.peakBytes, held() - before);
    usage = process.cpuUsage();
    if (isGoing) setImmediate(look);
  };
  setImmediate(look);
  try {
    await work();
  } finally {
    isGoing = false;
    await new Promise(setImmediate);
  }
  return cost;
}

/** The processor time of this process since then, in ms: what it costs on a quiet machine and on a busy one. */
export function processorMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

function held(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

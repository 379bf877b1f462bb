import type { PerIdResult } from '../../mail/model.ts';
import { ApiError, asApiError } from '../api-error.ts';
import type { Change } from '../list/pending.ts';
import type { ActionEnvironment } from './environment.ts';

interface Batch {
  change: Change;
  /** Sends some of the ids; one result each. */
  send(ids: string[], signal: AbortSignal): Promise<{ results: PerIdResult[] }>;
  /** Puts into the committed lists what the server has confirmed. */
  commit(done: ReadonlySet<string>): void;
}

export interface BatchOutcome {
  /** Id before → id after, where the server told it; the same id where it did not change. */
  done: ReadonlyMap<string, string | null>;
  refused: number;
}

/** So many ids go in one request: a long one can then show how far it is, and be stopped between two. */
export const chunkSize = 1_000;

/**
 * Shows `change` at once, sends it, and commits what was confirmed; what was refused comes back on the screen with one
 * report. Never throws: every failure is reported.
 */
export async function runBatch(env: ActionEnvironment, ids: readonly string[], batch: Batch): Promise<BatchOutcome> {
  const stamp = env.pending.add(batch.change);
  const controller = new AbortController();
  const done = new Map<string, string | null>();
  let failure: ApiError | null = null;
  let refused = 0;
  const tellProgress = () => {
    if (ids.length <= chunkSize) return;
    env.report({ type: 'progress', done: done.size + refused, total: ids.length, cancel: () => controller.abort() });
  };
  for (let from = 0; from < ids.length && !controller.signal.aborted; from += chunkSize) {
    tellProgress();
    const chunk = ids.slice(from, from + chunkSize);
    const outcome = await sendChunk(batch, chunk, controller.signal);
    if (outcome.failure !== null) failure = outcome.failure;
    refused += outcome.refused.size;
    for (const [id, newId] of outcome.done) done.set(id, newId);
    if (outcome.done.size > 0) batch.commit(new Set(outcome.done.keys()));
    env.pending.release(stamp, outcome.refused);
    if (outcome.isFatal) break;
  }
  if (ids.length > chunkSize) env.report({ type: 'progressEnded' });
  env.pending.end(stamp);
  if (failure !== null) {
    env.report({ type: 'refused', count: ids.length - done.size, total: ids.length, error: failure });
    for (const list of env.lists.all()) list.refresh();
  }
  return { done, refused };
}

interface ChunkOutcome {
  done: Map<string, string | null>;
  refused: Set<string>;
  failure: ApiError | null;
  /** Nothing was attempted: the next chunk would fare the same. */
  isFatal: boolean;
}

async function sendChunk(batch: Batch, ids: string[], signal: AbortSignal): Promise<ChunkOutcome> {
  const done = new Map<string, string | null>();
  const refused = new Set<string>();
  let failure: ApiError | null = null;
  try {
    const { results } = await batch.send(ids, signal);
    for (const { id, newId, error } of results) {
      if (error === undefined) {
        done.set(id, newId ?? null);
        continue;
      }
      refused.add(id);
      failure ??= new ApiError({ status: 200, ...error });
    }
    return { done, refused, failure, isFatal: false };
  } catch (thrown) {
    return { done, refused: new Set(ids), failure: asApiError(thrown), isFatal: true };
  }
}

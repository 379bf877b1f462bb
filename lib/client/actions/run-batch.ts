import type { PerIdResult } from '../../mail/model.ts';
import { ApiError, asApiError } from '../api-error.ts';
import type { Change } from '../list/pending.ts';
import type { ActionEnvironment, Undo } from './environment.ts';
import { takeTurn } from './take-turn.ts';

interface Batch {
  change: Change;
  /** Sends some of the ids; one result each. */
  send(ids: string[]): Promise<{ results: PerIdResult[] }>;
  /** Puts into the committed lists what the server has confirmed. */
  commit(done: ReadonlySet<string>): void;
  /** What takes it back, where that was offered. */
  undo?: Undo | null;
  /** It is being taken back: nothing more is sent, and nobody need be told. */
  isUndone?(): boolean;
  isLabel?: boolean;
}

export interface BatchOutcome {
  /** Id before → id after, where the server told it; the same id where it did not change. */
  done: ReadonlyMap<string, string | null>;
  /** So many were refused, or not sent because it was stopped. */
  left: number;
}

/** So many ids go in one request: a long one can then show how far it is, and be stopped between two. */
export const chunkSize = 1_000;

/**
 * Shows `change` at once, sends it, and commits what was confirmed; what was refused comes back on the screen with one
 * report. Stopped, it waits for the request under way, so that it knows what was done. Never throws: every failure is
 * reported.
 */
export async function runBatch(env: ActionEnvironment, ids: readonly string[], batch: Batch): Promise<BatchOutcome> {
  const stamp = env.pending.add(batch.change);
  const endTurn = await takeTurn(env.pending, ids);
  const done = new Map<string, string | null>();
  let isStopped = false;
  let failure: ApiError | null = null;
  let sent = 0;
  try {
    while (sent < ids.length && !isStopped && batch.isUndone?.() !== true) {
      tellProgress(env, sent, ids.length, () => {
        isStopped = true;
      });
      const chunk = ids.slice(sent, sent + chunkSize);
      const outcome = await sendChunk(batch, chunk);
      failure = outcome.failure ?? failure;
      for (const [id, newId] of outcome.done) done.set(id, newId);
      if (outcome.done.size > 0) batch.commit(new Set(outcome.done.keys()));
      env.pending.release(stamp, outcome.refused);
      if (outcome.isFatal) break;
      sent += chunk.length;
    }
    if (ids.length > chunkSize) env.report({ type: 'progressEnded' });
  } finally {
    // Whatever was thrown: later writes about these messages must not wait for ever.
    env.pending.end(stamp);
    endTurn();
  }
  const left = ids.length - done.size;
  if (isStopped && left > 0) failure ??= new ApiError({ code: 'cancelled', status: 0 });
  if (failure !== null) tellRefused(env, { left, total: ids.length, failure, batch });
  return { done, left };
}

function tellProgress(env: ActionEnvironment, done: number, total: number, cancel: () => void): void {
  if (total > chunkSize) env.report({ type: 'progress', done, total, cancel });
}

function tellRefused(
  env: ActionEnvironment,
  { left, total, failure, batch }: { left: number; total: number; failure: ApiError; batch: Batch },
): void {
  const { undo = null, isLabel = false } = batch;
  env.report({ type: 'refused', count: left, total, error: failure, undo, isLabel });
  for (const list of env.lists.all()) list.refresh();
}

interface ChunkOutcome {
  done: Map<string, string | null>;
  refused: Set<string>;
  failure: ApiError | null;
  /** Nothing was attempted: the next chunk would fare the same. */
  isFatal: boolean;
}

async function sendChunk(batch: Batch, ids: string[]): Promise<ChunkOutcome> {
  const done = new Map<string, string | null>();
  const refused = new Set<string>();
  let failure: ApiError | null = null;
  try {
    const { results } = await batch.send(ids);
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

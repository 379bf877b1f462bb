import { randomUUID } from 'node:crypto';
import { writingLimits } from '../../contract/writing.ts';
import { asMailError } from '../../mail/errors.ts';
import {
  type DueSubmission,
  holdSubmission,
  nextDueAt,
  recoverSubmissions,
  restartWaits,
  stepSubmission,
  takeDueSubmission,
} from '../../store/submission.ts';
import { serverOf } from '../account-servers.ts';
import { live } from '../live.ts';
import { log } from '../log.ts';
import { openAccount } from '../mail-for.ts';
import { metrics } from '../metrics.ts';
import { stopping } from '../stopping.ts';
import { store } from '../store.ts';
import { tellChange } from './changes.ts';
import { deliver, released, told } from './deliver.ts';
import { fileCopy } from './file-copy.ts';
import { nextTryAt } from './patience.ts';
import { secretOf, submissionPlace } from './secret.ts';

/** So many are under way at once: a slow server must hold up neither all others nor the process. */
const atOnce = 24;
/** So often is said that a submission is worked on; a quarter of the time after which nobody believes it. */
const renewMs = 30_000;
/** Other processes write submissions too, and die. */
const lookEveryMs = 15_000;

const worker = live('submissions', () => ({
  /** What is under way, by the name of its hold. */
  running: new Map<string, Promise<void>>(),
  timer: undefined as NodeJS.Timeout | undefined,
  looking: null as Promise<void> | null,
  /** Something was written down since the last look began. */
  isWoken: false,
}));

/** Looks for what is due, now. Call it when something was written down; it calls itself when the next is due. */
export function wakeSubmissions(): void {
  worker.isWoken = true;
  // The look that is under way may have passed what was written down: it is followed by another.
  if (worker.looking !== null) return;
  clearTimeout(worker.timer);
  worker.timer = setTimeout(() => {
    worker.looking = look();
  }, 0).unref();
}

/** Waits for what is under way. */
export async function settleSubmissions(): Promise<void> {
  clearTimeout(worker.timer);
  await worker.looking;
  await Promise.all(worker.running.values());
  clearTimeout(worker.timer);
}

/** Looks until nobody has called meanwhile, then sleeps until the next is due. */
async function look(): Promise<void> {
  let waitMs = lookEveryMs;
  while (worker.isWoken && !stopping().aborted) {
    worker.isWoken = false;
    waitMs = await lookForDue().catch((error: unknown) => {
      log.error({ err: error }, 'submissions could not be looked for');
      return lookEveryMs;
    });
  }
  // In one go with the last question whether to look again: nobody can call in between.
  worker.looking = null;
  if (!stopping().aborted) worker.timer = setTimeout(wakeSubmissions, waitMs).unref();
}

/** Gives how long nothing will be due, in ms. */
async function lookForDue(): Promise<number> {
  const opened = await store();
  const recovered = await recoverSubmissions(opened, { alive: [...worker.running.keys()], now: Date.now() });
  if (recovered.length > 0) log.warn({ recovered: recovered.length }, 'submissions that were let go of were taken up');
  const restarted = await restartWaits(opened, { longestHoldMs: writingLimits.holdMs, now: Date.now() });
  tellChange(...recovered, ...restarted);
  while (worker.running.size < atOnce && !stopping().aborted && (await takeOne()));
  // Whatever ends makes room, and calls.
  if (worker.running.size >= atOnce) return lookEveryMs;
  const dueAt = await nextDueAt(opened);
  return Math.min(lookEveryMs, Math.max(dueAt === null ? lookEveryMs : dueAt - Date.now(), 20));
}

/** Takes one that is due and goes on with it aside; false where none is. Its hold counts as alive before it is there. */
async function takeOne(): Promise<boolean> {
  const owner = randomUUID();
  const taking = store().then((opened) => takeDueSubmission(opened, { owner, now: Date.now() }));
  const halfWay = (row: DueSubmission) => (error: unknown) =>
    log.error({ submissionId: row.id, err: error }, 'a submission was left half-way');
  const work = taking
    // That none could be taken is thrown below.
    .then(
      (row) => (row === null ? undefined : advance(row).catch(halfWay(row))),
      () => undefined,
    )
    .finally(() => worker.running.delete(owner));
  worker.running.set(owner, work);
  const isTaken = (await taking) !== null;
  if (isTaken) void work.then(wakeSubmissions);
  return isTaken;
}

/** Takes one submission as far as it goes. */
async function advance(row: DueSubmission): Promise<void> {
  tellChange(row.account_id);
  const ended = new AbortController();
  const onStop = () => ended.abort();
  stopping().addEventListener('abort', onStop);
  const renewal = setInterval(() => {
    hold(row).catch((error: unknown) => {
      log.warn({ submissionId: row.id, err: error }, 'the hold on a submission was lost');
      ended.abort();
    });
  }, renewMs).unref();
  try {
    const isTaken = row.state === 'accepted' || (await deliver(row, ended.signal));
    metrics.submissions.inc({ outcome: isTaken ? 'accepted' : 'not accepted' });
    tellChange(row.account_id);
    if (isTaken) await file({ ...row, attempts: row.state === 'accepted' ? row.attempts : 0 });
  } finally {
    clearInterval(renewal);
    stopping().removeEventListener('abort', onStop);
    tellChange(row.account_id);
  }
}

const hold = async (row: DueSubmission): Promise<void> => holdSubmission(await store(), row);

/** So often the copy is tried by itself; then the person is asked. */
const copyTries = 5;

async function file(row: DueSubmission): Promise<void> {
  const step = async (change: Parameters<typeof stepSubmission>[2]) =>
    stepSubmission(await store(), row, { changed_at_ms: Date.now(), ...change });
  const key = submissionPlace(row.id, row.account_id);
  try {
    const mail = openAccount(key, serverOf(row), { username: row.username, password: secretOf(row) });
    try {
      await fileCopy(row, mail);
    } finally {
      await mail.close();
    }
    await step({ ...released, state: 'filed', problem: null, server_text: null, sealed_secret: Buffer.alloc(0) });
  } catch (error) {
    const failed = asMailError(error);
    log.warn({ submissionId: row.id, code: failed.code, err: error }, 'the copy of a sent message was not filed');
    const attempts = row.attempts + 1;
    const againAt = attempts >= copyTries ? null : nextTryAt(row, attempts);
    await step({ ...told(failed), ...released, attempts, due_at_ms: againAt ?? Number.MAX_SAFE_INTEGER });
  }
}

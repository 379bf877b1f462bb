import { randomUUID } from 'node:crypto';
import { asMailError } from '../../mail/errors.ts';
import {
  type DueSubmission,
  nextDueAt,
  recoverSubmissions,
  stepSubmission,
  takeDueSubmission,
} from '../../store/submission.ts';
import { live } from '../live.ts';
import { log } from '../log.ts';
import { openAccount, serverOf } from '../mail-for.ts';
import { metrics } from '../metrics.ts';
import { stopping } from '../stopping.ts';
import { store } from '../store.ts';
import { deliver, released, told } from './deliver.ts';
import { fileCopy } from './file-copy.ts';
import { nextTryAt } from './patience.ts';
import { secretOf, submissionPlace } from './secret.ts';

/** So many are under way at once: a slow server must hold up neither all others nor the process. */
const atOnce = 24;
/** A process that has not said for so long that it lives has died. */
const leaseMs = 120_000;
const renewMs = 30_000;
/** Other processes write submissions too, and die. */
const lookEveryMs = 15_000;

const worker = live('submissions', () => ({
  owner: randomUUID(),
  running: new Set<Promise<void>>(),
  timer: undefined as NodeJS.Timeout | undefined,
  isRecovered: false,
}));

/** Looks for what is due, now. Call it when something was written down; it calls itself when the next is due. */
export function wakeSubmissions(): void {
  clearTimeout(worker.timer);
  worker.timer = setTimeout(() => {
    lookForDue()
      .catch((error: unknown) => {
        log.error({ err: error }, 'submissions could not be looked for');
        return lookEveryMs;
      })
      .then((waitMs) => {
        if (stopping().aborted) return;
        clearTimeout(worker.timer);
        worker.timer = setTimeout(wakeSubmissions, waitMs).unref();
      });
  }, 0).unref();
}

/** Waits for what is under way. */
export async function settleSubmissions(): Promise<void> {
  clearTimeout(worker.timer);
  await Promise.all(worker.running);
}

/** Gives how long nothing will be due, in ms. */
async function lookForDue(): Promise<number> {
  const opened = await store();
  const isAlone = opened.dialect.name === 'libsql' && !worker.isRecovered;
  const recovered = await recoverSubmissions(opened, Date.now(), isAlone);
  worker.isRecovered = true;
  if (recovered > 0) log.warn({ recovered }, 'submissions of a process that died were taken up');
  while (worker.running.size < atOnce && !stopping().aborted) {
    const now = Date.now();
    const row = await takeDueSubmission(opened, { owner: worker.owner, untilMs: now + leaseMs, now });
    if (row === null) break;
    const work = advance(row)
      .catch((error: unknown) => log.error({ submissionId: row.id, err: error }, 'a submission was left half-way'))
      .finally(() => {
        worker.running.delete(work);
        wakeSubmissions();
      });
    worker.running.add(work);
  }
  const dueAt = await nextDueAt(opened);
  return Math.min(lookEveryMs, Math.max(dueAt === null ? lookEveryMs : dueAt - Date.now(), 20));
}

/** Takes one submission as far as it goes. */
async function advance(row: DueSubmission): Promise<void> {
  const ended = new AbortController();
  const onStop = () => ended.abort();
  stopping().addEventListener('abort', onStop);
  const renewal = setInterval(() => {
    renew(row).catch((error: unknown) => {
      log.warn({ submissionId: row.id, err: error }, 'the hold on a submission was lost');
      ended.abort();
    });
  }, renewMs).unref();
  try {
    const isTaken = row.state === 'accepted' || (await deliver(row, worker.owner, ended.signal));
    metrics.submissions.inc({ outcome: isTaken ? 'accepted' : 'not accepted' });
    if (isTaken) await file({ ...row, attempts: row.state === 'accepted' ? row.attempts : 0 });
  } finally {
    clearInterval(renewal);
    stopping().removeEventListener('abort', onStop);
  }
}

async function renew({ id }: DueSubmission): Promise<void> {
  await stepSubmission(await store(), { id, owner: worker.owner }, { lease_until_ms: Date.now() + leaseMs });
}

/** So often the copy is tried by itself; then the person is asked. */
const copyTries = 5;

async function file(row: DueSubmission): Promise<void> {
  const step = async (change: Parameters<typeof stepSubmission>[2]) =>
    stepSubmission(await store(), { id: row.id, owner: worker.owner }, { changed_at_ms: Date.now(), ...change });
  const key = submissionPlace(row.id, row.account_id);
  try {
    const mail = openAccount(key, serverOf(row), { username: row.username, password: secretOf(row) });
    try {
      await fileCopy(row, worker.owner, mail);
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

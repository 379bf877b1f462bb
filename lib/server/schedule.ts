import type { CollectionSchedule } from '../contract/maildrop.ts';
import { asMailError, type MailErrorCode } from '../mail/errors.ts';
import { noteCollection, readSchedule, removeSchedule, takeDue, writeSchedule } from '../store/schedule.ts';
import type { AccountTable, ScheduleTable } from '../store/schema.ts';
import { serverOf } from './account-servers.ts';
import { config } from './config.ts';
import { live } from './live.ts';
import { log } from './log.ts';
import { openAccount, passwordOf } from './mail-for.ts';
import type { SignedIn } from './session.ts';
import { stopping } from './stopping.ts';
import { store } from './store.ts';
import { createHalf, openSecret, sealSecret } from './vault.ts';

/** Where the secret of a schedule is bound to, in the place of a sign-in. */
const place = (accountId: string) => ({ sessionId: 'schedule', accountId });

/** How often an account is collected with the browser shut; null: never. */
export async function scheduleOf(accountId: string): Promise<CollectionSchedule | null> {
  const row = await readSchedule(await store(), accountId);
  if (row === null) return null;
  return {
    everyMinutes: row.every_minutes,
    lastAt: row.last_at_ms === null ? null : new Date(row.last_at_ms).toISOString(),
    problem: row.problem as MailErrorCode | null,
  };
}

/**
 * Collects an account every so many minutes with the browser shut. For this its password is sealed for the server alone:
 * AUTH_SECRET and the database together open it. Null ends it and forgets the password.
 */
export async function setSchedule(signedIn: SignedIn, accountId: string, everyMinutes: number | null): Promise<void> {
  if (everyMinutes === null) return await removeSchedule(await store(), accountId);
  const half = createHalf();
  const password = await passwordOf(signedIn, accountId);
  await writeSchedule(await store(), {
    account_id: accountId,
    every_minutes: everyMinutes,
    half,
    sealed_secret: sealSecret(password, { authSecret: config().authSecret, half }, place(accountId)),
    next_at_ms: Date.now() + everyMinutes * 60_000,
    last_at_ms: null,
    problem: null,
  });
}

/** So many accounts are collected at once: one slow server must not hold up all others, nor all of them this process. */
const atOnce = 4;
const round = live('scheduled collections', () => ({ isRunning: false }));

/** Collects every account whose time has come, until there is none or the process is to end. One round at a time. */
export async function collectDue(): Promise<void> {
  if (round.isRunning) return;
  round.isRunning = true;
  try {
    await Promise.all(Array.from({ length: atOnce }, collectNext));
  } finally {
    round.isRunning = false;
  }
}

async function collectNext(): Promise<void> {
  while (!stopping().aborted) {
    const due = await takeDue(await store(), Date.now());
    if (due === null) return;
    const problem = await collectOnce(due).catch((error: unknown) => {
      log.warn({ accountId: due.account_id, err: error }, 'a collection by schedule failed');
      return asMailError(error).code;
    });
    // A password that was changed is not tried over and over: servers lock people out for that.
    const isOver = problem === 'unauthenticated';
    await noteCollection(await store(), due.account_id, { lastAtMs: Date.now(), problem, isOver });
  }
}

async function collectOnce(due: ScheduleTable & AccountTable): Promise<null> {
  const key = place(due.account_id);
  const password = openSecret(Buffer.from(due.sealed_secret), { authSecret: config().authSecret, half: due.half }, key);
  const mail = openAccount(key, serverOf(due), { username: due.username, password });
  try {
    await mail.maildrop?.collect({ signal: stopping() });
    return null;
  } finally {
    await mail.close();
  }
}

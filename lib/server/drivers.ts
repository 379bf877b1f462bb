import type { MailDriver } from '../mail/driver.ts';
import { live } from './live.ts';

/** The open drivers, by session and account. A promise stands in while a driver opens, so that two requests share one. */
const open = live('drivers', () => new Map<string, Map<string, Promise<MailDriver>>>());

/** The driver of this session and account, opened by `make` when there is none. A failure to open is not kept. */
export function sharedDriver(
  { sessionId, accountId }: { sessionId: string; accountId: string },
  make: () => Promise<MailDriver>,
): Promise<MailDriver> {
  const ofSession = open.get(sessionId) ?? new Map<string, Promise<MailDriver>>();
  open.set(sessionId, ofSession);
  const existing = ofSession.get(accountId);
  if (existing !== undefined) return existing;
  const opening = make().catch((error: unknown) => {
    if (ofSession.get(accountId) === opening) ofSession.delete(accountId);
    throw error;
  });
  ofSession.set(accountId, opening);
  return opening;
}

/** Sessions that hold a driver in this process. */
export const sessionsWithDrivers = (): string[] => [...open.keys()];

/** Closes the connections of one account of a session; the next request opens it anew. */
export async function closeDriver({ sessionId, accountId }: { sessionId: string; accountId: string }): Promise<void> {
  const driver = open.get(sessionId)?.get(accountId);
  open.get(sessionId)?.delete(accountId);
  const [settled] = await Promise.allSettled(driver === undefined ? [] : [driver]);
  if (settled?.status === 'fulfilled') await settled.value.close();
}

/** Closes every connection of a session at once. */
export async function closeDriversOf(sessionId: string): Promise<void> {
  const ofSession = open.get(sessionId);
  open.delete(sessionId);
  const drivers = await Promise.allSettled(ofSession?.values() ?? []);
  await Promise.all(drivers.map((driver) => (driver.status === 'fulfilled' ? driver.value.close() : undefined)));
}

/** Closes every connection of every session. */
export async function closeAllDrivers(): Promise<void> {
  await Promise.all(sessionsWithDrivers().map((sessionId) => closeDriversOf(sessionId)));
}

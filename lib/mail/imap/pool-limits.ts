import { pool } from './pool-state.ts';
import type { Account } from './pool-types.ts';

const learnedMs = 10 * 60_000;

/** The server takes no more connections of this user: what is open now, over all its sign-ins, is what there may be. */
export function learn(account: Account): void {
  const mates = matesOf(account);
  const open = mates.reduce((sum, mate) => sum + mate.held.size, 0);
  pool().learned.set(userOf(account), { limit: Math.max(1, open), until: Date.now() + learnedMs });
  if (account.held.size > 0) return;
  // This sign-in has none at all: an idle one of the same person in another sign-in gives way.
  const idle = mates.flatMap((mate) => [...mate.held]).filter((held) => !held.isBusy);
  idle.sort((a, b) => a.lastUsedAt - b.lastUsedAt)[0]?.client.close();
}

const userOf = ({ server, login }: Account) => JSON.stringify([server.host, server.port, login.username]);

const matesOf = (account: Account) =>
  [...pool().accounts.values()].filter((other) => userOf(other) === userOf(account));

/** How many connections this sign-in may have now. */
export function limitOf(account: Account): number {
  const learned = pool().learned.get(userOf(account));
  if (!learned || learned.until < Date.now()) return account.limits.perAccount;
  const others = matesOf(account).reduce(
    (sum, mate) => sum + (mate === account ? 0 : mate.held.size + mate.opening),
    0,
  );
  return Math.min(account.limits.perAccount, Math.max(1, learned.limit - others));
}

export const mayOpen = (account: Account): boolean => account.held.size + account.opening < limitOf(account);

/** Whether the host and the process may have one more. */
export function hasRoom(account: Account): boolean {
  let all = 0;
  let host = 0;
  for (const other of pool().accounts.values()) {
    const size = other.held.size + other.opening;
    all += size;
    if (other.server.host === account.server.host) host += size;
  }
  return all < account.limits.perProcess && host < account.limits.perHost;
}

/** Closes the least recently used idle connection of another account: of the host where that is full, else of any. */
export function evict(account: Account): void {
  const others = [...pool().accounts.values()].filter((other) => other !== account);
  const onHost = others.filter(({ server }) => server.host === account.server.host);
  const size = [account, ...onHost].reduce((sum, { held, opening }) => sum + held.size + opening, 0);
  const idle = (size >= account.limits.perHost ? onHost : others)
    .flatMap(({ held }) => [...held])
    .filter(({ isBusy }) => !isBusy);
  idle.sort((a, b) => a.lastUsedAt - b.lastUsedAt)[0]?.client.close();
}

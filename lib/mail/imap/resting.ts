import type { Held } from './pool-types.ts';

/**
 * Whether it is not to be taken for another mailbox while there may be another connection: it watches one (IDLE) or every
 * one (NOTIFY), or has one selected that is looked at, of several the last used.
 */
export const isResting = (held: Held): boolean => {
  const { watches, notified, account } = held;
  return watches !== null || (account.watched.size > 0 && (notified !== null || isAtHand(held)));
};

function isAtHand(held: Held): boolean {
  const path = pathOf(held);
  if (path === null || !held.account.watched.has(path)) return false;
  const others = [...held.account.held].filter((other) => other !== held && !other.isBusy && pathOf(other) === path);
  return others.every(({ lastUsedAt }) => lastUsedAt < held.lastUsedAt);
}

const pathOf = ({ client }: Held): string | null => (client.mailbox ? client.mailbox.path : null);

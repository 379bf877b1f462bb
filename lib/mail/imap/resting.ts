import type { Held } from './pool-types.ts';

/**
 * Whether it is not to be taken for another mailbox while there may be another connection: it watches one (IDLE) or every
 * one (NOTIFY), or is the last used of those that have one selected that is looked at, where none of them watches.
 */
export const isResting = (held: Held): boolean => {
  const { watches, notified, account } = held;
  return watches !== null || (account.watched.size > 0 && (notified !== null || isAtHand(held)));
};

function isAtHand(held: Held): boolean {
  const path = pathOf(held);
  if (path === null || !held.account.watched.has(path)) return false;
  const others = [...held.account.held].filter((other) => other !== held && !other.isBusy && pathOf(other) === path);
  return others.every(
    ({ watches, notified, lastUsedAt }) => watches === null && notified === null && lastUsedAt < held.lastUsedAt,
  );
}

const pathOf = ({ client }: Held): string | null => (client.mailbox ? client.mailbox.path : null);

import type { MailboxChange } from '../model.ts';

/** A thousand expunged messages are one change: what comes within this time is told once. */
const gatherMs = 40;

/** Gathers changes of a kind that come close together. */
export function gatherChanges(onChange: (change: MailboxChange) => void): {
  tell(change: MailboxChange): void;
  stop(): void;
} {
  const gathered = new Map<string, MailboxChange>();
  let timer: NodeJS.Timeout | null = null;
  const flush = () => {
    timer = null;
    const changes = [...gathered.values()];
    gathered.clear();
    for (const change of changes) onChange(change);
  };
  return {
    tell(change) {
      gathered.set(`${change.mailboxId} ${change.kind}`, change);
      timer ??= setTimeout(flush, gatherMs);
    },
    stop() {
      if (timer) clearTimeout(timer);
    },
  };
}

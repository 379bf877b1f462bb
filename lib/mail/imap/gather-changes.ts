import type { WatchRequest } from '../driver.ts';
import type { MailboxChange } from '../model.ts';

/** A thousand expunged messages are one change: what comes within this time is told once. */
const gatherMs = 40;
/** Of mailboxes that nobody looks at only the counts are shown. */
const gatherOthersMs = 200;
/** Of more of them at a time each is not told: all are to be read again. */
const maxOthers = 50;

/** Gathers changes of a kind that come close together; those of `looked` mailboxes are told sooner, and always one by one. */
export function gatherChanges(
  { onChange, onMailboxes }: Pick<WatchRequest, 'onChange' | 'onMailboxes'>,
  looked: ReadonlySet<string>,
): { tell(change: MailboxChange): void; tellMailboxes(): void; stop(): void } {
  const own = gather(gatherMs, (changes) => changes.forEach(onChange));
  let isAboutAll = false;
  const others = gather(gatherOthersMs, (changes) => {
    const mailboxes = new Set(changes.map(({ mailboxId }) => mailboxId));
    if (!isAboutAll && mailboxes.size <= maxOthers) changes.forEach(onChange);
    else onMailboxes?.();
    isAboutAll = false;
  });
  return {
    tell: (change) => (looked.has(change.mailboxId) ? own : others).add(change),
    tellMailboxes() {
      isAboutAll = true;
      others.start();
    },
    stop() {
      own.stop();
      others.stop();
    },
  };
}

function gather(withinMs: number, flush: (changes: MailboxChange[]) => void) {
  const gathered = new Map<string, MailboxChange>();
  let timer: NodeJS.Timeout | null = null;
  const start = () => {
    timer ??= setTimeout(() => {
      timer = null;
      const changes = [...gathered.values()];
      gathered.clear();
      flush(changes);
    }, withinMs);
  };
  return {
    start,
    add(change: MailboxChange) {
      gathered.set(`${change.mailboxId} ${change.kind}`, change);
      start();
    },
    stop() {
      if (timer) clearTimeout(timer);
    },
  };
}

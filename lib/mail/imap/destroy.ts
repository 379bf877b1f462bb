import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import type { PerIdResult } from '../model.ts';
import { forEachMailbox, type Outcome } from './batch.ts';
import type { Account } from './pool-types.ts';
import { removeForGood } from './remove.ts';
import { stillHere } from './store.ts';

/** Removes exactly these messages for good. `unsupported` where the server could only take others' mail with them. */
export function destroyMessages(account: Account, ids: string[], { signal }: CallOptions = {}): Promise<PerIdResult[]> {
  const named = new Map<string, number[]>();
  return forEachMailbox(account, ids, {
    mode: 'repeatable',
    signal,
    async work(selected, uids) {
      if (selected.mailbox.readOnly) throw new MailError('forbidden', 'the mailbox is read-only');
      const { path } = selected.mailbox;
      const present = await stillHere(selected, uids);
      // What an earlier try found here and is not here any more has gone by it: only its answer was lost.
      const gone = named.get(path) ?? [];
      named.set(path, present);
      if (present.length > 0) await removeForGood(selected.client, present);
      return new Map<number, Outcome>([...gone, ...present].map((uid) => [uid, {}]));
    },
  });
}

import { expect, test } from 'vitest';
import { createCollectionStore } from '../../store/collection.ts';
import { databases } from '../../store/testing/databases.ts';
import { createLease } from './lease.ts';

const never = new AbortController().signal;
const ignore = () => undefined;

test.each(databases.filter(({ name }) => name === 'postgres'))(
  'in $name, a maildrop is one process’s at a time',
  async ({ open }) => {
    const opened = await open();
    try {
      const other = await opened.again();
      const account = { id: 'ann', protocol: 'pop3', host: 'h', port: 110, username: 'ann', created_at_ms: 1 } as const;
      await opened.store.db.insertInto('account').values(account).execute();
      const here = createCollectionStore(async () => opened.store);
      const there = createCollectionStore(async () => other);
      const leaveFirst = await createLease(here, 'ann', 1_000, 'first')(never, ignore);
      await expect(createLease(there, 'ann', 300, 'second')(never, ignore)).rejects.toMatchObject({ code: 'busy' });

      const waiting = createLease(there, 'ann', 5_000, 'second')(never, ignore);
      await leaveFirst();
      const leaveSecond = await waiting;
      // Of the first, nothing is left to let go of.
      await here.releaseLease('ann', 'first');
      expect(await here.takeLease('ann', 'first', Date.now() + 1_000)).toBe(false);
      await leaveSecond();

      // A process that died holds it until its time is over.
      expect(await here.takeLease('ann', 'dead', Date.now() + 400)).toBe(true);
      const leaveThird = await createLease(there, 'ann', 5_000, 'second')(never, ignore);
      await leaveThird();

      // A rule that was chosen is not undone by a lease.
      await here.setRetention('ann', { rule: 'removeAfterDays', days: 30 });
      await (await createLease(there, 'ann', 1_000, 'second')(never, ignore))();
      expect(await here.retentionOf('ann')).toEqual({ rule: 'removeAfterDays', days: 30 });
    } finally {
      await opened.stop();
    }
  },
);

test('a lease that cannot be renewed ends the session', async () => {
  let taken = 0;
  const collection = { takeLease: async () => taken++ === 0, releaseLease: async () => undefined };
  const lost = new Promise<string>((resolve) => {
    void createLease(collection, 'ann', 1_000, 'first')(never, (reason) => resolve(reason.code));
  });
  expect(await lost).toBe('busy');
}, 10_000);

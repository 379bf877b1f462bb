import { describe, expect, it } from 'vitest';
import { mailboxIdOf } from '../../ids.ts';
import type { Suite } from '../contract.ts';
import { letter } from '../letters.ts';
import { newest } from './reading.ts';

/** None of these is an id that a driver made. */
const forged = [
  '',
  'x',
  '../../etc/passwd',
  'm.1.1',
  `${mailboxIdOf('INBOX')}.0.0`,
  `${mailboxIdOf('INBOX')}.1.1.1`,
  'a\r\nA1 LOGOUT',
  'p',
  '💥',
  'x'.repeat(100_000),
];

export function describeBadInput({ person }: Suite): void {
  describe('bad input', () => {
    it('finds nothing under forged ids, and touches nothing', async () => {
      const someone = await person();
      const { driver, elsewhere, inboxId } = someone;
      await elsewhere.deliver(letter({ subject: 'Untouched' }));
      for (const id of forged) {
        await expect(driver.getMessage({ id }), id).rejects.toMatchObject({ code: 'notFound' });
        await expect(driver.openRaw({ id }), id).rejects.toMatchObject({ code: 'notFound' });
        await expect(driver.listMessages({ mailboxId: id, position: 0, limit: 10 }), id).rejects.toMatchObject({
          code: 'notFound',
        });
      }
      const done = await driver.destroyMessages({ ids: forged });
      expect(done.map(({ error }) => error?.code)).toEqual(forged.map(() => 'notFound'));
      expect((await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 10 })).total).toBe(1);
    });

    it('refuses windows that are none', async () => {
      const { driver, inboxId } = await person();
      for (const [position, limit] of [
        [-1, 10],
        [0, 0],
        [0, 201],
        [0.5, 10],
        [Number.NaN, 10],
      ] as const) {
        await expect(driver.listMessages({ mailboxId: inboxId, position, limit })).rejects.toMatchObject({
          code: 'invalid',
        });
      }
    });

    it('reports a message that others removed while it was shown', async () => {
      const someone = await person();
      await someone.elsewhere.deliver(letter({ subject: 'Vanishes' }));
      const id = await newest(someone);
      await someone.elsewhere.expunge('Vanishes');
      const gone = (error: { code: string }) => ['notFound', 'stale'].includes(error.code);
      await expect(someone.driver.getMessage({ id })).rejects.toSatisfy(gone);
      await expect(someone.driver.openRaw({ id })).rejects.toSatisfy(gone);
    });

    it('refuses calls after it was closed', async () => {
      const { driver, inboxId } = await person();
      await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 10 });
      await driver.close();
      const after = driver.listMessages({ mailboxId: inboxId, position: 0, limit: 10 });
      await expect(after).rejects.toSatisfy(({ code }: { code: string }) =>
        ['unauthenticated', 'cancelled'].includes(code),
      );
    });

    it('is cancelled by its signal', async () => {
      const { driver, inboxId } = await person();
      const stop = new AbortController();
      stop.abort();
      const listed = driver.listMessages({ mailboxId: inboxId, position: 0, limit: 10 }, { signal: stop.signal });
      await expect(listed).rejects.toMatchObject({ code: 'cancelled' });
      expect((await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 10 })).total).toBe(0);
    });
  });
}

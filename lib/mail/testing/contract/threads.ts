import { describe, expect, it } from 'vitest';
import type { Suite } from '../contract.ts';
import { letter } from '../letters.ts';

export function describeThreads({ person }: Suite): void {
  describe('conversations', () => {
    it('joins what answers one another by References, over mailboxes, or says that it does not', async () => {
      const { driver, elsewhere, inboxId } = await person();
      const answer = (subject: string, id: string, references: string, date: string) =>
        letter({ subject, date, headers: [`References: ${references}`] }).replace(
          /Message-ID: .*/,
          `Message-ID: <${id}>`,
        );
      // The last answer first: what joins the others comes between them.
      await elsewhere.deliver(answer('Re: Tide', 'c@t.example', '<b@t.example>', 'Wed, 07 Jan 2026 10:00:00 +0000'));
      await elsewhere.deliver(letter({ subject: 'Tide' }).replace(/Message-ID: .*/, 'Message-ID: <a@t.example>'));
      await elsewhere.deliver(
        answer('AW: Tide', 'b@t.example', '<a@t.example>', 'Tue, 06 Jan 2026 10:00:00 +0000').replace(
          'References',
          'In-Reply-To',
        ),
      );
      await elsewhere.deliver(
        answer('Another thing', 'd@t.example', '<a@t.example>', 'Wed, 07 Jan 2026 11:00:00 +0000'),
      );
      const { items } = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      const idOf = (subject: string) => items.find((item) => item.subject === subject)?.id ?? '';
      if (!(await driver.capabilities()).threads) {
        await expect(driver.getThread({ id: idOf('Tide') })).rejects.toMatchObject({ code: 'unsupported' });
        return;
      }
      const [archive] = (await driver.listMailboxes({ counts: false })).filter(({ role }) => role === 'archive');
      await driver.moveMessages({ ids: [idOf('AW: Tide')], to: archive?.id ?? '' });
      // Mailutils writes into messages that are read, so their headers are read anew.
      await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      const thread = await driver.getThread({ id: idOf('Re: Tide') });
      expect(thread.map(({ subject, mailboxId }) => [subject, mailboxId])).toEqual([
        ['Tide', inboxId],
        ['AW: Tide', archive?.id],
        ['Re: Tide', inboxId],
      ]);
      expect(new Set(thread.map(({ threadId }) => threadId)).size).toBe(1);
      // The same Message-ID under another subject has become another matter (RFC 8621 §3).
      expect((await driver.getThread({ id: idOf('Another thing') })).map(({ subject }) => subject)).toEqual([
        'Another thing',
      ]);
      await expect(driver.getThread({ id: 'forged' })).rejects.toMatchObject({ code: 'notFound' });
    });
  });
}

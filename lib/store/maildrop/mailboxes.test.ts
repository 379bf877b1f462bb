import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MaildropHeader } from '../../mail/pop3/maildrop.ts';
import { createMaildropStore } from '../maildrop.ts';
import { databases, type TestStore } from '../testing/databases.ts';
import { createMailboxStore } from './mailboxes.ts';

const header: MaildropHeader = {
  ...{ subject: 'a', from: [], to: [], cc: [], bcc: [], sentAt: null, preview: null },
  ...{ receivedAt: '2026-11-02T10:00:00.000Z', hasAttachment: false, isWhole: true },
};

describe.each(databases)('mailboxes in $name', ({ open }) => {
  let opened: TestStore;
  beforeAll(async () => {
    opened = await open();
    const account = { id: 'ann', protocol: 'pop3', host: 'h', port: 110, username: 'ann', created_at_ms: 1 } as const;
    await opened.store.db.insertInto('account').values(account).execute();
  });
  afterAll(() => opened?.stop());

  it('what is filed in one while it is deleted is in Trash, or where it was', async () => {
    const maildrop = createMaildropStore(async () => opened.store);
    const mailboxes = createMailboxStore(async () => opened.store);
    await mailboxes.list('ann');
    const own = { mailboxKey: 'INBOX', content: 'x', sizeBytes: 1, header, text: '', keywords: [] };
    const outcomes = new Set<string>();
    for (let turn = 0; turn < 30; turn += 1) {
      const { key } = await mailboxes.create('ann', { name: `f${turn}`, parentKey: null });
      const [uidl = ''] = await maildrop.add('ann', [own]);
      const move = () => maildrop.move('ann', [uidl], key);
      const remove = () => mailboxes.remove('ann', [key]);
      const add = () => maildrop.add('ann', [{ ...own, mailboxKey: key }]);
      await Promise.allSettled(turn % 2 ? [move(), remove(), add()] : [remove(), move(), add()]);
      outcomes.add((await maildrop.find('ann', [uidl])).get(uidl)?.mailboxKey ?? 'nowhere');
    }
    for (const outcome of outcomes) expect(['INBOX', 'TRASH']).toContain(outcome);
    const there = new Set((await mailboxes.list('ann')).map(({ key }) => key));
    const counts = [...(await maildrop.counts('ann')).keys()];
    expect(counts.filter((key) => key !== 'INBOX' && !there.has(key))).toEqual([]);
    expect((await maildrop.counts('ann')).get('INBOX')?.total).toBeGreaterThan(0);
  });

  it('one that has gone takes nothing in', async () => {
    const maildrop = createMaildropStore(async () => opened.store);
    const mailboxes = createMailboxStore(async () => opened.store);
    const { key } = await mailboxes.create('ann', { name: 'gone', parentKey: null });
    await mailboxes.remove('ann', [key]);
    await expect(maildrop.move('ann', ['x'], key)).rejects.toMatchObject({ code: 'notFound', detail: 'to' });
    await expect(maildrop.move('ann', ['x'], 'TRASH')).resolves.toBeUndefined();
  });
});

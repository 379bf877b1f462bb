import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { composition, writingLimits } from '../../contract/writing.ts';
import { readSubmission } from '../../store/submission.ts';
import { databases } from '../../store/testing/databases.ts';
import { store } from '../store.ts';
import { reschedule, submissionsOf } from './answer.ts';
import { saveDraft } from './drafts.ts';
import { wholeOf } from './file-copy.ts';
import { redraft } from './redraft.ts';
import { type Desk, openDesk, rawOf, type Writer } from './testing/desk.ts';
import { readByPython } from './testing/python.ts';

const [ann, bob] = ['ann@example.org', 'bob@example.org'] as const;
const dayMs = 24 * 3_600_000;
const tomorrow = () => new Date(Date.now() + dayMs).toISOString();
let isLost = false;

describe.each(databases)('a message that waits, over $name', (database) => {
  let desk: Desk;
  let writer: Writer;
  beforeAll(async () => {
    desk = await openDesk({
      database,
      usernames: [ann, bob, 'eve@example.org'],
      smtp: {
        onStep: async (step) => {
          if (isLost && step === 'taken') desk.smtp.lose();
        },
      },
    });
    writer = await desk.signIn(ann);
  });
  afterAll(async () => desk?.close());
  beforeEach(async () => {
    const ids = (await writer.list('drafts')).map(({ id }) => id);
    if (ids.length > 0) await writer.mail.destroyMessages({ ids });
  });

  const later = {
    to: [{ name: 'Bob', email: bob }],
    bcc: [{ name: null, email: 'eve@example.org' }],
    html: '<p>Grüße</p>',
  };
  const again = (id: string) => redraft(writer.accountId, id, writer.mail);
  const waiting = async () => (await submissionsOf(writer.accountId)).filter(({ state }) => state !== 'filed');
  const rowOf = async (id: string) => {
    const row = await readSubmission(await store(), writer.accountId, id);
    if (row === null) throw new Error('there is no such row');
    return row;
  };

  test('is a draft again, byte for byte, in place of the one it was written as', async () => {
    const message = composition.parse({ from: { name: null, email: ann }, subject: 'An earlier word' });
    const about = { accountId: writer.accountId, username: ann, mail: writer.mail, message, replaces: null };
    const draft = await saveDraft(about);
    const [answered] = await writer.list('drafts');
    const held = await writer.send(
      { ...later, subject: 'Kept', messageId: draft.messageId, priority: 'high', wantsReadReceipt: true },
      {
        sendAt: tomorrow(),
        draftId: draft.id ?? '',
        wantsDeliveryReport: true,
        answers: [{ messageId: answered?.id ?? '', keyword: '$answered' }],
      },
    );
    const bytes = await wholeOf(await rowOf(held.id));
    expect(await again(held.id)).toEqual({
      draftId: expect.any(String),
      answers: [{ messageId: answered?.id, keyword: '$answered' }],
      priority: 'high',
      wantsReadReceipt: true,
      wantsDeliveryReport: true,
    });
    const drafts = await writer.list('drafts');
    expect(drafts).toMatchObject([{ subject: 'Kept', keywords: ['$draft', '$seen'] }]);
    const raw = await rawOf(writer, 'drafts', held.messageId);
    expect(raw.equals(bytes)).toBe(true);
    expect(readByPython(raw)).toMatchObject({ bcc: [['', 'eve@example.org']], defects: [] });
    expect(await waiting()).toEqual([]);
    // It can be handed over once more, under its own name.
    const sent = await writer.send({ ...later, messageId: held.messageId });
    await writer.reached(sent.id, ['filed']);
  });

  test('is one draft, of two clicks at once', async () => {
    const held = await writer.send({ ...later, subject: 'Twice' }, { sendAt: tomorrow() });
    const both = await Promise.allSettled([again(held.id), again(held.id)]);
    expect(both.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect(await writer.list('drafts')).toHaveLength(1);
    expect(await waiting()).toEqual([]);
  });

  test('is one draft, where the first try ended between draft and Outbox', async () => {
    const held = await writer.send({ ...later, subject: 'Half' }, { sendAt: tomorrow() });
    const mailboxId =
      (await writer.mail.listMailboxes({ counts: false })).find(({ role }) => role === 'drafts')?.id ?? '';
    const raw = await wholeOf(await rowOf(held.id));
    await writer.mail.appendMessage({ mailboxId, raw, keywords: ['$draft'] });
    const [first] = await writer.list('drafts');
    expect((await again(held.id)).draftId).toBe(first?.id);
    expect(await writer.list('drafts')).toHaveLength(1);
  });

  test('that went out, or may have, is not given back', async () => {
    const before = desk.smtp.received.length;
    const sent = await writer.send({ ...later, subject: 'Gone' });
    await writer.reached(sent.id, ['filed']);
    await expect(again(sent.id)).rejects.toMatchObject({ code: 'conflict' });
    isLost = true;
    const lost = await writer.send({ ...later, subject: 'Who knows' });
    await writer.reached(lost.id, ['unknown']);
    isLost = false;
    await expect(again(lost.id)).rejects.toMatchObject({ code: 'conflict' });
    expect(await writer.list('drafts')).toEqual([]);
    expect((await writer.submission(lost.id)).state).toBe('unknown');
    expect(desk.smtp.received.length - before).toBe(2);
  });

  test('goes at another time, a past one is now, and none too far ahead or after it has gone', async () => {
    const { signedIn, accountId } = writer;
    const held = await writer.send({ ...later, subject: 'Moved' }, { sendAt: tomorrow() });
    const at = (ms: number) => reschedule(signedIn, { accountId, id: held.id, sendAt: new Date(ms).toISOString() });
    const next = Date.now() + 3 * dayMs;
    expect(await at(next)).toMatchObject({ state: 'held', dueAt: new Date(next).toISOString() });
    await expect(at(Date.now() + 2 * writingLimits.scheduleMs)).rejects.toMatchObject({ code: 'invalid' });
    expect((await writer.submission(held.id)).dueAt).toBe(new Date(next).toISOString());
    await at(Date.now() - dayMs);
    await writer.reached(held.id, ['filed']);
    await expect(at(next)).rejects.toMatchObject({ code: 'conflict' });
  });
});

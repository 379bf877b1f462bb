import { afterAll, beforeAll, expect, test } from 'vitest';
import { composition } from '../../contract/writing.ts';
import { letter } from '../../mail/testing/letters.ts';
import { type Elsewhere, openElsewhere } from '../../mail/testing/people.ts';
import { databases } from '../../store/testing/databases.ts';
import { discardDraft, saveDraft } from './drafts.ts';
import { type Desk, openDesk, password, type Writer } from './testing/desk.ts';

const ann = 'ann@example.org';
const from = { name: null, email: ann };
let desk: Desk;
let writer: Writer;
let elsewhere: Elsewhere;

beforeAll(async () => {
  const database = databases[0] as (typeof databases)[number];
  desk = await openDesk({ database, usernames: [ann], dovecot: { withoutCapabilities: ['UIDPLUS', 'MOVE'] } });
  writer = await desk.signIn(ann);
  elsewhere = await openElsewhere(desk.dovecot, { username: ann, password });
});
afterAll(async () => {
  elsewhere?.close();
  await desk?.close();
});

const save = (
  subject: string,
  replaces: string | null,
  more: { messageId?: string; wantsReadReceipt?: boolean } = {},
) => {
  const { accountId, mail } = writer;
  return saveDraft({
    accountId,
    username: ann,
    mail,
    message: composition.parse({ from, subject, ...more }),
    replaces,
  });
};
const kept = async (subject: string) => (await writer.list('drafts')).filter((one) => one.subject === subject);

test('of two who write on one draft the later is told of the other’s version, at each save, until that is gone', async () => {
  const first = await save('Nets', null);
  const { messageId } = first;
  const theirs = await save('Nets, theirs', first.id, { messageId });
  const mine = await save('Nets, mine', first.id, { messageId });
  expect(mine).toMatchObject({ otherId: theirs.id, left: null });
  const again = await save('Nets, mine', mine.id, { messageId });
  expect(again.otherId).toBe(theirs.id);
  expect(await kept('Nets, theirs')).toHaveLength(1);
  await discardDraft(writer.mail, theirs.id ?? '');
  expect(await save('Nets, mine', again.id, { messageId })).toMatchObject({ otherId: null });
  expect(await kept('Nets, mine')).toHaveLength(1);
});

test('a copy of a draft is told apart from another version of it', async () => {
  const first = await save('Sails', null);
  const { messageId } = first;
  const drafts = (await writer.mail.listMailboxes({ counts: false })).find(({ role }) => role === 'drafts');
  await writer.mail.copyMessages({ ids: [first.id ?? ''], to: drafts?.id ?? '' });
  const second = await save('Sails, mine', first.id, { messageId });
  expect(second).toMatchObject({ otherId: null, copyId: expect.any(String), left: null });
  expect(await kept('Sails')).toMatchObject([{ id: second.copyId }]);
  // What is written on is a version, and where there are both that is what is asked about.
  const theirs = await save('Sails, theirs', null, { messageId });
  expect(await save('Sails, mine', second.id, { messageId })).toMatchObject({ otherId: theirs.id, copyId: null });
});

test('an earlier version that the server does not remove is told by its id, and goes when it can', async () => {
  const first = await save('Ropes', null);
  const { messageId } = first;
  // Without UIDPLUS an EXPUNGE would take this along.
  await elsewhere.deliver(letter({ subject: 'marked by another program' }), { mailbox: 'Drafts', flags: '\\Deleted' });
  const second = await save('Ropes', first.id, { messageId });
  expect(second).toMatchObject({ left: { id: first.id, problem: 'unsupported' } });
  expect(await kept('Ropes')).toHaveLength(2);
  await elsewhere.raw.command('SELECT Drafts');
  await elsewhere.raw.command('EXPUNGE');
  await discardDraft(writer.mail, first.id ?? '');
  expect(await save('Ropes', second.id, { messageId })).toMatchObject({ left: null, otherId: null });
  expect(await kept('Ropes')).toHaveLength(1);
});

test('one’s own copies that ask for a receipt are marked, so that no program asks oneself', async () => {
  await save('Asks', null, { wantsReadReceipt: true });
  await save('Asks not', null);
  expect(await kept('Asks')).toMatchObject([{ keywords: expect.arrayContaining(['$mdnsent']) }]);
  expect((await kept('Asks not'))[0]?.keywords).not.toContain('$mdnsent');
  const to = [{ name: null, email: ann }];
  const { id } = await writer.send({ to, subject: 'Asks', wantsReadReceipt: true });
  await writer.reached(id, ['filed']);
  expect(await writer.list('sent')).toMatchObject([{ keywords: expect.arrayContaining(['$mdnsent', '$seen']) }]);
  const arrived = (await writer.list('inbox')).find(({ subject }) => subject === 'Asks');
  expect(arrived?.keywords).not.toContain('$mdnsent');
});

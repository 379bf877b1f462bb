import { afterAll, beforeAll, expect, test } from 'vitest';
import { composition } from '../../contract/writing.ts';
import { databases } from '../../store/testing/databases.ts';
import { decideSubmission } from './answer.ts';
import { saveDraft } from './drafts.ts';
import { type Desk, openDesk, type Writer } from './testing/desk.ts';

const [ann, bob] = ['ann@example.org', 'bob@example.org'] as const;
const to = [{ name: null, email: bob }];
let desk: Desk;
let writer: Writer;
let reader: Writer;

beforeAll(async () => {
  const database = databases[0] as (typeof databases)[number];
  desk = await openDesk({ database, usernames: [ann, bob], dovecot: { specialUse: {} } });
  [writer, reader] = [await desk.signIn(ann), await desk.signIn(bob)];
});
afterAll(async () => desk?.close());

test('a draft without a folder for drafts is told as that, and kept once the folder was made', async () => {
  const { accountId, mail } = writer;
  const message = composition.parse({ from: { name: null, email: ann }, subject: 'Tide' });
  const save = () => saveDraft({ accountId, username: ann, mail, message, replaces: null });
  await expect(save()).rejects.toMatchObject({ code: 'notFound', detail: 'drafts' });
  await mail.createMailbox({ name: 'Drafts', parentId: null, role: 'drafts' });
  await save();
  expect(await writer.list('drafts')).toMatchObject([{ subject: 'Tide' }]);
});

test('a message without a folder for its copy goes out once; the copy is kept once the folder was made', async () => {
  const { signedIn, accountId, mail } = writer;
  const { id } = await writer.send({ to });
  await expect.poll(async () => (await writer.submission(id)).problem, { timeout: 10_000 }).toBe('notFound');
  expect(await writer.submission(id)).toMatchObject({ state: 'accepted' });
  await mail.createMailbox({ name: 'Sent', parentId: null, role: 'sent' });
  await decideSubmission(signedIn, { accountId, id, decision: 'again' });
  expect(await writer.reached(id, ['filed'])).toMatchObject({ problem: null });
  expect([(await writer.list('sent')).length, (await reader.list('inbox')).length]).toEqual([1, 1]);
  expect(desk.smtp.received).toHaveLength(1);
});

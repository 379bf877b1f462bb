import { afterAll, beforeAll, expect, test } from 'vitest';
import { letter } from '../../mail/testing/letters.ts';
import { openElsewhere } from '../../mail/testing/people.ts';
import { databases } from '../../store/testing/databases.ts';
import { sendReceipt } from './receipt.ts';
import { type Desk, openDesk, password } from './testing/desk.ts';

const [ann, bob] = ['ann@example.org', 'bob@example.org'] as const;
let desk: Desk;
beforeAll(async () => {
  const database = databases[0] as (typeof databases)[number];
  desk = await openDesk({ database, usernames: [ann, bob], protocol: 'pop3' });
});
afterAll(async () => desk?.close());

test('a receipt over POP3 is sent once: the mark is kept here', async () => {
  const elsewhere = await openElsewhere(desk.dovecot, { username: bob, password });
  await elsewhere.deliver(letter({ subject: 'Tide', headers: [`Disposition-Notification-To: Ann <${ann}>`] }));
  elsewhere.close();
  const { signedIn, accountId, mail, list, reached } = await desk.signIn(bob);
  const messageId = (await list('inbox'))[0]?.id ?? '';
  const request = { from: { name: null, email: bob }, subject: 'Read: Tide', text: 'It was opened.', holdMs: 0 };
  const answer = () => sendReceipt(signedIn, { accountId, mail, messageId, request });
  const sent = await answer();
  await expect(answer()).rejects.toMatchObject({ code: 'conflict' });
  await reached(sent.id, ['filed']);
  expect(desk.smtp.received).toHaveLength(1);
  expect((await list('inbox'))[0]?.keywords).toContain('$mdnsent');
});

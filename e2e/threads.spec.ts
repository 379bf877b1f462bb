import { letter } from '../lib/mail/testing/letters.ts';
import { axeOf } from './axe.ts';
import { expect, test } from './fixture.ts';
import type { Person } from './servers/person.ts';

const answer = (id: string, subject: string, from: string, minute: number, references: string[], body: string) =>
  letter({
    ...{ subject, from: `${from} <${from.toLowerCase()}@example.org>`, body },
    date: `Mon, 05 Jan 2026 10:${String(minute).padStart(2, '0')}:00 +0000`,
    headers: references.length === 0 ? [] : [`References: ${references.map((one) => `<${one}@t.example>`).join(' ')}`],
  }).replace(/Message-ID: .*/, `Message-ID: <${id}@t.example>`);

/** Three letters about the tide, one of them of before lunch, and lunch. */
async function deliverTide({ elsewhere }: Person): Promise<void> {
  const seen = { flags: '\\Seen' };
  await elsewhere.deliver(answer('a', 'Tide', 'Ann', 1, [], 'The first words.'), seen);
  await elsewhere.deliver(answer('b', 'Re: Tide', 'Bob', 2, ['a'], 'The second words.'), seen);
  await elsewhere.deliver(answer('l', 'Lunch', 'Dan', 3, [], 'See you at noon.'), seen);
  await elsewhere.deliver(answer('c', 'Re: Tide', 'Cid', 4, ['a', 'b'], 'The third words.'));
}

for (const protocol of ['imap', 'pop3'] as const) {
  test.describe(`conversations over ${protocol}`, () => {
    test('are a row each, and are read whole', async ({ person, mail, enter }) => {
      await deliverTide(person);
      await enter({ ...person, protocol });
      await expect(mail.rows).toHaveCount(2);
      const row = mail.row('Re: Tide');
      await expect(row).toContainText('Ann, Bob, Cid');
      await expect(row.getByText('3 messages in this conversation')).toHaveCount(1);
      await expect(row.getByText('Unread.')).toHaveCount(1);
      await mail.open('Re: Tide');
      await expect(mail.reader.getByText('The third words.')).toBeVisible();
      const others = mail.reader.getByRole('list', { name: 'Conversation' }).getByRole('listitem');
      await expect(others).toHaveCount(2);
      // POP3 keeps no flags, so there all of it is unread, and open.
      if (protocol === 'imap') {
        await expect(mail.reader.getByText('The first words.')).toHaveCount(1);
        await others.first().getByRole('button', { name: /Ann/ }).click();
        await expect(others.first().getByRole('button', { name: /Ann/ })).toHaveAttribute('aria-expanded', 'true');
      }
      await expect(others.first().getByText('The first words.')).toBeVisible();
      await expect(row.getByText('Unread.')).toHaveCount(0);
    });

    test('are archived whole, in numbers, and come back', async ({ page, person, mail, enter }) => {
      await deliverTide(person);
      await enter({ ...person, protocol });
      await mail.choose('Re: Tide');
      await mail.choice('Archive').click();
      await expect(mail.toasts).toContainText('3 messages moved to Archive');
      await expect(mail.rows).toHaveCount(1);
      await mail.undo.click();
      await expect(mail.row('Re: Tide').getByText('3 messages in this conversation')).toHaveCount(1);
      // Whoever leaves before the undo was sent has not undone it.
      await expect.poll(() => person.elsewhere.count()).toBe(4);
      await page.reload();
      await mail.isReady();
      await expect(mail.row('Re: Tide').getByText('3 messages in this conversation')).toHaveCount(1);
    });

    test('lose one message without the others', async ({ page, person, mail, enter }) => {
      await deliverTide(person);
      await enter({ ...person, protocol });
      await mail.open('Re: Tide');
      const others = mail.reader.getByRole('list', { name: 'Conversation' }).getByRole('listitem');
      await expect(others).toHaveCount(2);
      const own = mail.reader.getByRole('group', { name: 'This message' }).last();
      const moved = page.waitForResponse(/\/messages\/move$/);
      await own.getByRole('button', { name: 'Delete' }).click();
      await expect(mail.toasts).toContainText('Moved to Trash');
      await moved;
      const isWithout = async () => {
        await expect(others).toHaveCount(1);
        await expect(mail.reader.getByText('The second words.')).toBeVisible();
        await expect(mail.row('Tide').getByText('2 messages in this conversation')).toHaveCount(1);
      };
      await isWithout();
      // What the server makes of the conversation is what counts.
      await page.reload();
      await mail.isReady();
      await isWithout();
    });

    test('are single messages again where one wants that', async ({ page, person, mail, enter }) => {
      await deliverTide(person);
      await enter({ ...person, protocol });
      await expect(mail.rows).toHaveCount(2);
      await page.keyboard.press(',');
      const choice = mail.dialog('Settings').getByRole('group', { name: 'Group messages into conversations' });
      const saved = page.waitForResponse(/\/api\/settings$/);
      await choice.getByRole('radio', { name: 'Off' }).click();
      await saved;
      await page.keyboard.press('Escape');
      await expect(mail.rows).toHaveCount(4);
      await page.reload();
      await mail.isReady();
      await expect(mail.rows).toHaveCount(4);
    });
  });
}

test('a conversation goes to the top with an answer, and is one less when another client deletes', async ({
  person,
  mail,
  enter,
}) => {
  await deliverTide(person);
  await person.elsewhere.deliver(answer('n', 'News', 'Eve', 5, [], 'News.'), { flags: '\\Seen' });
  await enter(person);
  await expect(mail.folders.getByText(/^Live/)).toBeVisible();
  await expect(mail.rows.first()).toContainText('News');
  await person.elsewhere.deliver(answer('d', 'Re: Tide', 'Dora', 6, ['a', 'c'], 'The fourth words.'));
  await expect(mail.rows.first()).toContainText('Ann, Bob, Cid, Dora');
  await expect(mail.rows).toHaveCount(3);
  await person.elsewhere.raw.command('SELECT INBOX');
  await person.elsewhere.raw.command('STORE 1 +FLAGS (\\Deleted)');
  await person.elsewhere.raw.command('EXPUNGE');
  await expect(mail.rows.first().getByText('3 messages in this conversation')).toHaveCount(1);
});

test('the keyboard goes through a conversation', async ({ page, person, mail, enter }) => {
  await deliverTide(person);
  await enter(person);
  await mail.open('Re: Tide');
  const others = mail.reader.getByRole('list', { name: 'Conversation' }).getByRole('listitem');
  await expect(others).toHaveCount(2);
  await page.keyboard.press('p');
  await expect(others.nth(1).getByRole('button').first()).toBeFocused();
  await page.keyboard.press('p');
  await page.keyboard.press('Enter');
  await expect(others.first().getByText('The first words.')).toBeVisible();
});

test('an answer in Sent stands in its conversation, moves nothing when it comes, and is acted on when that is asked for', async ({
  page,
  person,
  mail,
  enter,
}) => {
  const seen = { flags: '\\Seen' };
  const { elsewhere } = person;
  await elsewhere.deliver(answer('a', 'Tide', 'Ann', 1, [], 'The first words.'), seen);
  await elsewhere.deliver(answer('b', 'Re: Tide', 'Me', 2, ['a'], 'My own words.'), { ...seen, mailbox: 'Sent' });
  const third = answer('c', 'Re: Tide', 'Ann', 4, ['a', 'b'], 'The third words.');
  await elsewhere.deliver(third.replace('References:', 'In-Reply-To: <b@t.example>\r\nReferences:'), seen);
  await elsewhere.deliver(answer('l', 'Lunch', 'Dan', 3, [], 'See you at noon.'), seen);
  await enter(person);
  // What is elsewhere waits until the text was found where it stands.
  const gate = new EventTarget();
  const held = new Promise((resolve) => gate.addEventListener('open', resolve));
  await page.route(/\/relatives/, async (route) => {
    await held;
    await route.continue();
  });
  await mail.open('Re: Tide');
  const text = mail.reader.getByText('The third words.');
  await expect(text).toBeVisible();
  const lines = mail.reader.getByRole('list', { name: 'Conversation' }).getByRole('listitem');
  await expect(lines).toHaveText([/Ann/]);
  const before = await text.boundingBox();
  gate.dispatchEvent(new Event('open'));
  await expect(lines).toHaveText([/Ann/, /Me.*Sent/]);
  expect(await text.boundingBox()).toEqual(before);
  await lines.last().getByRole('button', { name: /Me/ }).click();
  await expect(lines.last().getByText('My own words.')).toBeVisible();
  await expect(lines.last().getByRole('link', { name: 'Open in Sent' })).toBeVisible();
  expect((await axeOf(page).include('[data-reader]').analyze()).violations).toEqual([]);
  await mail.tool('Flag').click();
  await expect.poll(() => elsewhere.flagsOf('Tide')).toContain('\\Flagged');
  expect(await elsewhere.flagsOf('Tide', 'Sent')).toEqual(['\\Seen']);
  await mail.tool('More').click();
  await mail.menuItem('Also in other folders (1)').press('Enter');
  await mail.menuItem('Delete').click();
  await expect(mail.toasts).toContainText('3 messages moved to Trash');
  await expect.poll(() => elsewhere.count('Sent')).toBe(0);
  await mail.undo.click();
  await expect.poll(() => elsewhere.count('Sent')).toBe(1);
  await expect.poll(() => elsewhere.count()).toBe(3);
});

import type { Page } from '@playwright/test';
import { rawListing } from '../lib/mail/pop3/testing/raw-session.ts';
import { letter, letterWithFile } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';
import type { Person } from './servers/person.ts';
import { signIn, signOut } from './sign-in.ts';

/** The same mailbox by the other protocol. */
const byPop3 = (person: Person): Person => ({ ...person, protocol: 'pop3' });

/** By the palette, as somebody would who knows that there is such a thing. */
async function turnConversationsOff(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('group into conv');
  await page.keyboard.press('Enter');
}

test('the newest is first, and what is opened is read whole', async ({ person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Older' }));
  await person.elsewhere.deliver(letterWithFile('Newer', Buffer.from('%PDF-1.4')));
  await enter(byPop3(person));
  await expect(mail.rows.nth(0)).toContainText('Newer');
  await expect(mail.rows.nth(1)).toContainText('Older');
  await mail.open('Newer');
  await expect(mail.frame.getByText('Grüße from the HTML part.')).toBeVisible();
  await expect(mail.reader.getByRole('link', { name: /^report\.pdf/ })).toBeVisible();
});

test('what is filed is in its folder here, and another client still finds it', async ({
  person,
  mail,
  enter,
  servers,
}) => {
  await person.elsewhere.deliver(letter({ subject: 'Alone' }));
  const login = { port: servers.ports.pop3, username: person.username, password: person.password };
  await enter(byPop3(person));
  await mail.open('Alone');
  await mail.tool('Archive').click();
  await expect(mail.row('Alone')).toHaveCount(0);
  expect((await rawListing(login)).uidls).toHaveLength(1);
});

test('a message stands among those that answer it, also one filed elsewhere', async ({ page, person, mail, enter }) => {
  const answer = letter({
    subject: 'Re: Tide',
    from: 'Cid <cid@example.org>',
    headers: ['References: <root@t.example>'],
  });
  await person.elsewhere.deliver(letter({ subject: 'Tide' }).replace(/Message-ID: .*/, 'Message-ID: <root@t.example>'));
  await person.elsewhere.deliver(answer);
  await person.elsewhere.deliver(letter({ subject: 'Alone' }));
  await enter(byPop3(person));
  // In single messages: a conversation in one row has a file of its own (threads.spec.ts).
  await turnConversationsOff(page);
  await mail.open('Alone');
  const strip = mail.reader.getByRole('button', { name: /in this conversation/ });
  await expect(mail.reader.getByText('See you at noon.')).toBeVisible();
  await expect(strip).toHaveCount(0);
  await mail.open('Re: Tide');
  await expect(strip).toHaveText('2 of 2 in this conversation');
  await mail.tool('Archive').click();
  await expect(mail.row('Re: Tide')).toHaveCount(0);
  await mail.open('Tide');
  await strip.click();
  const entries = mail.reader.getByRole('region', { name: 'Conversation' }).getByRole('link');
  await expect(entries).toHaveCount(2);
  await expect(entries.nth(1)).toContainText('Archive');
  await entries.nth(1).click();
  await expect(mail.reader.getByRole('heading', { name: 'Re: Tide' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Archive/ })).toHaveAttribute('aria-current', /.+/);
  await expect(page.getByRole('link', { name: /^Archive/ })).toHaveAccessibleDescription(
    'Kept here, not on the mail server',
  );
  await expect(page.getByRole('link', { name: /^Inbox/ })).toHaveAccessibleDescription('');
});

test('flags and what was read outlive the session, though POP3 knows neither', async ({
  page,
  person,
  mail,
  enter,
}) => {
  for (const subject of ['Plain', 'Precious']) await person.elsewhere.deliver(letter({ subject }));
  await enter(byPop3(person));
  await mail.open('Precious');
  await mail.tool('Flag').click();
  await expect(mail.row('Precious').getByRole('img', { name: 'Flagged' })).toBeVisible();
  await expect(mail.row('Precious').getByText('Unread.')).toHaveCount(0);
  await page.goto('/icon.svg');
  await signOut(page.context());
  await signIn(page.context(), byPop3(person));
  await page.goto('/mail');
  await expect(mail.row('Precious').getByRole('img', { name: 'Flagged' })).toBeVisible();
  await expect(mail.row('Precious').getByText('Unread.')).toHaveCount(0);
  await expect(mail.row('Plain').getByText('Unread.')).toHaveCount(1);
  // Kept by us: the server was told nothing. (Dovecot itself marks what was fetched as seen.)
  expect(await person.elsewhere.flagsOf('Precious')).not.toContain('\\Flagged');
});

test('a word of a text is found', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'One', body: 'a bollard by the quay' }));
  await person.elsewhere.deliver(letter({ subject: 'Two', body: 'nothing of the kind' }));
  await enter(byPop3(person));
  await mail.search.fill('bollard');
  await page.keyboard.press('Enter');
  await expect(mail.rows).toHaveCount(1);
  await expect(mail.rows).toContainText('One');
});

test('deleting moves to Trash, for good only here, and leaves the server as it is; the account page tells at once', async ({
  page,
  person,
  mail,
  enter,
  servers,
}) => {
  for (const subject of ['Stays', 'Goes']) await person.elsewhere.deliver(letter({ subject }));
  const login = { port: servers.ports.pop3, username: person.username, password: person.password };
  await enter(byPop3(person));
  await mail.open('Goes');
  await mail.tool('Delete').click();
  await expect(mail.row('Goes')).toHaveCount(0);
  await expect(mail.row('Stays')).toBeVisible();
  await page.getByRole('link', { name: /^Trash/ }).click();
  await mail.open('Goes');
  await mail.tool('Delete for good').click();
  const question = mail.dialog('Delete this message for good?');
  await question.getByRole('button', { name: 'Delete for good' }).click();
  await expect(mail.row('Goes')).toHaveCount(0);
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Where my mail is…' }).click();
  await expect(mail.dialog('Account')).toContainText('2 messages are on 127.0.0.1');
  await expect(mail.dialog('Account')).toContainText('1 is kept here whole');
  expect((await rawListing(login)).uidls).toHaveLength(2);
});

test('mail that came in meanwhile is there after asking for it', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Early' }));
  await enter(byPop3(person));
  await expect(mail.row('Early')).toBeVisible();
  await person.elsewhere.deliver(letter({ subject: 'Late' }));
  await page.keyboard.press('Shift+n');
  await expect(mail.row('Late')).toBeVisible();
});

test('deleting for good says that the server follows the rule, has Undo, and then the message is gone here', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await person.elsewhere.deliver(letter({ subject: 'Goes' }));
  await enter(byPop3(person));
  await mail.open('Goes');
  await mail.tool('Delete').click();
  await expect(mail.row('Goes')).toHaveCount(0);
  await mail.goTo(mail.folder('Trash'));
  await mail.open('Goes');
  await mail.tool('Delete for good').click();
  const question = mail.dialog('Delete this message for good?');
  await expect(question).toContainText(
    'It is removed from Posthorn. What the mail server still has stays there or goes',
  );
  await question.getByRole('button', { name: 'Delete for good' }).click();
  await expect(mail.row('Goes')).toHaveCount(0);
  await expect(mail.toasts).toContainText('Deleted for good');
  await mail.undo.click();
  await expect(mail.row('Goes')).toBeVisible();
  await page.reload();
  await mail.open('Goes');
  await mail.tool('Delete for good').click();
  await question.getByRole('button', { name: 'Delete for good' }).click();
  await expect(mail.row('Goes')).toHaveCount(0);
  await page.reload();
  await expect(mail.row('Goes')).toHaveCount(0);
  await mail.goTo(mail.folder('Inbox'));
  await expect(mail.row('Goes')).toHaveCount(0);
  expect(await person.elsewhere.count()).toBe(1);
});

test('a Trash that was emptied can be had back', async ({ page, person, mail, enter }) => {
  for (const subject of ['One', 'Two']) await person.elsewhere.deliver(letter({ subject }));
  await enter(byPop3(person));
  for (const subject of ['One', 'Two']) {
    await mail.open(subject);
    await mail.tool('Delete').click();
    await expect(mail.row(subject)).toHaveCount(0);
  }
  await mail.goTo(mail.folder('Trash'));
  await expect(mail.rows).toHaveCount(2);
  await page.getByRole('button', { name: 'Sort and more' }).click();
  await mail.menuItem('Empty Trash…').click();
  const question = mail.dialog('Empty Trash?');
  await expect(question).toContainText('For an hour it can be undone.');
  await question.getByRole('button', { name: 'Delete for good' }).click();
  await expect(mail.rows).toHaveCount(0);
  // Until that is done, the one of the last deletion is still there.
  await expect(mail.toasts).toContainText('deleted for good');
  await mail.undo.click();
  await expect(mail.rows).toHaveCount(2);
  await page.reload();
  await expect(mail.rows).toHaveCount(2);
});

test('a folder that lives here is deleted with its mail in Trash, and comes back whole by Undo', async ({
  page,
  person,
  mail,
  enter,
  forgive,
}) => {
  // The list of the folder was asked for once more while the folder went.
  forgive(/status of 404/);
  await person.elsewhere.deliver(letter({ subject: 'Filed' }));
  await enter(byPop3(person));
  await page.getByRole('button', { name: /^Account/ }).click();
  await mail.menuItem('New folder…').click();
  await mail.dialog('New folder').getByRole('textbox', { name: 'Name' }).fill('Ferry plans');
  await page.keyboard.press('Enter');
  await mail.row('Filed').dragTo(mail.folder('Ferry plans'));
  await mail.goTo(mail.folder('Ferry plans'));
  await expect(mail.row('Filed')).toBeVisible();
  await mail.folder('Ferry plans').click({ button: 'right' });
  await mail.menuItem('Delete folder…').click();
  const question = mail.dialog('Delete Ferry plans?');
  await expect(question).toContainText('to Trash');
  await question.getByRole('button', { name: 'Delete folder' }).click();
  await expect(mail.folder('Ferry plans')).toHaveCount(0);
  await expect(mail.toasts).toContainText('Ferry plans was deleted; its mail is in Trash');
  await mail.goTo(mail.folder('Trash'));
  await expect(mail.row('Filed')).toBeVisible();
  await mail.undo.click();
  await expect(mail.row('Filed')).toHaveCount(0);
  await mail.goTo(mail.folder('Ferry plans'));
  await expect(mail.row('Filed')).toBeVisible();
});

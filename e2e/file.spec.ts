import { letter } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';
import { manyLetters } from './letters.ts';

test('a flag is set and, by Undo, taken off again', async ({ person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Shining' }), { flags: '\\Seen' });
  await enter(person);
  await mail.open('Shining');
  await mail.tool('Flag').click();
  await expect(mail.row('Shining').getByRole('img', { name: 'Flagged' })).toBeVisible();
  await expect(mail.toasts).toContainText('Flagged');
  await expect.poll(() => person.elsewhere.flagsOf('Shining')).toContain('\\Flagged');
  await mail.undo.click();
  await expect(mail.row('Shining').getByRole('img', { name: 'Flagged' })).toHaveCount(0);
  await expect.poll(() => person.elsewhere.flagsOf('Shining')).toEqual(['\\Seen']);
});

test('an open message is marked unread and stays so', async ({ person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Later' }), { flags: '\\Seen' });
  await enter(person);
  await mail.open('Later');
  await mail.tool('Mark as unread').click();
  await expect(mail.row('Later').getByText('Unread.')).toHaveCount(1);
  await expect.poll(() => person.elsewhere.flagsOf('Later')).toEqual([]);
  await expect(mail.folder('Inbox')).toHaveAccessibleName(/1 unread/);
  await expect(mail.tool('Mark as read')).toBeVisible();
});

test('archiving opens the next message, and Undo brings the archived one back', async ({ person, mail, enter }) => {
  for (const subject of ['Older', 'Newer']) await person.elsewhere.deliver(letter({ subject }));
  await enter(person);
  await mail.open('Newer');
  await expect(mail.reader.getByText('See you at noon.')).toBeVisible();
  await mail.tool('Archive').click();
  await expect(mail.row('Newer')).toHaveCount(0);
  await expect(mail.subject).toHaveText('Older');
  await expect(mail.toasts).toContainText('Moved to Archive');
  await expect.poll(() => person.elsewhere.flagsOf('Newer', 'Archive')).not.toBeNull();
  expect(await person.elsewhere.flagsOf('Newer')).toBeNull();
  await mail.undo.click();
  await expect(mail.row('Newer')).toHaveCount(1);
  await expect.poll(() => person.elsewhere.flagsOf('Newer')).not.toBeNull();
  expect(await person.elsewhere.count('Archive')).toBe(0);
});

test('a message is moved by its menu to a folder that is found by typing', async ({ page, person, mail, enter }) => {
  await person.elsewhere.raw.command('CREATE "Projects/Harbour wall"');
  await person.elsewhere.deliver(letter({ subject: 'Stones' }));
  await enter(person);
  await mail.row('Stones').click({ button: 'right' });
  await mail.menuItem('Move to…').click();
  await page.getByPlaceholder(/^Move to… Type a folder/).fill('wall');
  await page.keyboard.press('Enter');
  await expect(mail.row('Stones')).toHaveCount(0);
  await expect.poll(() => person.elsewhere.count('Projects/Harbour wall')).toBe(1);
  expect(await person.elsewhere.count()).toBe(0);
});

test('several are dragged onto a folder', async ({ person, mail, enter }) => {
  await person.elsewhere.raw.command('CREATE Boats');
  for (const subject of ['Oars', 'Sails', 'Anchors']) await person.elsewhere.deliver(letter({ subject }));
  await enter(person);
  await mail.choose('Oars');
  await mail.choose('Sails');
  await mail.row('Oars').dragTo(mail.folder('Boats'));
  await expect(mail.toasts).toContainText('2 messages moved to Boats');
  await expect(mail.row('Sails')).toHaveCount(0);
  await expect(mail.row('Anchors')).toHaveCount(1);
  await expect.poll(() => person.elsewhere.count('Boats')).toBe(2);
  expect(await person.elsewhere.flagsOf('Anchors')).not.toBeNull();
});

test('junk goes to Junk, and from there back to the inbox', async ({ person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'You have won' }));
  await enter(person);
  await mail.open('You have won');
  await mail.tool('Junk').click();
  await expect.poll(() => person.elsewhere.count('Junk')).toBe(1);
  expect(await person.elsewhere.count()).toBe(0);
  await mail.goTo(mail.folder('Junk'));
  await mail.open('You have won');
  await mail.tool('Not junk').click();
  await expect.poll(() => person.elsewhere.count()).toBe(1);
  expect(await person.elsewhere.count('Junk')).toBe(0);
});

test('a copy leaves the message where it is', async ({ page, person, mail, enter }) => {
  await person.elsewhere.raw.command('CREATE Boats');
  await person.elsewhere.deliver(letter({ subject: 'Twice' }));
  await enter(person);
  await mail.open('Twice');
  await mail.tool('More').click();
  await mail.menuItem('Copy to…').click();
  await page.getByPlaceholder(/^Copy to…/).fill('boats');
  await page.keyboard.press('Enter');
  await expect(mail.toasts).toContainText('Copied to Boats');
  await expect.poll(() => person.elsewhere.count('Boats')).toBe(1);
  expect(await person.elsewhere.count()).toBe(1);
  await expect(mail.row('Twice')).toHaveCount(1);
});

test('all of a folder are moved at once, and all come back', async ({ page, person, mail, enter }) => {
  for (const one of manyLetters(130)) await person.elsewhere.deliver(one);
  await enter(person);
  await mail.choose('Letter 130');
  await page.getByRole('button', { name: 'Select all 130 in this folder' }).click();
  await expect(page.getByRole('toolbar', { name: '130 selected' })).toBeVisible();
  await page.getByRole('toolbar', { name: '130 selected' }).getByRole('button', { name: 'Archive' }).click();
  await expect(mail.toasts).toContainText('130 messages moved to Archive');
  await expect.poll(() => person.elsewhere.count('Archive')).toBe(130);
  // They are in both for a moment.
  await expect.poll(() => person.elsewhere.count()).toBe(0);
  await expect(page.getByText('All read, all done')).toBeVisible();
  await mail.undo.click();
  await expect.poll(() => person.elsewhere.count()).toBe(130);
  await expect(mail.row('Letter 130')).toHaveCount(1);
});

test('a range is chosen with Shift, and marked read together', async ({ page, person, mail, enter }) => {
  for (const one of manyLetters(6)) await person.elsewhere.deliver(one);
  await enter(person);
  await mail.choose('Letter 5');
  await mail.row('Letter 3').click({ modifiers: ['Shift'] });
  await page.getByRole('toolbar', { name: '3 selected' }).getByRole('button', { name: 'Mark as read' }).click();
  await expect(mail.toasts).toContainText('3 messages marked as read');
  await expect.poll(() => person.elsewhere.flagsOf('Letter 4')).toEqual(['\\Seen']);
  for (const subject of ['Letter 3', 'Letter 5']) expect(await person.elsewhere.flagsOf(subject)).toEqual(['\\Seen']);
  for (const subject of ['Letter 2', 'Letter 6']) expect(await person.elsewhere.flagsOf(subject)).toEqual([]);
});

test('a folder that was deleted meanwhile: the message comes back, with a sentence', async ({
  page,
  person,
  mail,
  enter,
  silence,
}) => {
  // Nobody tells of it.
  await silence();
  await person.elsewhere.raw.command('CREATE Boats');
  await person.elsewhere.deliver(letter({ subject: 'Nowhere to go' }));
  await enter(person);
  await expect(mail.folder('Boats')).toBeVisible();
  await person.elsewhere.raw.command('DELETE Boats');
  await mail.row('Nowhere to go').click({ button: 'right' });
  await mail.menuItem('Move to…').click();
  await page.getByPlaceholder(/^Move to…/).fill('boats');
  await page.keyboard.press('Enter');
  await expect(mail.toasts).toContainText('This is no longer there.');
  await expect(mail.row('Nowhere to go')).toHaveCount(1);
  expect(await person.elsewhere.flagsOf('Nowhere to go')).not.toBeNull();
});

test('a message that another client took away while it was open', async ({ page, person, mail, enter, forgive }) => {
  await person.elsewhere.deliver(letter({ subject: 'Staying' }));
  await person.elsewhere.deliver(letter({ subject: 'Fleeting', body: 'Gone soon.' }));
  await enter(person);
  await mail.open('Fleeting');
  await expect(mail.reader.getByText('Gone soon.')).toBeVisible();
  await person.elsewhere.expunge('Fleeting');
  await expect(mail.row('Fleeting')).toHaveCount(0);
  await expect(mail.reader.getByText('Gone soon.')).toBeVisible();
  forgive(/status of (404|410)/);
  await page.reload();
  await expect(mail.reader.getByText('This message is no longer here')).toBeVisible();
  await mail.reader.getByRole('button', { name: 'Back to the list' }).last().click();
  await mail.open('Staying');
});

test('acting on a message that has just been taken away is told, and nothing else is touched', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await person.elsewhere.deliver(letter({ subject: 'Staying' }));
  await person.elsewhere.deliver(letter({ subject: 'Fleeting' }));
  await enter(person);
  await mail.row('Fleeting').click({ button: 'right' });
  await expect(mail.menuItem('Archive')).toBeVisible();
  // No event tells the page: it acts on what it shows.
  await page.context().route('**/api/accounts/*/messages/move', async (route) => {
    await person.elsewhere.expunge('Fleeting');
    await route.continue();
  });
  await mail.menuItem('Archive').click();
  await expect(mail.toasts).toContainText('This is no longer there.');
  await expect(mail.row('Fleeting')).toHaveCount(0);
  await expect(mail.row('Staying')).toHaveCount(1);
  expect(await person.elsewhere.count('Archive')).toBe(0);
});

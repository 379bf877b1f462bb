import type { Page } from '@playwright/test';
import { letter } from '../lib/mail/testing/letters.ts';
import { axeOf } from './axe.ts';
import { expect, test } from './fixture.ts';
import { newsletter } from './letters.ts';
import { ines } from './servers/person.ts';

// What fades in is not yet what is read.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** Nothing serious by axe, in light and in dark, which differ by their colours alone. The text of a mail is its writer's. */
async function isAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = axeOf(page);
    if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block']);
    const { violations } = await axe.analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const told = serious.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, any }) => `${target} ${any.map(({ message }) => message)}`).join('\n  ')}`,
    );
    expect(told, colorScheme).toEqual([]);
  }
}

test('signing in, with its complaints', async ({ page, forgive }) => {
  forgive(/callback\/credentials/);
  await page.goto('/signin');
  await expect(page.getByRole('textbox', { name: 'Address' })).toBeVisible();
  await isAccessible(page);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Write your mail address.')).toBeVisible();
  await isAccessible(page);
  await page.getByRole('textbox', { name: 'Address' }).fill('somebody@closed.example');
  await page.getByLabel('Password', { exact: true }).fill('whatever');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('The mail server cannot be reached.')).toBeVisible();
  await isAccessible(page);
});

test('the inbox, with messages chosen', async ({ page, mail, enter }) => {
  await enter(ines);
  await isAccessible(page);
  await mail.rows.nth(1).getByRole('checkbox').click();
  await expect(page.getByRole('toolbar', { name: '1 selected' })).toBeVisible();
  await isAccessible(page);
});

test('an open message, plain and formatted, with its files and its menu', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(newsletter('Spring list'));
  await person.elsewhere.deliver(letter({ subject: 'Plain' }));
  await enter(person);
  await mail.open('Plain');
  await isAccessible(page);
  await mail.open('Spring list');
  await expect(mail.reader.getByText(/pictures held back/)).toBeVisible();
  await mail.reader.getByRole('button', { name: 'From where' }).click();
  await mail.reader.getByRole('button', { name: /Show all addresses/ }).click();
  await isAccessible(page);
  await mail.tool('More').click();
  await expect(mail.menuItem('Show as plain text')).toBeVisible();
  await isAccessible(page);
});

test('palette, shortcuts, settings and the folder picker', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Under it' }));
  await enter(person);
  await page.keyboard.press('j');
  for (const [key, name] of [
    ['Control+k', 'Commands'],
    ['?', 'Keyboard shortcuts'],
    [',', 'Settings'],
    ['v', 'Move to…'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(mail.dialog(name)).toBeVisible();
    await isAccessible(page);
    await page.keyboard.press('Escape');
    await mail.hasGone(name);
  }
});

test('a question, a toast and an empty folder', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Burn this' }), { mailbox: 'Trash' });
  await person.elsewhere.deliver(letter({ subject: 'File this' }));
  await enter(person);
  await mail.open('File this');
  await mail.tool('Archive').click();
  await expect(mail.undo).toBeVisible();
  await expect(page.getByRole('heading', { name: 'All read, all done' })).toBeVisible();
  await isAccessible(page);
  await mail.goTo(mail.folder('Trash'));
  await mail.open('Burn this');
  await mail.tool('Delete for good').click();
  await expect(mail.dialog('Delete this message for good?')).toBeVisible();
  await isAccessible(page);
});

test('search with its results, and without any', async ({ page, mail, enter }) => {
  await enter(ines);
  await mail.search.fill('terminal');
  await page.keyboard.press('Enter');
  await mail.isReady();
  await isAccessible(page);
  await mail.search.fill('no-such-word-anywhere');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  await isAccessible(page);
});

test('headings, landmarks and the title tell where one is', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'One' }));
  await enter(person);
  await expect(page.getByRole('main')).toHaveCount(1);
  await expect(page.getByRole('search')).toHaveCount(1);
  await expect(mail.title).toHaveText('Inbox');
  await expect(page).toHaveTitle(/Inbox · Posthorn/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

import type { Page } from '@playwright/test';
import { letter, letterWithFile } from '../lib/mail/testing/letters.ts';
import { pressLong, smallTargets, swipe } from './fingers.ts';
import { expect, test } from './fixture.ts';
import { newsletter } from './letters.ts';
import { ines } from './servers/person.ts';

const openDrawer = (page: Page) => page.getByRole('button', { name: 'Folders' }).tap();
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test('one pane at a time: the list, a message, and back by the system’s gesture', async ({
  page,
  person,
  mail,
  enter,
}) => {
  for (const subject of ['Lower', 'Upper'])
    await person.elsewhere.deliver(letter({ subject, body: `${subject} text` }));
  await enter(person);
  await mail.row('Upper').tap();
  await expect(mail.reader.getByText('Upper text')).toBeVisible();
  await expect(mail.list).toBeHidden();
  await page.goBack();
  await expect(mail.list).toBeVisible();
  await expect(mail.reader).toBeHidden();
  await mail.row('Lower').tap();
  await expect(mail.reader.getByText('Lower text')).toBeVisible();
  await mail.reader.getByRole('button', { name: 'Back to the list' }).tap();
  await expect(mail.row('Lower')).toBeVisible();
  await page.goBack();
  await expect(mail.reader.getByText('Lower text')).toBeVisible();
  await page.reload();
  await expect(mail.reader.getByText('Lower text')).toBeVisible();
  await expect(mail.list).toBeHidden();
});

test('the folders are a drawer', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Filed' }), { mailbox: 'Archive' });
  await enter(person);
  await expect(mail.folders).toBeHidden();
  await openDrawer(page);
  const drawer = mail.dialog('Folders');
  await expect(drawer.getByRole('button', { name: `Account: ${person.username}` })).toBeVisible();
  await drawer.getByRole('link', { name: 'Archive' }).tap();
  await expect(drawer).toBeHidden();
  await expect(mail.title).toHaveText('Archive');
  await expect(mail.row('Filed')).toBeVisible();
  await openDrawer(page);
  await page.touchscreen.tap(380, 400);
  await expect(drawer).toBeHidden();
});

test('the menus of the drawer lie over it and can be pressed', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Anything' }));
  await enter(person);
  await openDrawer(page);
  await mail
    .dialog('Folders')
    .getByRole('button', { name: `Account: ${person.username}` })
    .tap();
  await mail.menuItem('Settings').tap();
  await expect(mail.dialog('Settings')).toBeVisible();
});

test('every action on an open message is within reach', async ({ person, mail, enter }) => {
  for (const subject of ['Spare', 'In hand']) await person.elsewhere.deliver(letter({ subject }));
  await enter(person);
  await mail.row('In hand').tap();
  for (const name of ['Archive', 'Delete', 'Mark as unread']) await expect(mail.tool(name)).toBeInViewport();
  await mail.tool('More').tap();
  for (const name of ['Junk', 'Flag', 'Move to…', 'Copy to…', 'Save the original (.eml)']) {
    await expect(mail.menuItem(name)).toBeInViewport();
  }
  await mail.menuItem('Flag').tap();
  await expect.poll(() => person.elsewhere.flagsOf('In hand')).toContain('\\Flagged');
  await mail.tool('Delete').tap();
  await expect(mail.list).toBeVisible();
  await expect(mail.row('In hand')).toHaveCount(0);
  await expect.poll(() => person.elsewhere.flagsOf('In hand', 'Trash')).not.toBeNull();
  await mail.undo.tap();
  await expect(mail.row('In hand')).toBeVisible();
  await expect.poll(() => person.elsewhere.flagsOf('In hand')).not.toBeNull();
});

test('a swipe to the left deletes, to the right archives, and a short one does nothing', async ({
  page,
  person,
  mail,
  enter,
}) => {
  for (const subject of ['Stays', 'Kept', 'Dropped']) await person.elsewhere.deliver(letter({ subject }));
  await enter(person);
  await swipe(page, mail.row('Stays'), -40);
  await swipe(page, mail.row('Dropped'), -220);
  await expect(mail.row('Dropped')).toHaveCount(0);
  await expect.poll(() => person.elsewhere.flagsOf('Dropped', 'Trash')).not.toBeNull();
  await swipe(page, mail.row('Kept'), 220);
  await expect(mail.row('Kept')).toHaveCount(0);
  await expect.poll(() => person.elsewhere.flagsOf('Kept', 'Archive')).not.toBeNull();
  await expect(mail.row('Stays')).toBeVisible();
  expect(await person.elsewhere.count()).toBe(1);
});

test('a long press begins to choose, and taps then choose more', async ({ page, person, mail, enter }) => {
  for (const subject of ['One', 'Two', 'Three']) await person.elsewhere.deliver(letter({ subject }));
  await enter(person);
  await pressLong(page, mail.row('Two'), () => expect(page.getByRole('toolbar', { name: '1 selected' })).toBeVisible());
  await mail.row('One').tap();
  const bar = page.getByRole('toolbar', { name: '2 selected' });
  await bar.getByRole('button', { name: 'Archive' }).tap();
  await expect.poll(() => person.elsewhere.count('Archive')).toBe(2);
  await expect(mail.row('Three')).toBeVisible();
});

test('nothing is wider than the screen, at 390 and at 320 px', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: `Unbroken ${'a'.repeat(120)}`, body: `${'b'.repeat(300)}` }));
  await person.elsewhere.deliver(letterWithFile('Long name', Buffer.from('x'), `${'c'.repeat(90)}.pdf`));
  await person.elsewhere.deliver(newsletter('Wide table'));
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 700 });
    await (width === 390 ? enter(person) : page.goto('/mail'));
    await mail.isReady();
    expect(await overflow(page), `list at ${width}`).toBeLessThanOrEqual(0);
    for (const subject of ['Unbroken', 'Long name', 'Wide table']) {
      await mail.row(subject).tap();
      await expect(mail.subject).toContainText(subject);
      await expect(mail.reader.getByRole('article')).toHaveAttribute('aria-busy', 'false');
      expect(await overflow(page), `${subject} at ${width}`).toBeLessThanOrEqual(0);
      const inner = mail.reader
        .locator('div')
        .filter({ has: page.getByRole('article') })
        .last();
      expect(
        await inner.evaluate((pane) => pane.scrollWidth - pane.clientWidth),
        `${subject} in its pane`,
      ).toBeLessThanOrEqual(0);
      await page.goBack();
    }
    await openDrawer(page);
    await expect(mail.dialog('Folders')).toBeVisible();
    expect(await overflow(page), `drawer at ${width}`).toBeLessThanOrEqual(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press(',');
    await expect(mail.dialog('Settings')).toBeVisible();
    expect(await overflow(page), `settings at ${width}`).toBeLessThanOrEqual(0);
    expect(
      await mail.dialog('Settings').evaluate((box) => box.scrollWidth - box.clientWidth),
      `inside the settings at ${width}`,
    ).toBeLessThanOrEqual(0);
    await page.keyboard.press('Escape');
  }
});

test('what a finger aims at is 44 px or more', async ({ page, mail, enter }) => {
  await page.goto('/signin');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect(await smallTargets(page.locator('body')), 'signing in').toEqual([]);
  await enter(ines);
  expect(await smallTargets(page.locator('body')), 'the list').toEqual([]);
  await openDrawer(page);
  await expect(mail.dialog('Folders').getByRole('link', { name: 'Trash' })).toBeVisible();
  const small = await smallTargets(mail.dialog('Folders'));
  // A fold lies within the row of its folder, 36 px wide: more would take the folder's own place.
  expect(
    small.filter((target) => !target.startsWith('button “Fold')),
    'the drawer',
  ).toEqual([]);
  await page.keyboard.press('Escape');
  await mail.row('Photos from the boatyard').tap();
  await expect(mail.reader.getByRole('region', { name: 'Attachments' })).toBeVisible();
  expect(await smallTargets(mail.reader.getByRole('toolbar')), 'the tools').toEqual([]);
  await mail.tool('More').tap();
  await expect(page.getByRole('menu')).toBeVisible();
  expect(await smallTargets(page.getByRole('menu')), 'the menu').toEqual([]);
});

test('the words of a letter are large enough to read, and the search does not zoom', async ({ page, mail, enter }) => {
  await enter(ines);
  const size = (element: Element) => Number.parseFloat(getComputedStyle(element).fontSize);
  expect(await mail.search.evaluate(size)).toBeGreaterThanOrEqual(16);
  await mail.search.tap();
  await mail.search.fill('lunch');
  await page.keyboard.press('Enter');
  await mail.row('Lunch on Thursday?').first().tap();
  expect(await mail.reader.getByText('Eleven tables').evaluate(size)).toBeGreaterThanOrEqual(15);
});

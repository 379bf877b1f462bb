import { letter } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';

test('a whole daily round, from signing in to signing out, without a pointer', async ({ page, person, mail }) => {
  const { deliver, flagsOf, count, raw } = person.elsewhere;
  await raw.command('CREATE Boats');
  for (const subject of ['Five', 'Four', 'Three', 'Two', 'One'])
    await deliver(letter({ subject, body: `It is ${subject}.` }));
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  await page.goto('/signin');
  await page.keyboard.type(person.username);
  await press('Tab');
  await page.keyboard.type(person.password);
  await press('Enter');
  await expect(mail.rows).toHaveCount(5);

  await press('j');
  await expect(mail.row('One')).toBeFocused();
  await press('Enter');
  await expect(mail.reader.getByText('It is One.')).toBeVisible();
  await press('s');
  await expect.poll(() => flagsOf('One')).toContain('\\Flagged');
  await press('e');
  await expect(mail.subject).toHaveText('Two');
  await expect.poll(() => count('Archive')).toBe(1);
  await press('z');
  await expect(mail.row('One')).toHaveCount(1);
  await expect.poll(() => count('Archive')).toBe(0);

  await press('j');
  await expect(mail.subject).toHaveText('Three');
  await press('#');
  await expect.poll(() => flagsOf('Three', 'Trash')).not.toBeNull();
  await expect(mail.subject).toHaveText('Four');
  await press('Shift+u');
  await expect.poll(() => flagsOf('Four')).not.toContain('\\Seen');
  await press('u');
  await expect(page.getByRole('heading', { name: 'No message is open' })).toBeVisible();

  await press('x', 'j', 'x');
  await expect(page.getByRole('toolbar', { name: '2 selected' })).toBeVisible();
  await press('v');
  await expect(mail.dialog('Move to…')).toBeVisible();
  await page.keyboard.type('boats');
  await press('Enter');
  await expect.poll(() => count('Boats')).toBe(2);

  await press('/');
  await expect(mail.search).toBeFocused();
  await page.keyboard.type('one');
  await press('Enter');
  await expect(mail.row('One')).toHaveCount(1);
  await press('Escape');
  await expect(mail.title).toHaveText('Inbox');

  await press('g', 't');
  await expect(mail.title).toHaveText('Sent');
  await press('g', 'i');
  await expect(mail.title).toHaveText('Inbox');
  await press('*', 'a');
  await expect(page.getByRole('toolbar', { name: '2 selected' })).toBeVisible();
  await press('!');
  await expect.poll(() => count('Junk')).toBe(2);

  await press('Control+k');
  await expect(mail.dialog('Commands')).toBeVisible();
  await page.keyboard.type('sign out');
  await press('Enter');
  await expect(page).toHaveURL(/\/signin$/);
});

test('"?" shows every key with its command, and only those that do something here', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await enter(person);
  await page.keyboard.press('?');
  const sheet = mail.dialog('Keyboard shortcuts');
  for (const name of ['Archive', 'Next message', 'Go to Inbox', 'All commands']) {
    await expect(sheet.getByText(name, { exact: true })).toBeVisible();
  }
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('the palette runs commands and finds folders by typing', async ({ page, person, mail, enter }) => {
  await person.elsewhere.raw.command('CREATE Lighthouse');
  await enter(person);
  await page.keyboard.press('Control+k');
  const palette = mail.dialog('Commands');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('lighth');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(mail.title).toHaveText('Lighthouse');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('no such thing at all');
  await expect(palette.getByText('No command is called that.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

test('a letter typed into a field is a letter', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Do not touch' }));
  await enter(person);
  await page.keyboard.press('/');
  await page.keyboard.type('e#!s');
  await expect(mail.search).toHaveValue('e#!s');
  await page.keyboard.press('Escape');
  expect(await person.elsewhere.flagsOf('Do not touch')).toEqual([]);
  expect(await person.elsewhere.count('Archive')).toBe(0);
});

test('what is typed before a dialog has come is not done to the mail', async ({ page, person, mail, enter }) => {
  for (const subject of ['Below', 'Above']) await person.elsewhere.deliver(letter({ subject }));
  await enter(person);
  await page.keyboard.press('j');
  await page.keyboard.press('v');
  await page.keyboard.type('see#');
  await expect(mail.dialog('Move to…')).toBeVisible();
  await page.keyboard.press('Escape');
  await mail.hasGone('Move to…');
  await expect(mail.rows).toHaveCount(2);
  expect(await person.elsewhere.flagsOf('Above')).toEqual([]);
  // The same keys do something once the dialog has gone.
  await page.keyboard.press('s');
  await expect.poll(() => person.elsewhere.flagsOf('Above')).toEqual(['\\Flagged']);
});

test('Tab reaches the folders, the search, the list and the open message, each with a visible focus', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await person.elsewhere.deliver(letter({ subject: 'Reach me' }));
  await enter(person);
  await mail.open('Reach me');
  await page.reload();
  await mail.isReady();
  const wanted = new Set(['nav', 'search', 'grid', 'reader']);
  for (let presses = 0; presses < 60 && wanted.size > 0; presses += 1) {
    await page.keyboard.press('Tab');
    const place = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return null;
      const area = focused.closest('nav, search, [role=grid], [data-reader]');
      const name = area?.getAttribute('role') ?? (area?.hasAttribute('data-reader') ? 'reader' : area?.localName);
      // The frame of the search field shows its focus on the label around it.
      const isSeen = getComputedStyle(focused).outlineStyle !== 'none' || focused.matches('label:focus-within *');
      return isSeen ? (name ?? null) : null;
    });
    if (place !== null) wanted.delete(place);
  }
  expect([...wanted]).toEqual([]);
});

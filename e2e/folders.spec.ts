import { expect, test } from './fixture.ts';
import { manyLetters } from './letters.ts';

test('a folder is made, renamed and deleted, on the server too', async ({ page, person, mail, enter }) => {
  await enter(person);
  const onServer = async () => (await person.elsewhere.raw.command('LIST "" "*"')).untagged.join('\n');
  await page.getByRole('button', { name: /^Account/ }).click();
  await mail.menuItem('New folder…').click();
  const name = mail.dialog('New folder').getByRole('textbox', { name: 'Name' });
  // A press beside the box shuts it; one that began within, as when words are marked, does not.
  await expect(name).toBeFocused();
  await page.mouse.click(5, 5);
  await expect(name).toHaveCount(0);
  await page.getByRole('button', { name: /^Account/ }).click();
  await mail.menuItem('New folder…').click();
  await expect(name).toBeFocused();
  await name.fill('Ferry plans');
  const box = await name.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 10);
  await page.mouse.down();
  await page.mouse.move(5, 5, { steps: 3 });
  await page.mouse.up();
  await expect(name).toHaveValue('Ferry plans');
  await name.press('Enter');
  await expect(mail.folder('Ferry plans')).toBeVisible();
  expect(await onServer()).toContain('Ferry plans');

  await mail.folder('Ferry plans').click({ button: 'right' });
  await mail.menuItem('Rename…').click();
  await page.getByRole('dialog').getByRole('textbox').fill('Ferry maps');
  await page.keyboard.press('Enter');
  await expect(mail.folder('Ferry maps')).toBeVisible();
  await expect(mail.folder('Ferry plans')).toHaveCount(0);
  expect(await onServer()).not.toContain('Ferry plans');

  await mail.goTo(mail.folder('Ferry maps'));
  await expect(page).toHaveTitle(/^Ferry maps/);
  await mail.folder('Ferry maps').click({ button: 'right' });
  await mail.menuItem('Delete folder…').click();
  await mail.dialog('Delete Ferry maps?').getByRole('button', { name: 'Delete folder' }).click();
  await expect(mail.folder('Ferry maps')).toHaveCount(0);
  await expect(mail.title).toHaveText('Inbox');
  await expect(page).toHaveTitle(/^Inbox/);
  expect(await onServer()).not.toContain('Ferry');
});

test('all of a folder, seen or not, are dragged onto another', async ({ page, person, mail, enter }) => {
  await person.elsewhere.raw.command('CREATE Boats');
  for (const one of manyLetters(60)) await person.elsewhere.deliver(one, { flags: '\\Seen' });
  await enter(person);
  await mail.choose('Letter 60');
  await page.getByRole('button', { name: 'Select all 60 in this folder' }).click();
  await mail.row('Letter 58').dragTo(mail.folder('Boats'));
  await expect.poll(() => person.elsewhere.count('Boats')).toBe(60);
  expect(await person.elsewhere.count()).toBe(0);
  await mail.undo.click();
  await expect(mail.undo).toHaveCount(0);
  await expect.poll(() => person.elsewhere.count()).toBe(60);
});

import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { letter } from '../lib/mail/testing/letters.ts';
import { axeOf } from './axe.ts';
import { expect, test } from './fixture.ts';
import { patient } from './sign-in.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Contacts' });
const rows = (page: Page) => dialog(page).getByRole('listbox', { name: 'Contacts' }).getByRole('option');

async function isAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await axeOf(page).analyze();
    expect(
      violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id),
      colorScheme,
    ).toEqual([]);
  }
}

async function importFile(page: Page, name: string, text: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await dialog(page).getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
}

async function openMenu(page: Page, entry: string): Promise<void> {
  await dialog(page).getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

test('contacts are imported with a report, found, put into a group, changed, deleted and taken back, and exported', async ({
  page,
  person,
  enter,
}) => {
  await enter(person);
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(dialog(page)).toContainText('No contacts yet');
  await isAccessible(page);
  await dialog(page).getByRole('button', { name: 'Import a file…' }).click();
  await importFile(page, 'people.csv', 'Name,E-mail\nZoé Ångström,zoe@x.example\n,\nBo <b>Bold</b>,bo@x.example\n');
  await expect(dialog(page).getByRole('status')).toContainText('2 contacts were added.');
  await expect(dialog(page).getByRole('listitem')).toHaveText(['Entry 3 has no name, company or address; not added']);
  await expect(rows(page)).toContainText(['Bo <b>Bold</b>', 'Zoé Ångström']);

  await openMenu(page, 'New group…');
  await page.getByRole('dialog', { name: 'New group…' }).getByRole('textbox').fill('Choir');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('combobox', { name: 'Show' })).toContainText('Choir (0)');
  await expect(dialog(page)).toContainText('Nobody is in this group yet.');
  await dialog(page).getByRole('combobox', { name: 'Show' }).selectOption('All contacts');

  await dialog(page).getByRole('textbox', { name: 'Search contacts' }).fill('angs');
  await expect(rows(page)).toHaveCount(1);
  await rows(page).click();
  await dialog(page).getByRole('button', { name: 'Edit' }).click();
  await dialog(page).getByRole('textbox', { name: 'Address' }).fill('no address');
  await dialog(page).getByRole('checkbox', { name: 'Choir' }).check();
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await expect(dialog(page)).toContainText('This is not an address.');
  await dialog(page).getByRole('textbox', { name: 'Address' }).fill('zoe@home.example');
  await dialog(page).getByRole('textbox', { name: 'Note' }).fill('Sings alto');
  await isAccessible(page);
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  const card = dialog(page).getByRole('article', { name: 'Zoé Ångström' });
  await expect(card).toContainText('zoe@home.example');
  await expect(card).toContainText('Choir');
  await isAccessible(page);

  await card.getByRole('button', { name: 'Delete' }).click();
  await expect(dialog(page)).toContainText('Nobody found');
  await dialog(page).getByRole('button', { name: 'Undo' }).click();
  await expect(card).toContainText('Sings alto');
  await dialog(page).getByRole('combobox', { name: 'Show' }).selectOption('Choir (1)');
  await expect(rows(page)).toContainText(['Zoé Ångström']);

  const download = page.waitForEvent('download');
  await openMenu(page, 'Export as vCard');
  const file = await readFile(await (await download).path(), 'utf8');
  expect(file).toContain('FN:Zoé Ångström');
  expect(file).toContain('CATEGORIES:Choir');
  expect(file).not.toContain('Bold');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
});

test('a sender is added from the details of a message, and is shown the next time', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await person.elsewhere.deliver(letter({ subject: 'Nets', from: 'Tove Ek <tove@ek.example>' }), { flags: '\\Seen' });
  await enter(person);
  await mail.open('Nets');
  const add = async () => {
    await mail.reader.getByRole('button', { name: /addresses and dates/ }).click();
    await mail.reader.getByRole('button', { name: 'Add to contacts' }).click();
  };
  await add();
  await expect(dialog(page).getByRole('textbox', { name: 'Name' })).toHaveValue('Tove Ek');
  await expect(dialog(page).getByRole('textbox', { name: 'Address' })).toHaveValue('tove@ek.example');
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await expect(dialog(page).getByRole('article', { name: 'Tove Ek' })).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  await mail.reader.getByRole('button', { name: 'Add to contacts' }).click();
  await expect(dialog(page).getByRole('article', { name: 'Tove Ek' })).toContainText('tove@ek.example');
  await expect(rows(page)).toHaveCount(1);
});

test('among ten thousand the list begins at once, reaches its end, and finds while it is typed', async ({
  page,
  person,
  enter,
}) => {
  await enter(person);
  const all = Array.from({ length: 10_000 }, (_, at) => `Person ${String(at).padStart(5, '0')},p${at}@x.example`);
  const headers = { origin: new URL(page.url()).origin };
  const answer = await page.request.post('/api/contacts/import', {
    data: ['Name,E-mail', ...all].join('\n'),
    headers,
    ...patient,
  });
  expect(await answer.json()).toMatchObject({ added: 10_000, problemCount: 0 });
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(dialog(page)).toContainText('10,000 contacts');
  await expect(rows(page).first()).toContainText('Person 00000');
  expect(await rows(page).count()).toBeLessThan(60);
  await dialog(page).getByRole('listbox').focus();
  await page.keyboard.press('End');
  await expect(rows(page).last()).toContainText('Person 09999');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('article', { name: 'Person 09999' })).toBeVisible();
  await dialog(page).getByRole('textbox', { name: 'Search contacts' }).fill('p5003');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('Person 05003');
});

import type { Page } from '@playwright/test';
import { letter, letterWithFile } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';
import type { Person } from './servers/person.ts';

/** A small archive in which every word below has one right answer. */
async function fill({ elsewhere: { deliver, raw } }: Person): Promise<void> {
  await raw.command('CREATE Boats');
  await deliver(letter({ subject: 'Keel', from: 'Amadou <amadou@yard.example>', body: 'larch planks, bronze screws' }));
  await deliver(letter({ subject: 'Soup', from: 'Samira <samira@port.example>', body: 'dark bread' }), {
    flags: '\\Seen',
  });
  await deliver(letterWithFile('Survey', Buffer.alloc(60_000, 7)), { mailbox: 'Boats', flags: '\\Seen \\Flagged' });
  await deliver(letter({ subject: 'Sails', from: 'Amadou <amadou@yard.example>', body: 'bronze rings' }), {
    mailbox: 'Boats',
    flags: '\\Seen',
  });
}

async function search(page: Page, query: string, scope?: 'This folder' | 'All folders'): Promise<void> {
  await page.getByRole('textbox', { name: 'Search mail' }).fill(query);
  await page.keyboard.press('Enter');
  if (scope !== undefined) await page.getByRole('radio', { name: scope }).check();
}

test('words are looked for in all folders or in this one, and each hit names its folder', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await fill(person);
  await enter(person);
  await search(page, 'bronze', 'All folders');
  await expect(mail.rows).toHaveCount(2);
  await expect(mail.row('Keel')).toContainText('Inbox');
  await expect(mail.row('Sails')).toContainText('Boats');
  await expect(page.getByText('2 results')).toBeVisible();
  await mail.open('Keel');
  const marked = (name: string) =>
    page.evaluate((one) => [...(CSS.highlights.get(one) ?? [])].map(String), `posthorn-${name}`);
  await expect.poll(() => marked('found-inside')).toContain('bronze');
  expect(await marked('found')).toEqual(['bronze', 'bronze']);
  await page.getByRole('radio', { name: 'This folder' }).check();
  await expect(mail.rows).toHaveCount(1);
  await expect(mail.rows).toContainText('Keel');
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(mail.title).toHaveText('Inbox');
  await expect(mail.rows).toHaveCount(2);
  await expect.poll(() => marked('found')).toEqual([]);
});

test('what a search can ask for is begun by a chip, completed, and taken out of it by another', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await fill(person);
  await enter(person);
  await mail.search.focus();
  const chips = page.getByRole('group', { name: 'Search for' });
  await chips.getByRole('button', { name: 'Folder' }).click();
  await expect(mail.search).toBeFocused();
  const choices = page.getByRole('listbox', { name: 'Suggestions' });
  await mail.search.pressSequentially('boa');
  await expect(choices.getByRole('option')).toHaveText(['Boats']);
  await page.keyboard.press('ArrowDown');
  await expect(choices.getByRole('option')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(mail.search).toHaveValue('in:Boats ');
  await chips.getByRole('button', { name: 'Flagged' }).click();
  await expect(mail.search).toHaveValue('in:Boats is:flagged ');
  await page.keyboard.press('Enter');
  await expect(mail.rows).toHaveCount(1);
  await page.getByRole('button', { name: 'Without Flagged' }).click();
  await expect(mail.rows).toHaveCount(2);
  await expect(mail.search).toHaveValue('in:Boats');
  await page.getByRole('button', { name: 'Without In Boats' }).click();
  await expect(mail.title).toHaveText('Inbox');
});

const questions: [query: string, subjects: string[]][] = [
  ['from:amadou', ['Keel', 'Sails']],
  ['subject:sails', ['Sails']],
  ['to:bob is:unread', ['Keel']],
  ['is:flagged', ['Survey']],
  ['has:attachment', ['Survey']],
  ['larger:50k', ['Survey']],
  ['bronze -rings', ['Keel']],
  ['"dark bread"', ['Soup']],
  ['from:samira OR subject:keel', ['Soup', 'Keel']],
  ['after:2020-01-01 from:amadou in:Boats', ['Sails']],
  ['before:2020-01-01', []],
];

test('every operator finds what it says and nothing else', async ({ page, person, mail, enter }) => {
  await fill(person);
  await enter(person);
  for (const [query, subjects] of questions) {
    await test.step(query, async () => {
      await search(page, query);
      await expect(page).toHaveURL((url) => url.searchParams.get('q') === query);
      for (const subject of subjects) await expect(mail.row(subject)).toHaveCount(1);
      if (subjects.length === 0) await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
      await expect(mail.rows).toHaveCount(subjects.length);
    });
  }
});

test('a hit is opened, flagged and moved where it is', async ({ page, person, mail, enter }) => {
  await fill(person);
  await enter(person);
  await search(page, 'rings', 'All folders');
  await mail.open('Sails');
  await expect(mail.reader.getByText('bronze rings')).toBeVisible();
  await mail.tool('Flag').click();
  await expect.poll(() => person.elsewhere.flagsOf('Sails', 'Boats')).toContain('\\Flagged');
  await mail.tool('Archive').click();
  await expect(mail.row('Sails')).toHaveCount(0);
  await expect.poll(() => person.elsewhere.flagsOf('Sails', 'Archive')).not.toBeNull();
  expect(await person.elsewhere.flagsOf('Sails', 'Boats')).toBeNull();
});

test('a search is in the address and, kept, in the sidebar: reload and Back show it again', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await fill(person);
  await enter(person);
  await search(page, 'bronze', 'All folders');
  await mail.open('Sails');
  await page.reload();
  await expect(mail.search).toHaveValue('bronze');
  await expect(mail.rows).toHaveCount(2);
  await expect(mail.subject).toHaveText('Sails');
  await page.goBack();
  await expect(page.getByText('No message is open')).toBeVisible();
  await expect(mail.rows).toHaveCount(2);

  // Kept under a name it is a place beside the folders, of one folder or of all as it was.
  await mail.isReady();
  const kept = mail.folders.getByRole('region', { name: 'Searches' });
  const keep = async (name: string) => {
    await page.getByRole('button', { name: 'Sort and more' }).click();
    await mail.menuItem('Save this search…').click();
    await mail.dialog('Save this search').getByLabel('Name').fill(name);
    await page.keyboard.press('Enter');
  };
  await keep('Metal');
  await page.getByRole('radio', { name: 'This folder' }).check();
  await keep('Metal here');
  await expect(kept.getByRole('link')).toHaveText(['Metal', 'Metal here']);
  await mail.goTo(mail.folder('Boats'));
  await page.reload();
  await mail.isReady();
  await kept.getByRole('link', { name: 'Metal here' }).click();
  await expect(mail.rows).toHaveCount(1);
  await expect(mail.title).toHaveText('Metal here');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('metal');
  await page.getByRole('option', { name: 'Metal', exact: true }).click();
  await expect(mail.rows).toHaveCount(2);
  await kept.getByRole('button', { name: 'Manage searches…' }).click();
  const searches = mail.dialog('Searches');
  await searches.getByRole('button', { name: 'Metal here up' }).click();
  await searches.getByLabel('Name of Metal', { exact: true }).fill('Bronze');
  await page.keyboard.press('Enter');
  await searches.getByRole('button', { name: 'Forget Metal here' }).click();
  await mail.dialog('Forget the search “Metal here”?').getByRole('button', { name: 'Forget' }).click();
  await page.keyboard.press('Escape');
  await expect(kept.getByRole('link')).toHaveText(['Bronze']);
});

test.describe('on a slow server', () => {
  test.use({ domain: 'slow.example' });

  test('a search tells how far it is, and stops when it is told to', async ({ page, person, mail, enter }) => {
    const { raw, deliver } = person.elsewhere;
    for (let number = 1; number <= 20; number += 1) {
      await raw.command(`CREATE "Folder ${number}"`);
      await deliver(letter({ subject: `Harbour ${number}` }), { mailbox: `Folder ${number}` });
    }
    await enter(person);
    await search(page, 'harbour');
    await expect(page.getByText(/^\d+ of \d+ folders$/)).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Stopped: not every folder was searched.')).toBeVisible();
    await expect(page.getByText(/^\d+ of \d+ folders$/)).toHaveCount(0);
    expect(await mail.rows.count()).toBeLessThan(20);
  });
});

test('leaving the search for a message presses that message, not the one that has moved there', async ({
  page,
  person,
  mail,
  enter,
}) => {
  for (const subject of ['Aimed at', 'Above it', 'At the top']) await person.elsewhere.deliver(letter({ subject }));
  await enter(person);
  const row = mail.row('Aimed at');
  const before = await row.boundingBox();
  await mail.search.focus();
  await expect(page.getByRole('group', { name: 'Search for' })).toBeVisible();
  expect(await row.boundingBox()).toEqual(before);
  await row.click();
  await expect(mail.subject).toHaveText('Aimed at');
});

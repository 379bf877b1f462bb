import type { Page } from '@playwright/test';
import { letter } from '../lib/mail/testing/letters.ts';
import { axeOf } from './axe.ts';
import { expect, test } from './fixture.ts';
import type { Person } from './servers/person.ts';
import { signIn, signOut } from './sign-in.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** The same mailbox by the other protocol. */
const byPop3 = (person: Person): Person => ({ ...person, protocol: 'pop3' });

const picker = (page: Page) => page.getByRole('dialog', { name: 'Label as…' });
const sidebarLabel = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Folders' }).getByRole('region', { name: 'Labels' }).getByRole('link', { name });

/** Chooses in the picker what is typed. */
async function pick(page: Page, typed: string): Promise<void> {
  await picker(page).getByRole('combobox').fill(typed);
  await page.keyboard.press('Enter');
  await expect(picker(page)).toHaveCount(0);
}

async function isAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = axeOf(page);
    // The themes differ by their colours alone.
    if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block']);
    const { violations } = await axe.analyze();
    expect(
      violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id),
      colorScheme,
    ).toEqual([]);
  }
}

test('a label is made by its key, is on the server under a keyword of its name, and Undo takes it off', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await person.elsewhere.deliver(letter({ subject: 'Bill' }), { flags: '\\Seen' });
  await enter(person);
  await mail.open('Bill');
  await page.keyboard.press('l');
  await expect(picker(page)).toContainText('No labels yet. Type a name to make one.');
  await pick(page, 'Tax & Größe');
  await expect(mail.row('Bill')).toContainText('Tax & Größe');
  await expect(mail.reader.getByRole('list', { name: 'Labels' })).toContainText('Tax & Größe');
  await expect(mail.toasts).toContainText('Labelled “Tax & Größe”');
  await expect.poll(() => person.elsewhere.flagsOf('Bill')).toContain('tax_&-_gr&apya3w-e');
  await expect(sidebarLabel(page, 'Tax & Größe')).toBeVisible();
  await page.keyboard.press('z');
  await expect(mail.row('Bill')).not.toContainText('Tax & Größe');
  await expect.poll(() => person.elsewhere.flagsOf('Bill')).toEqual(['\\Seen']);
  // The label itself stays, for the next message.
  await page.reload();
  await expect(sidebarLabel(page, 'Tax & Größe')).toBeVisible();
});

test('labels that other clients set show here as they are set, by the names that people know', async ({
  person,
  mail,
  enter,
}) => {
  await person.elsewhere.deliver(letter({ subject: 'Watched' }));
  await enter(person);
  await mail.open('Watched');
  await person.elsewhere.raw.command('SELECT INBOX');
  await person.elsewhere.raw.command('STORE 1 +FLAGS ($Label1 Holiday $MDNSent NonJunk)');
  await expect(mail.row('Watched')).toContainText('Important');
  await expect(mail.row('Watched')).toContainText('holiday');
  await expect(mail.reader.getByRole('list', { name: 'Labels' }).getByRole('listitem')).toHaveText([
    'Important',
    'holiday',
  ]);
  await person.elsewhere.raw.command('STORE 1 -FLAGS ($Label1)');
  await expect(mail.row('Watched')).not.toContainText('Important');
  await mail.reader.getByRole('button', { name: 'Take off holiday' }).click();
  await expect(mail.row('Watched')).not.toContainText('holiday');
  await expect
    .poll(async () => (await person.elsewhere.flagsOf('Watched'))?.sort())
    .toEqual(['$MDNSent', 'NonJunk', '\\Seen']);
});

test('of several messages some have a label: then all have it, then none', async ({ page, person, mail, enter }) => {
  for (const subject of ['One', 'Two', 'Other']) await person.elsewhere.deliver(letter({ subject }));
  await enter(person);
  await mail.row('One').click({ button: 'right' });
  await mail.menuItem('Label as…').click();
  await pick(page, 'Boats');
  await mail.choose('One');
  await mail.choose('Two');
  await mail.choice('Label as…').click();
  const boats = picker(page).getByRole('option', { name: 'Boats' });
  await expect(boats).toHaveAttribute('aria-checked', 'mixed');
  await page.keyboard.press('Shift+Enter');
  await expect(boats).toHaveAttribute('aria-checked', 'true');
  await expect(mail.row('Two')).toContainText('Boats');
  await expect.poll(() => person.elsewhere.flagsOf('Two')).toContain('boats');
  await page.keyboard.press('Enter');
  await expect(picker(page)).toHaveCount(0);
  for (const subject of ['One', 'Two']) {
    await expect(mail.row(subject)).not.toContainText('Boats');
    await expect.poll(() => person.elsewhere.flagsOf(subject)).not.toContain('boats');
  }
  await mail.undo.click();
  for (const subject of ['One', 'Two']) await expect.poll(() => person.elsewhere.flagsOf(subject)).toContain('boats');
  expect(await person.elsewhere.flagsOf('Other')).toEqual([]);
});

test('a label of the sidebar finds its messages in all folders, also under a new name', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await person.elsewhere.raw.command('CREATE Projects');
  await person.elsewhere.deliver(letter({ subject: 'Near' }), { flags: 'harbour_wall' });
  await person.elsewhere.deliver(letter({ subject: 'Far' }), { mailbox: 'Projects', flags: 'harbour_wall' });
  await person.elsewhere.deliver(letter({ subject: 'Neither' }));
  await enter(person);
  // Found by its keyword before it has a name here.
  await mail.row('Neither').click({ button: 'right' });
  await mail.menuItem('Label as…').click();
  await pick(page, 'Harbour wall');
  await mail.undo.click();
  await expect(mail.row('Neither')).not.toContainText('Harbour wall');
  // The search asks the server, which must have heard of it.
  await expect.poll(() => person.elsewhere.flagsOf('Neither')).toEqual([]);
  await sidebarLabel(page, 'Harbour wall').click();
  await expect(mail.title).toHaveText('Harbour wall');
  await expect(mail.search).toHaveValue('label:"Harbour wall"');
  await expect(mail.rows).toHaveCount(2);
  await expect(mail.row('Far')).toContainText('Projects');
  await expect(sidebarLabel(page, 'Harbour wall')).toHaveAttribute('aria-current', 'page');
  await page.getByRole('button', { name: 'Manage labels…' }).click();
  const labels = mail.dialog('Labels');
  await labels.getByRole('textbox', { name: 'Name of Harbour wall' }).fill('Quay');
  await page.keyboard.press('Enter');
  await labels.getByRole('button', { name: 'Colour of Quay' }).click();
  await mail.menuItem('Teal').click();
  await labels.getByRole('button', { name: 'Close' }).click();
  await sidebarLabel(page, 'Quay').click();
  await expect(mail.rows).toHaveCount(2);
  await expect(mail.row('Near')).toContainText('Quay');
  expect(await person.elsewhere.flagsOf('Near')).toEqual(['harbour_wall']);
});

test('labels are put in order, and one taken from the list stays on its messages by its keyword', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await person.elsewhere.deliver(letter({ subject: 'Kept' }), { flags: 'garden holiday' });
  await enter(person);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill('manage labels');
  await page.keyboard.press('Enter');
  const labels = mail.dialog('Labels');
  for (const name of ['Garden', 'House']) {
    await labels.getByRole('textbox', { name: 'New label' }).fill(name);
    await page.keyboard.press('Enter');
    await expect(labels.getByRole('textbox', { name: `Name of ${name}` })).toBeVisible();
  }
  await labels.getByRole('textbox', { name: 'New label' }).fill('garden');
  await expect(labels).toContainText('Another label is called that.');
  await labels.getByRole('textbox', { name: 'New label' }).fill('');
  // What other clients have set can be taken in.
  await labels.getByRole('button', { name: 'Add holiday to the list' }).click();
  await labels.getByRole('button', { name: 'House up' }).press('Enter');
  await isAccessible(page);
  await labels.getByRole('button', { name: 'Close' }).click();
  const names = page
    .getByRole('navigation', { name: 'Folders' })
    .getByRole('region', { name: 'Labels' })
    .getByRole('link');
  await expect(names).toHaveText(['House', 'Garden', 'holiday']);
  await expect(mail.row('Kept')).toContainText('Garden');
  await sidebarLabel(page, 'Garden').click({ button: 'right' });
  await expect(labels.getByRole('textbox', { name: 'Name of Garden' })).toBeFocused();
  await labels.getByRole('button', { name: 'Remove Garden from the list' }).click();
  const question = mail.dialog('Remove “Garden” from your labels?');
  await expect(question).toContainText('Messages keep it: they show it as “garden”.');
  await question.getByRole('button', { name: 'Remove' }).click();
  await labels.getByRole('button', { name: 'Close' }).click();
  await expect(names).toHaveText(['House', 'holiday']);
  await expect(mail.row('Kept')).toContainText('garden');
  await page.reload();
  await expect(names).toHaveText(['House', 'holiday']);
  expect((await person.elsewhere.flagsOf('Kept'))?.sort()).toEqual(['garden', 'holiday']);
});

test('the picker and an open message with labels are accessible', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Colours' }), {
    flags: '\\Seen $Label1 $Label2 $Label3 $Label4 $Label5 plain',
  });
  await enter(person);
  await mail.open('Colours');
  await expect(mail.row('Colours')).toContainText('+4');
  await isAccessible(page);
  await page.keyboard.press('l');
  await expect(picker(page).getByRole('option')).toHaveCount(6);
  await isAccessible(page);
});

test('over POP3 labels are ours: kept, found, and never told to the server', async ({ page, person, mail, enter }) => {
  for (const subject of ['Plain', 'Precious']) await person.elsewhere.deliver(letter({ subject }));
  await enter(byPop3(person));
  await mail.open('Precious');
  await page.keyboard.press('l');
  await expect(picker(page)).toContainText('Kept here, not on the mail server.');
  await pick(page, '台北');
  await expect(mail.row('Precious')).toContainText('台北');
  await mail.tool('Archive').click();
  await expect(mail.row('Precious')).toHaveCount(0);
  await page.goto('/icon.svg');
  await signOut(page.context());
  await signIn(page.context(), byPop3(person));
  await page.goto('/mail');
  await sidebarLabel(page, '台北').click();
  await expect(mail.rows).toHaveCount(1);
  await expect(mail.row('Precious')).toContainText('Archive');
  await mail.open('Precious');
  await mail.reader.getByRole('button', { name: 'Take off 台北' }).click();
  await expect(mail.toasts).toContainText('“台北” taken off');
  await mail.undo.click();
  await expect(mail.row('Precious').getByText('台北').first()).toBeAttached();
  await page.reload();
  await expect(mail.row('Precious').getByText('台北').first()).toBeAttached();
  expect(await person.elsewhere.flagsOf('Precious')).not.toContain('&u,btfw-');
});

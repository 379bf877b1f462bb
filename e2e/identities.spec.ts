import type { Page } from '@playwright/test';
import { axeOf } from './axe.ts';
import { expect, test } from './fixture.ts';
import { patient } from './sign-in.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const settings = (page: Page) => page.getByRole('dialog', { name: 'Settings' });
const identities = (page: Page) => settings(page).getByRole('region', { name: 'Who you write as' });
const templates = (page: Page) => settings(page).getByRole('region', { name: 'Templates' });

test('identities with signatures are kept, put in order, deleted and taken back; who one writes as brings its own along', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await enter(person);
  await page.keyboard.press(',');
  await expect(identities(page)).toContainText(person.username);
  await expect(identities(page)).toContainText('From your login');
  await identities(page).getByRole('button', { name: /^Edit/ }).click();
  const form = page.getByRole('dialog', { name: 'Identity', exact: true });
  await form.getByRole('textbox', { name: 'Your name' }).fill('Ann Harbour');
  await form.getByRole('textbox', { name: 'Signature' }).click();
  await page.keyboard.type('Ann');
  await page.keyboard.press('Enter');
  await form.getByRole('button', { name: 'Bold' }).click();
  await page.keyboard.type('Harbour Office');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toHaveCount(0);
  await expect(identities(page)).toContainText('Ann Harbour');
  await expect(identities(page)).not.toContainText('From your login');

  await identities(page).getByRole('button', { name: 'Add an identity' }).click();
  const fresh = page.getByRole('dialog', { name: 'New identity' });
  await fresh.getByRole('textbox', { name: 'Your name' }).fill('Ann, lists');
  await fresh.getByRole('textbox', { name: 'Address' }).fill('lists');
  await fresh.getByRole('button', { name: 'Save' }).click();
  await expect(fresh).toContainText('This is not an address.');
  await fresh.getByRole('textbox', { name: 'Address' }).fill(person.username.replace('@', '+lists@'));
  await fresh.getByRole('textbox', { name: 'Replies go to' }).fill('answers@harbour.example');
  await fresh.getByRole('checkbox', { name: /^Send a blind copy/ }).check();
  await fresh.getByRole('checkbox', { name: 'Begin new messages with this one' }).check();
  const { violations } = await axeOf(page).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual(
    [],
  );
  await fresh.getByRole('button', { name: 'Save' }).click();
  await expect(identities(page).getByRole('listitem')).toHaveCount(2);
  await expect(identities(page).getByRole('listitem').nth(1)).toContainText('Default');
  await identities(page).getByRole('button', { name: 'Move Ann, lists up' }).click();
  await expect(identities(page).getByRole('listitem').first()).toContainText('Ann, lists');
  await identities(page).getByRole('button', { name: 'Delete Ann, lists' }).click();
  await expect(identities(page).getByRole('listitem')).toHaveCount(1);
  await settings(page).getByRole('button', { name: 'Undo' }).click();
  await expect(identities(page).getByRole('listitem')).toHaveCount(2);
  const { identities: kept } = await (await page.request.get('/api/identities', patient)).json();
  expect(kept.map(({ name, textSignature }: { name: string; textSignature: string }) => [name, textSignature])).toEqual(
    [
      ['Ann Harbour', 'Ann\nHarbour Office'],
      ['Ann, lists', ''],
    ],
  );
  expect(kept.map(({ htmlSignature }: { htmlSignature: string | null }) => htmlSignature)).toEqual([
    '<div>Ann</div><div><strong>Harbour Office</strong></div>',
    null,
  ]);

  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  const composer = page.locator('[data-composer]');
  const text = composer.getByRole('textbox', { name: 'Text of your message' });
  const lists = person.username.replace('@', '+lists@');
  const isFrom = async (name: string) => {
    await composer.getByLabel('From').selectOption({ label: name });
    await expect(composer.getByLabel('From').getByRole('option', { selected: true })).toHaveText(name);
  };
  const blindCopy = composer.getByRole('button', { name: `Remove ${lists}` });
  await isFrom(`Ann Harbour <${person.username}>`);
  await expect(text.locator('strong')).toHaveText('Harbour Office');
  await expect(blindCopy).toHaveCount(0);
  await isFrom(`"Ann, lists" <${lists}>`);
  await expect(text).not.toContainText('Harbour Office');
  await expect(blindCopy).toBeVisible();
  await composer.getByLabel('To', { exact: true }).fill(`${person.username},`);
  await composer.getByLabel('Subject').fill('Hauling out');
  await page.keyboard.press('Control+Enter');
  const replyTo = async (subject: string) => {
    const { raw } = person.elsewhere;
    await raw.command('SELECT INBOX');
    const { untagged } = await raw.command(`FETCH * (BODY.PEEK[HEADER.FIELDS (FROM SUBJECT REPLY-TO)])`);
    return untagged.join('\n').includes(subject) ? untagged.join('\n') : '';
  };
  await expect(mail.row('Hauling out').first()).toBeVisible({ timeout: 30_000 });
  expect(await replyTo('Hauling out')).toMatch(/Reply-To: answers@harbour\.example/i);

  // What is written anew from it answers there too.
  await mail.row('Hauling out').first().click();
  await expect(mail.subject).toContainText('Hauling out');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Edit as a new message');
  await page.keyboard.press('Enter');
  await composer.getByLabel('Subject').fill('Launching');
  await page.keyboard.press('Control+Enter');
  await expect(mail.row('Launching').first()).toBeVisible({ timeout: 30_000 });
  expect(await replyTo('Launching')).toMatch(/Reply-To: answers@harbour\.example/i);
});

test('a template is written with fields, changed, deleted and taken back', async ({ page, person, enter }) => {
  await enter(person);
  await page.keyboard.press(',');
  await expect(templates(page)).toContainText('No templates yet.');
  await templates(page).getByRole('button', { name: 'Add a template' }).click();
  const form = page.getByRole('dialog', { name: 'New template' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Thanks');
  await form.getByRole('textbox', { name: 'Subject' }).fill('Thank you');
  await form.getByRole('textbox', { name: 'Text' }).click();
  await form.getByRole('button', { name: 'Bold' }).click();
  await page.keyboard.type('Dear ');
  await form.getByRole('button', { name: 'First name of the recipient' }).click();
  await expect(form.getByRole('textbox', { name: 'Text' })).toHaveText('Dear {{recipient.firstName}}');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(templates(page).getByRole('listitem')).toContainText('Thanks');
  await templates(page).getByRole('button', { name: 'Delete Thanks' }).click();
  await expect(templates(page)).toContainText('No templates yet.');
  await settings(page).getByRole('button', { name: 'Undo' }).click();
  await templates(page).getByRole('button', { name: 'Edit Thanks' }).click();
  // With its formatting, also that of the field.
  await expect(
    page
      .getByRole('dialog', { name: 'Template', exact: true })
      .getByRole('textbox', { name: 'Text' })
      .locator('strong'),
  ).toHaveText('Dear {{recipient.firstName}}');
});

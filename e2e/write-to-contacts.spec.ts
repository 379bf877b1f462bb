import type { Page } from '@playwright/test';
import { letter } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';
import type { Person } from './servers/person.ts';
import { patient } from './sign-in.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const composer = (page: Page) => page.locator('[data-composer]').last();
const text = (page: Page) => composer(page).getByRole('textbox', { name: 'Text of your message' });
const to = (page: Page) => composer(page).getByRole('combobox', { name: 'To', exact: true });

/** What a person has set up before: contacts in a group, and two identities. */
async function prepare(page: Page, { username }: Person): Promise<void> {
  const headers = { origin: new URL(page.url()).origin };
  const post = async (path: string, data: unknown) => {
    const answer = await page.request.post(path, { data, headers, ...patient });
    expect(answer.status(), path).toBe(200);
    return await answer.json();
  };
  const { accounts } = await (await page.request.get('/api/session', patient)).json();
  const { id } = await post('/api/contact-groups', { name: 'Choir' });
  for (const [name, email] of [
    ['Zoé Ångström', 'zoe@harbour.example'],
    ['Bo Berg', 'bo@harbour.example'],
  ])
    await post('/api/contacts', { name, emails: [{ kind: 'work', email }], groupIds: [id] });
  const accountId = accounts[0].id;
  const identity = { accountId, name: 'Ann Harbour', email: username, textSignature: 'Ann\nHarbour Office' };
  await post('/api/identities', identity);
  const email = username.replace('@', '+lists@');
  await post('/api/identities', {
    accountId,
    name: 'Ann of the lists',
    email,
    textSignature: 'Unsigned',
    bccsSelf: true,
  });
  const template = { name: 'Thanks', subject: 'Order {{order number}}', html: null };
  await post('/api/templates', { ...template, text: 'Dear {{recipient.firstName}}, of {{order number}}' });
  await page.reload();
  await expect(page.getByRole('button', { name: 'Compose' }).first()).toBeVisible();
  await page.waitForLoadState('networkidle');
}

test('recipients are completed by the keyboard, a group is all of its people, and the list shuts alone', async ({
  page,
  person,
  enter,
}) => {
  await enter(person);
  await prepare(page, person);
  await page.keyboard.press('c');
  await to(page).fill('angs');
  const options = composer(page).getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  await expect(options).toHaveText([/Zoé Ångström/]);
  await page.keyboard.press('Escape');
  await expect(options).toHaveCount(0);
  await expect(to(page)).toHaveValue('angs');
  await to(page).fill('ang');
  await expect(options).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(composer(page).getByRole('button', { name: 'Zoé Ångström', exact: true })).toBeVisible();
  await to(page).fill('cho');
  await expect(options).toHaveText([/Choir 2 people/]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(composer(page).getByRole('button', { name: 'Bo Berg', exact: true })).toBeVisible();
  await expect(composer(page).getByRole('button', { name: /^Remove/ })).toHaveCount(2);
  await to(page).fill('bo@harbour.example.org');
  await page.keyboard.press('Enter');
  await expect(composer(page).getByRole('button', { name: 'bo@harbour.example.org', exact: true })).toBeVisible();
});

test('a message is signed by who writes it, and another identity signs otherwise; a template asks for what it needs', async ({
  page,
  person,
  enter,
}) => {
  await enter(person);
  await prepare(page, person);
  await page.keyboard.press('c');
  await expect(text(page)).toContainText('Harbour Office');
  await to(page).fill('angs');
  await expect(composer(page).getByRole('listbox', { name: 'Suggestions' }).getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await composer(page)
    .getByRole('combobox', { name: 'From' })
    .selectOption({ label: `Ann of the lists <${person.username.replace('@', '+lists@')}>` });
  await expect(text(page)).toContainText('Unsigned');
  await expect(text(page)).not.toContainText('Harbour Office');
  await text(page).click();
  await page.keyboard.press('Control+Home');
  await composer(page).getByRole('button', { name: 'More' }).last().click();
  await page.getByRole('menuitem', { name: 'Insert a template…' }).click();
  const picker = page.getByRole('dialog', { name: 'Insert a template' });
  await picker.getByRole('button', { name: 'Thanks' }).click();
  await page.getByRole('textbox', { name: 'order number' }).fill('17');
  await page.getByRole('button', { name: 'Insert', exact: true }).click();
  await expect(text(page)).toContainText('Dear Zoé, of 17');
  await expect(text(page)).toContainText('Unsigned');
  await expect(composer(page).getByLabel('Subject')).toHaveValue('Order 17');
});

test('an answer comes from the identity that the message was sent to', async ({ page, person, mail, enter }) => {
  const list = person.username.replace('@', '+lists@');
  await person.elsewhere.deliver(letter({ subject: 'To the list', to: list }), { flags: '\\Seen' });
  await enter(person);
  await prepare(page, person);
  await mail.open('To the list');
  await page.keyboard.press('r');
  await expect(text(page)).toContainText('Unsigned');
  await expect(composer(page).getByRole('combobox', { name: 'From' })).toContainText('Ann of the lists');
});

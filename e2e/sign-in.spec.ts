import type { Page } from '@playwright/test';
import { letter } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';

const address = (page: Page) => page.getByRole('textbox', { name: 'Address' });
const password = (page: Page) => page.getByLabel('Password', { exact: true });
const told = (page: Page, sentence: string) => page.getByRole('alert').filter({ hasText: sentence });
const press = (page: Page) => page.getByRole('button', { name: 'Sign in' }).click();

async function fill(page: Page, username: string, secret: string): Promise<void> {
  await address(page).fill(username);
  await password(page).fill(secret);
}

test('the address and password of the mailbox open the inbox', async ({ page, person, mail }) => {
  await person.elsewhere.deliver(letter({ subject: 'Welcome aboard' }));
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Sign in to your mail' })).toBeVisible();
  await expect(address(page)).toBeFocused();
  await fill(page, person.username, person.password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/mail\/[^/]+\/[^/]+$/);
  await expect(mail.title).toHaveText('Inbox');
  await expect(mail.row('Welcome aboard')).toBeVisible();
});

test('a wrong password is told in a sentence, and the right one then signs in', async ({
  page,
  person,
  mail,
  forgive,
}) => {
  forgive(/callback\/credentials/);
  await page.goto('/signin');
  await fill(page, person.username, 'not the key');
  await press(page);
  await expect(told(page, 'The mail server did not accept this address and password.')).toBeVisible();
  await expect(page).toHaveURL(/\/signin/);
  await expect(password(page)).toBeFocused();
  await expect(address(page)).toHaveValue(person.username);
  await password(page).fill(person.password);
  await press(page);
  await expect(mail.title).toHaveText('Inbox');
});

test('what was left out is asked for without asking the server', async ({ page, person }) => {
  let attempts = 0;
  page.on('request', (request) => {
    if (request.url().includes('/callback/credentials')) attempts += 1;
  });
  await page.goto('/signin');
  await press(page);
  await expect(page.getByText('Write your mail address.')).toBeVisible();
  await address(page).fill(person.username);
  await press(page);
  await expect(page.getByText('Write your password.')).toBeVisible();
  expect(attempts).toBe(0);
});

test('a mail server that cannot be reached is told as that, not as a wrong password', async ({ page, forgive }) => {
  forgive(/callback\/credentials/);
  await page.goto('/signin');
  await fill(page, 'somebody@closed.example', 'whatever');
  await press(page);
  await expect(told(page, 'The mail server cannot be reached.')).toBeVisible();
  await expect(told(page, 'did not accept')).toHaveCount(0);
});

test('POP3 can be chosen, and the account says so', async ({ page, person, mail }) => {
  await person.elsewhere.deliver(letter({ subject: 'By the old road' }));
  await page.goto('/signin');
  await fill(page, person.username, person.password);
  await page.getByRole('radio', { name: 'POP3' }).check();
  await expect(page.getByText('One inbox; flags are kept by Posthorn.')).toBeVisible();
  await press(page);
  await expect(mail.row('By the old road')).toBeVisible();
  await expect(mail.folders.getByRole('button', { name: `Account: ${person.username}` })).toContainText('POP3');
});

test('a link to a message waits behind the sign-in', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'The one I want', body: 'Here you are.' }));
  await enter(person);
  await mail.open('The one I want');
  const link = page.url();
  await page.goto('/icon.svg');
  await page.context().clearCookies();
  await page.goto(link);
  await expect(page).toHaveURL(/\/signin\?next=/);
  await fill(page, person.username, person.password);
  await press(page);
  await expect(page).toHaveURL(link);
  await expect(mail.subject).toHaveText('The one I want');
  await expect(mail.reader.getByText('Here you are.')).toBeVisible();
});

test('a link to another site is not followed after signing in', async ({ page, person, servers }) => {
  await page.goto(`/signin?next=${encodeURIComponent('https://evil.example/mail')}`);
  await fill(page, person.username, person.password);
  await press(page);
  await expect(page).toHaveURL(new RegExp(`^${servers.url}/mail`));
});

test('signing out ends the session, even for a copy of its cookie', async ({
  page,
  person,
  mail,
  enter,
  playwright,
  servers,
}) => {
  await enter(person);
  const kept = await page.context().storageState();
  const thief = await playwright.request.newContext({ baseURL: servers.url, storageState: kept });
  expect((await thief.get('/api/session')).status()).toBe(200);
  await mail.folders.getByRole('button', { name: `Account: ${person.username}` }).click();
  await mail.menuItem('Sign out').click();
  await expect(page).toHaveURL(/\/signin$/);
  expect((await thief.get('/api/session')).status()).toBe(401);
  await thief.dispose();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Sign in to your mail' })).toBeVisible();
});

test('a session that has ended elsewhere leads to signing in, and back to the same place', async ({
  page,
  person,
  mail,
  enter,
  forgive,
}) => {
  forgive(/status of 401/);
  await person.elsewhere.deliver(letter({ subject: 'Still here' }));
  await enter(person);
  const place = page.url();
  await page.keyboard.press('j');
  await expect(mail.row('Still here')).toBeFocused();
  await page.context().clearCookies();
  // Anything that is asked for from now on may be the first to find out, and takes the list away.
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your session has ended. Sign in again to go on where you were.')).toBeVisible();
  await fill(page, person.username, person.password);
  await press(page);
  await expect(page).toHaveURL(new RegExp(`^${place.replaceAll(/[.?]/g, '\\$&')}`));
  await expect(mail.row('Still here')).toBeVisible();
});

import type { Page } from '@playwright/test';
import { letter } from '../lib/mail/testing/letters.ts';
import { axeOf } from './axe.ts';
import { expect, test } from './fixture.ts';
import { createPerson } from './servers/person.ts';

// That something is not there is what these tests ask for.
test.beforeEach(({ forgive }) => forgive(/status of (400|404|410|414)/));

const place = (page: Page) => {
  const [, , accountId = '', mailboxId = ''] = new URL(page.url()).pathname.split('/');
  return { accountId, mailboxId };
};

test('a forged message in the address is told, and the list is there', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Untouched' }));
  await enter(person);
  const { accountId, mailboxId } = place(page);
  const forgeries = [
    'nonsense',
    `${mailboxId}.zzzzzz.1`,
    `${mailboxId}.1.1`,
    'm.1.1',
    '%00',
    '..%2F..%2Fetc',
    'a'.repeat(900),
  ];
  for (const forged of forgeries) {
    await test.step(forged, async () => {
      await page.goto(`/mail/${accountId}/${mailboxId}/${forged}`);
      await expect(mail.reader.getByRole('heading', { name: 'This message is no longer here' })).toBeVisible();
    });
  }
  await mail.reader.getByRole('button', { name: 'Back to the list' }).last().click();
  await mail.open('Untouched');
  await expect.poll(() => person.elsewhere.flagsOf('Untouched')).toEqual(['\\Seen']);
});

test('an unknown folder in the address is told, and the folders are there', async ({ page, person, mail, enter }) => {
  await enter(person);
  const { accountId } = place(page);
  await page.goto(`/mail/${accountId}/mTm93aGVyZQ`);
  await expect(page.getByRole('main').getByText('This is no longer there.')).toBeVisible();
  await mail.goTo(mail.folder('Archive'));
  await expect(page.getByRole('heading', { name: 'Nothing archived yet' })).toBeVisible();
});

test('somebody else’s address shows my own mail and never theirs', async ({ page, person, mail, enter, servers }) => {
  const other = await createPerson(servers, `other${Date.now()}`, 'harbour.example');
  await other.elsewhere.deliver(letter({ subject: 'Private', body: 'not for you' }));
  await person.elsewhere.deliver(letter({ subject: 'Mine' }));
  await enter(other);
  await mail.open('Private');
  const link = page.url();
  // The page first: what it still has to say would be refused without its session.
  await page.close();
  await page.context().clearCookies();
  const mine = await page.context().newPage();
  await signInAs(mine, person.username, person.password);
  await mine.goto(link);
  await expect(mine.getByRole('row').filter({ hasText: 'Mine' })).toBeVisible();
  await expect(mine.getByText('Private')).toHaveCount(0);
  await expect(mine.getByText('not for you')).toHaveCount(0);
  // What it still asks for would be cut off by the sign-out that follows.
  await mine.close();
  other.elsewhere.close();
});

async function signInAs(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/signin');
  await page.getByRole('textbox', { name: 'Address' }).fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/mail/);
}

test('a message of another folder in the address is my own, and is shown', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Filed', body: 'Found all the same.' }), { mailbox: 'Archive' });
  await person.elsewhere.deliver(letter({ subject: 'Here' }));
  await enter(person);
  const inbox = place(page);
  await mail.goTo(mail.folder('Archive'));
  await mail.open('Filed');
  const messageId = new URL(page.url()).pathname.split('/').at(-1);
  await page.goto(`/mail/${inbox.accountId}/${inbox.mailboxId}/${messageId}`);
  await expect(mail.reader.getByText('Found all the same.')).toBeVisible();
  await mail.open('Here');
});

test('an absurd question ends in an answer or a sentence', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Quiet' }));
  await enter(person);
  for (const query of [
    '"',
    '((((',
    'OR OR OR',
    'from:',
    'after:yesterday',
    'larger:-1',
    '* %00 \\ {5}',
    'x'.repeat(1_900),
  ]) {
    await test.step(query, async () => {
      await mail.search.fill(query);
      await page.keyboard.press('Enter');
      const ended = page.getByRole('main').getByRole('heading', { level: 2 }).or(mail.row('Quiet'));
      await expect(ended.first()).toBeVisible();
      await expect(page.getByText(/^(Searching…|\d+ of \d+ folders)$/)).toHaveCount(0);
      await page.getByRole('button', { name: 'Clear the search' }).first().click();
      await expect(mail.row('Quiet')).toBeVisible();
    });
  }
});

test('a question too long for an address is told', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Quiet' }));
  await enter(person);
  await page.goto(`${page.url()}?q=${'x'.repeat(9_000)}`);
  await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).first().click();
  await expect(mail.row('Quiet')).toBeVisible();
});

test('an address that nobody has and a page that broke lead back to the mail', async ({
  page,
  person,
  mail,
  enter,
  forgive,
}) => {
  await enter(person);
  for (const path of ['/nowhere', '/mail.php?id=1']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: 'Nothing lives here' })).toBeVisible();
  }

  // What the layout holds breaks, so that no page's own words are left.
  forgive(/broken for this test/);
  await page.context().addCookies([{ name: 'posthorn-theme', value: 'dark', url: new URL('/', page.url()).href }]);
  await page.addInitScript(() => {
    const listen = document.addEventListener;
    document.addEventListener = function (this: Document, ...input: [string, EventListener]) {
      if (input[0] === 'pointerover' && sessionStorage.getItem('mended') === null)
        throw new Error('broken for this test');
      listen.apply(this, input);
    };
  });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This page broke' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect((await axeOf(page).analyze()).violations).toEqual([]);
  await page.evaluate(() => sessionStorage.setItem('mended', 'yes'));
  await page.getByRole('button', { name: 'Load again' }).click();
  await page.getByRole('link', { name: 'To your mail' }).click();
  await expect(mail.title).toHaveText('Inbox');
});

test('a folder deleted while it is shown is told, and the inbox is a press away', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await person.elsewhere.raw.command('CREATE Boats');
  await person.elsewhere.deliver(letter({ subject: 'Going down' }), { mailbox: 'Boats' });
  await person.elsewhere.deliver(letter({ subject: 'Afloat' }));
  await enter(person);
  await mail.goTo(mail.folder('Boats'));
  await expect(mail.row('Going down')).toBeVisible();
  await person.elsewhere.raw.command('DELETE Boats');
  await page.keyboard.press('Shift+n');
  await expect(page.getByText('This is no longer there.').first()).toBeVisible();
  await mail.goTo(mail.folder('Inbox'));
  await expect(mail.row('Afloat')).toBeVisible();
});

test('what a sender writes into names and subjects stays text', async ({ page, person, mail, enter, strangers }) => {
  const markup = '<img src=https://evil.example/x onerror=alert(1)>';
  const turned = Buffer.from('\u202Egpj.exe').toString('base64');
  await person.elsewhere.deliver(letter({ subject: markup, from: `"${markup}" <a@evil.example>`, body: markup }));
  await person.elsewhere.deliver(letter({ subject: `=?utf-8?B?${turned}?=`, headers: ['X-Odd: 1'] }));
  page.on('dialog', () => strangers.push('a dialog'));
  await enter(person);
  await mail.open(markup);
  await expect(mail.reader.getByText(markup).first()).toBeVisible();
  await expect(mail.row('gpj.exe')).toHaveCount(1);
  await expect(mail.row('gpj.exe')).not.toContainText('\u202E');
});

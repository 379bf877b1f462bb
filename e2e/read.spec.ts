import { readFile } from 'node:fs/promises';
import { letter, letterWithFile } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';
import { newsletter } from './letters.ts';

test('a plain letter is read: who, to whom, and every line of it', async ({ person, mail, enter }) => {
  const body = 'Dear Bob,\r\n\r\n  two spaces & <b>no</b> markup.\r\n\r\nhttps://harbour.example/plan\r\n-- \r\nAnn';
  await person.elsewhere.deliver(letter({ subject: 'Noon, then', body }));
  await enter(person);
  await mail.open('Noon, then');
  await expect(mail.reader.getByText('Ann', { exact: true }).first()).toBeVisible();
  await expect(mail.reader.getByText('ann@example.org')).toBeVisible();
  await expect(mail.reader.getByRole('button', { name: /to Bob/ })).toBeVisible();
  await expect(mail.reader.getByText('two spaces & <b>no</b> markup.')).toBeVisible();
  await expect(mail.reader.getByRole('link', { name: 'https://harbour.example/plan' })).toHaveAttribute(
    'rel',
    /noopener|noreferrer/,
  );
});

test('a newsletter is shown as it was sent, and nothing of other servers is asked for', async ({
  page,
  person,
  mail,
  enter,
  strangers,
}) => {
  await person.elsewhere.deliver(newsletter('Spring list'));
  await enter(person);
  await mail.open('Spring list');
  await expect(mail.frame.getByRole('heading', { name: 'Windward Seeds' })).toBeVisible();
  await expect(mail.reader.getByText('2 pictures held back, one of them a tracker.')).toBeVisible();
  const held = mail.frame.getByRole('img', { name: 'A row of sweet peas' });
  await expect(held).toHaveAttribute('src', /^data:image\/svg/);
  const own = mail.frame.getByRole('img', { name: 'A red square' });
  await expect.poll(() => own.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(10);
  expect(strangers).toEqual([]);
  // The picture in the text is not a file besides.
  await expect(mail.reader.getByRole('region', { name: 'Attachments' })).toHaveCount(0);

  await mail.tool('More').click();
  await mail.menuItem('Show as plain text').click();
  await expect(mail.reader.getByText('Sweet peas are back.')).toBeVisible();
  await expect(page.locator('iframe[title="Text of the message"]')).toHaveCount(0);
});

test('an attachment is saved byte for byte', async ({ page, person, mail, enter }) => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7 + (at >> 8)) % 256));
  await person.elsewhere.deliver(letterWithFile('The survey', bytes, 'depths off the mole.pdf'));
  await enter(person);
  await mail.open('The survey');
  await expect(mail.frame.getByText('Grüße from the HTML part.')).toBeVisible();
  const saved = page.waitForEvent('download');
  await mail.reader
    .getByRole('region', { name: 'Attachments' })
    .getByRole('link', { name: 'Save depths off the mole.pdf' })
    .click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe('depths off the mole.pdf');
  expect(bytes.equals(await readFile(await download.path()))).toBe(true);
});

test('the original is saved as the server has it', async ({ page, person, mail, enter }) => {
  const original = letter({ subject: 'Keep me', headers: ['X-Odd: \tkept as it is'] });
  await person.elsewhere.deliver(original);
  await enter(person);
  await mail.open('Keep me');
  await mail.tool('More').click();
  const saved = page.waitForEvent('download');
  await mail.menuItem('Save the original (.eml)').click();
  expect((await readFile(await (await saved).path())).toString()).toBe(original);
});

test('a message is marked read after the chosen time on it, and not by passing', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await person.elsewhere.deliver(letter({ subject: 'Passed by' }));
  await person.elsewhere.deliver(letter({ subject: 'Looked at' }));
  await enter(person);
  await page.keyboard.press(',');
  await mail.dialog('Settings').getByRole('radio', { name: 'After 2 s' }).check();
  await page.keyboard.press('Escape');
  await mail.open('Passed by');
  await mail.open('Looked at');
  expect(await person.elsewhere.flagsOf('Looked at')).toEqual([]);
  await expect(mail.row('Looked at').getByText('Unread.')).toHaveCount(0);
  await expect.poll(() => person.elsewhere.flagsOf('Looked at')).toEqual(['\\Seen']);
  expect(await person.elsewhere.flagsOf('Passed by')).toEqual([]);
  await expect(mail.row('Passed by').getByText('Unread.')).toHaveCount(1);
});

test('with "never" a message stays unread until it is marked', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Not yet' }));
  await enter(person);
  await page.keyboard.press(',');
  const saved = page.waitForResponse((response) => response.url().endsWith('/api/settings'));
  await mail
    .dialog('Settings')
    .getByRole('group', { name: 'Mark as read' })
    .getByRole('radio', { name: 'Never' })
    .click();
  await saved;
  await page.reload();
  await mail.isReady();
  await mail.open('Not yet');
  await expect(mail.reader.getByText('See you at noon.')).toBeVisible();
  await mail.tool('Mark as read').click();
  await expect.poll(() => person.elsewhere.flagsOf('Not yet')).toEqual(['\\Seen']);
});

test('the address of a message shows it again: by reload, by Back and Forward', async ({
  page,
  person,
  mail,
  enter,
  forgive,
}) => {
  for (const subject of ['First', 'Second'])
    await person.elsewhere.deliver(letter({ subject, body: `${subject} body` }));
  await enter(person);
  const list = page.url();
  await mail.open('First');
  const first = page.url();
  await mail.open('Second');
  const second = page.url();
  expect(new Set([list, first, second]).size).toBe(3);
  await page.goBack();
  await expect(page).toHaveURL(first);
  await expect(mail.subject).toHaveText('First');
  await page.goBack();
  await expect(page).toHaveURL(list);
  await expect(page.getByText('No message is open')).toBeVisible();
  await page.goForward();
  await page.goForward();
  await expect(mail.reader.getByText('Second body')).toBeVisible();
  await page.reload();
  await expect(page).toHaveURL(second);
  await expect(mail.reader.getByText('Second body')).toBeVisible();
  await expect(mail.row('Second')).toHaveAttribute('aria-current', 'true');
  await page.goBack();
  await expect(mail.subject).toHaveText('First');
  // Back, pressed before the page has been taken over. The script of the test is put into the frame of a mail, too, which runs none.
  forgive(/Blocked script execution in '[^']*\/frame'/);
  await page.addInitScript(() => document.addEventListener('DOMContentLoaded', () => history.back(), { once: true }));
  await page.goForward();
  await expect(mail.subject).toHaveText('Second');
  await page.evaluate(() => location.reload());
  await expect(page).toHaveURL(first);
  await expect(mail.subject).toHaveText('First');
});

test('every address and date unfolds', async ({ person, mail, enter }) => {
  const headers = ['Cc: Cy <cy@example.org>, Di <di@example.org>, Ed <ed@example.org>, Flo <flo@example.org>'];
  await person.elsewhere.deliver(letter({ subject: 'To many', headers }));
  await enter(person);
  await mail.open('To many');
  await expect(mail.reader.getByText('flo@example.org')).toHaveCount(0);
  await mail.reader.getByRole('button', { name: /Show all addresses and dates/ }).click();
  await expect(mail.reader.getByText('flo@example.org')).toBeVisible();
  await expect(mail.reader.getByText(/5 January 2026/)).toBeVisible();
});

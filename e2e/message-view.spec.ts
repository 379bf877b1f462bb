import { letter } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';

const html = (subject: string, body: string, style = '') =>
  letter({
    subject,
    headers: [
      'MIME-Version: 1.0',
      'Content-Type: text/html; charset=utf-8',
      'X-Note: =?utf-8?Q?gr=C3=BCn?=',
      'DKIM-Signature: v=1',
    ],
    body: `<html><head><style>${style}</style></head><body>${body}</body></html>`,
  });

test('the original is shown field by field and letter for letter', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(html('How it came', '<p>A <script>window.canary = 1</script>body</p>'));
  await enter(person);
  await mail.open('How it came');
  await mail.tool('More').click();
  await mail.menuItem('Show the original').click();
  const sheet = mail.dialog(/^Original of “How it came”/);
  await expect(sheet.getByText('DKIM-Signature')).toBeVisible();
  await expect(sheet.getByText('grün')).toBeVisible();
  await sheet.getByRole('radio', { name: 'Source' }).check();
  await expect(sheet.getByText('X-Note: =?utf-8?Q?gr=C3=BCn?=')).toBeVisible();
  await expect(sheet.getByText('<script>window.canary = 1</script>')).toBeVisible();
  expect(await page.evaluate(() => 'canary' in window)).toBe(false);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test('a message is printed alone: its lines above, its quotes open, without scripts', async ({
  page,
  person,
  mail,
  enter,
}) => {
  const body =
    '<p id="own">My answer</p><img src="https://count.example/x.gif" width="1"><div class="gmail_quote">What was asked</div>';
  await person.elsewhere.deliver(html('On paper', body, 'h1, dl, p { display: none } #own { display: block }'));
  await enter(person);
  await mail.open('On paper');
  await expect(mail.frame.getByText('My answer')).toBeVisible();
  await page.keyboard.press('Control+p');
  const paper = page.frameLocator('iframe[data-print]');
  await expect(paper.locator('h1')).toHaveText('On paper');
  const seen = await paper.locator('h1').evaluate((heading) => {
    const section = heading.ownerDocument.querySelector('section');
    return {
      heading: getComputedStyle(heading).display,
      lines: heading.nextElementSibling?.textContent,
      text: section?.shadowRoot?.querySelector('body')?.innerText,
    };
  });
  expect(seen.heading).toBe('block');
  expect(seen.lines).toContain('Ann <ann@example.org>');
  expect(seen.text).toContain('My answer');
  expect(seen.text).toContain('What was asked');
  await expect(page.locator('iframe[data-print]')).toHaveAttribute('sandbox', 'allow-same-origin allow-modals');
});

test('a link that names another site is followed only when the person says so', async ({
  page,
  person,
  mail,
  enter,
  strangers,
}) => {
  const links =
    '<p><a href="https://evil.example/login">https://bank.example/login</a></p><p><a href="https://shop.example/">our shop</a></p>';
  await person.elsewhere.deliver(html('Your account', links));
  await enter(person);
  await mail.open('Your account');
  await expect(mail.frame.getByRole('link', { name: 'our shop' })).toHaveAttribute('title', 'https://shop.example/');
  const opened: string[] = [];
  page.context().on('page', (popup) => opened.push(popup.url()));
  await mail.frame.getByRole('link', { name: 'https://bank.example/login' }).click();
  const question = mail.dialog('This link leads to another place');
  await expect(
    question.getByText(/It reads “https:\/\/bank\.example\/login”, and leads to evil\.example/),
  ).toBeVisible();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toHaveCount(0);
  expect([opened, strangers]).toEqual([[], []]);
});

test('the size of the text is chosen once, and remembered', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Small print', body: 'Read me.' }));
  await person.elsewhere.deliver(html('Formatted print', '<p>Read me too.</p>'));
  await enter(person);
  await mail.open('Small print');
  const text = mail.reader.getByText('Read me.');
  const height = async () => (await text.boundingBox())?.height ?? 0;
  const before = await height();
  await mail.tool('More').click();
  await mail.menuItem('Text size').press('Enter');
  await mail.menuItem('Largest').click();
  await expect.poll(height).toBeCloseTo(before * 1.35, 0);
  await page.reload();
  await mail.isReady();
  await expect.poll(height).toBeCloseTo(before * 1.35, 0);
  await mail.open('Formatted print');
  const zoomed = mail.frame.getByText('Read me too.').locator('..');
  await expect.poll(() => zoomed.evaluate((inner) => (inner as HTMLElement).style.zoom)).toBe('1.35');
});

test.describe('in the dark theme', () => {
  test.use({ colorScheme: 'dark' });

  test('a mail on white paper is darkened and shown as sent again, by one switch', async ({ person, mail, enter }) => {
    await person.elsewhere.deliver(html('White', '<div style="background:#fff;color:#222"><p>On white.</p></div>'));
    await person.elsewhere.deliver(
      html('Black', '<div style="background:#111;color:#eee;padding:90px"><p>On black.</p></div>'),
    );
    await enter(person);
    await mail.open('White');
    const frame = mail.reader.locator('iframe[title="Text of the message"]');
    const filter = () => frame.evaluate((element) => getComputedStyle(element).filter);
    await expect(mail.frame.getByText('On white.')).toBeVisible();
    expect(await filter()).toBe('none');
    await mail.reader.getByRole('button', { name: 'Darken this message' }).click();
    await expect.poll(filter).toContain('invert');
    await mail.reader.getByRole('button', { name: 'Show on white paper' }).click();
    await expect.poll(filter).toBe('none');
    await mail.open('Black');
    await expect(mail.frame.getByText('On black.')).toBeVisible();
    await expect(mail.reader.getByRole('button', { name: 'Darken this message' })).toHaveCount(0);
  });

  test('in the settings it is chosen for all', async ({ page, person, mail, enter }) => {
    await person.elsewhere.deliver(html('White', '<div style="background:#fff;color:#222"><p>On white.</p></div>'));
    await enter(person);
    await page.keyboard.press(',');
    await mail.dialog('Settings').getByRole('radio', { name: 'Darkened' }).check();
    await page.keyboard.press('Escape');
    await mail.hasGone('Settings');
    await mail.open('White');
    await expect(mail.reader.getByRole('button', { name: 'Show on white paper' })).toBeVisible();
    const frame = mail.reader.locator('iframe[title="Text of the message"]');
    await expect.poll(() => frame.evaluate((element) => getComputedStyle(element).filter)).toContain('invert');
  });
});

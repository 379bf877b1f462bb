import type { Page } from '@playwright/test';
import { letter } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';
import { newsletter } from './letters.ts';
import { createScreen } from './screen.ts';
import { createPerson } from './servers/person.ts';
import { signIn } from './sign-in.ts';

const composer = (page: Page) => page.locator('[data-composer]').last();
const text = (page: Page) => composer(page).getByRole('textbox', { name: 'Text of your message' });

/** Opens an empty composer by its key and writes to somebody. */
async function write(page: Page, to: string, subject: string, words: string) {
  await page.keyboard.press('c');
  await expect(text(page)).toBeVisible();
  await page.keyboard.type(`${to},`);
  await composer(page).getByLabel('Subject').fill(subject);
  await text(page).click();
  await page.keyboard.type(words);
}

test('a letter is written, arrives, is answered and archived by that, and both are one conversation', async ({
  page,
  mail,
  person,
  enter,
  servers,
  browser,
}) => {
  const other = await createPerson(servers, `friend${Date.now()}`, 'harbour.example');
  await enter(person);
  await write(page, other.username, 'Nets for the winter', 'Dear friend,');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('they are mended');
  await composer(page).getByRole('button', { name: 'Send', exact: true }).click();
  await expect(composer(page)).toHaveCount(0);
  await expect(mail.toasts).toContainText('Sending…');

  const theirs = await browser.newContext({ baseURL: servers.url });
  const page2 = await theirs.newPage();
  await signIn(theirs, other);
  await page2.goto('/mail');
  const grid = page2.getByRole('grid', { name: 'Messages' });
  await expect(grid.getByRole('row').filter({ hasText: 'Nets for the winter' })).toBeVisible({ timeout: 30_000 });
  await grid.getByRole('row').filter({ hasText: 'Nets for the winter' }).click();
  const frame = page2.frameLocator('iframe[title="Text of the message"]');
  await expect(frame.locator('strong')).toHaveText('they are mended');

  await page2.getByRole('toolbar', { name: 'Message' }).getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(text(page2)).toBeFocused();
  await expect(composer(page2).getByLabel('Subject')).toHaveValue('Re: Nets for the winter');
  await page2.keyboard.type('Thank you!');
  await composer(page2).getByRole('button', { name: 'Show what is quoted' }).click();
  await expect(page2.frameLocator('[data-composer] iframe').locator('strong')).toHaveText('they are mended');
  await composer(page2).getByRole('button', { name: 'More ways to send' }).click();
  await page2.getByRole('menuitem', { name: 'Send and archive' }).click();
  await expect(composer(page2)).toHaveCount(0);
  await expect(grid.getByRole('row').filter({ hasText: 'Nets for the winter' })).toHaveCount(0);
  await expect(mail.row('Re: Nets for the winter')).toBeVisible({ timeout: 30_000 });
  const their = createScreen(page2);
  await their.goTo(their.folder('Archive'));
  const answered = grid.getByRole('row').filter({ hasText: 'Nets for the winter' });
  await expect(answered.getByLabel('Answered').or(answered.getByText('Answered'))).toHaveCount(1, { timeout: 20_000 });

  await mail.open('Re: Nets for the winter');
  await expect(mail.frame.getByText('Thank you!')).toBeVisible();
  await expect(mail.frame.getByText('they are mended')).toBeAttached();
  await mail.goTo(mail.folder('Sent'));
  await expect(mail.row('Nets for the winter')).toBeVisible();
  await mail.goTo(mail.folder('Drafts'));
  await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toBeVisible({ timeout: 20_000 });
  await theirs.close();
  other.elsewhere.close();
});

test('Undo brings back everything, also from a time chosen for later, and nothing is sent', async ({
  page,
  mail,
  person,
  enter,
}) => {
  await enter(person);
  await write(page, person.username, 'Not yet', 'Half a thought');
  await composer(page).getByRole('button', { name: 'Bcc' }).click();
  await page.keyboard.type('hidden@harbour.example,');
  await page.keyboard.press('Control+Enter');
  await expect(composer(page)).toHaveCount(0);
  await mail.undo.click();
  await expect(text(page)).toHaveText('Half a thought');
  await expect(composer(page).getByLabel('Subject')).toHaveValue('Not yet');
  await expect(composer(page).getByText('hidden@harbour.example')).toBeVisible();
  await composer(page).getByRole('button', { name: 'More ways to send' }).click();
  await mail.menuItem('Send later…').click();
  await mail.dialog('Send later').getByRole('button', { name: 'Tomorrow morning' }).click();
  await expect(composer(page)).toHaveCount(0);
  await expect(mail.toasts).toContainText(/It will be sent .+08:00\./);
  await mail.undo.click();
  await expect(text(page)).toHaveText('Half a thought');
  // The control: what is sent then is this one alone.
  await composer(page).getByLabel('Subject').fill('Now');
  await page.keyboard.press('Control+Enter');
  await expect(mail.row('Now')).toBeVisible({ timeout: 30_000 });
  await expect(mail.row('Not yet')).toHaveCount(0);
});

test('what is written survives a reload at once, and is a draft on the server', async ({
  page,
  mail,
  person,
  enter,
}) => {
  await enter(person);
  await write(page, 'ann@harbour.example', 'Half written', 'The first line');
  await page.waitForTimeout(1_000);
  await page.reload();
  await mail.isReady();
  await expect(page.getByText('You were writing “Half written”')).toBeVisible();
  await page.getByRole('button', { name: 'Go on writing' }).click();
  await expect(text(page)).toHaveText('The first line');
  await expect(composer(page).getByText('ann@harbour.example')).toBeVisible();
  // Closed before its next save was due, it is on the server all the same.
  await composer(page).getByRole('button', { name: 'Close and keep the draft' }).click();
  await mail.goTo(mail.folder('Drafts'));
  await mail.open('Half written');
  await mail.tool('Edit draft').click();
  await expect(text(page)).toHaveText('The first line');
  await text(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(', and the second');
  await expect(composer(page).getByRole('status')).toHaveText(/^Saved/, { timeout: 15_000 });
  await expect(mail.row('Half written')).toHaveCount(1);
  await composer(page).getByRole('button', { name: 'Discard' }).click();
  await mail.undo.click();
  await expect(text(page)).toHaveText('The first line, and the second');
  await composer(page).getByRole('button', { name: 'Discard' }).click();
  await expect(mail.row('Half written')).toHaveCount(0, { timeout: 20_000 });
});

test('a draft that is written on in two places asks which is meant, and keeps what is not chosen', async ({
  page,
  mail,
  person,
  enter,
}) => {
  await enter(person);
  await write(page, 'ann@harbour.example', 'Two hands', 'Both of us');
  await composer(page).getByRole('button', { name: 'Close and keep the draft' }).click();
  await mail.goTo(mail.folder('Drafts'));
  const open = async () => {
    await mail.open('Two hands');
    await mail.tool('Edit draft').click();
    await expect(text(page)).toHaveText('Both of us');
  };
  await open();
  // Opened once more it comes to the front, and is not written in two panels.
  await composer(page).getByRole('button', { name: 'Minimise' }).click();
  await open();
  await expect(page.locator('[data-composer]')).toHaveCount(1);
  await page.evaluate(async (username) => {
    const ask = async (path: string, method = 'GET', body?: object) => {
      const headers = { 'content-type': 'application/json' };
      return (
        await fetch(path, { method, ...(body === undefined ? {} : { headers, body: JSON.stringify(body) }) })
      ).json();
    };
    const of = `/api/accounts/${(await ask('/api/session')).accounts[0].id}`;
    const { mailboxes } = await ask(`${of}/mailboxes`);
    const drafts = mailboxes.find(({ role }: { role: string }) => role === 'drafts').id;
    const { id } = (await ask(`${of}/mailboxes/${drafts}/messages`)).items[0];
    const { messageId, subject } = await ask(`${of}/messages/${id}`);
    const from = { name: null, email: username };
    await ask(`${of}/drafts/${id}`, 'PUT', { from, subject, messageId, html: '<div>Both of us, from the pier</div>' });
  }, person.username);
  await text(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(', from the boat');
  // Whoever is back saves at once.
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await composer(page).getByRole('button', { name: 'Use the other' }).click();
  await expect(text(page)).toHaveText('Both of us, from the pier');
  await mail.undo.click();
  await expect(text(page)).toHaveText('Both of us, from the boat');
  await expect(page.locator('[data-composer]')).toHaveCount(2);
  await expect(composer(page).getByRole('button', { name: 'Keep both' })).toHaveCount(0);
  await expect(mail.row('Two hands')).toHaveCount(2);
});

test('a device that cannot forget what was thrown away says so', async ({ page, person, mail, enter }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.delete = () => {
      throw new DOMException('refused', 'UnknownError');
    };
  });
  await enter(person);
  await write(page, 'ann@harbour.example', 'Not gone', 'A word');
  await composer(page).getByRole('button', { name: 'Discard' }).click();
  await expect(composer(page)).toHaveCount(0);
  await expect(mail.toasts).toContainText('This device still keeps a copy of what you wrote');
});

test('somebody else who signs in on this browser sees nothing of it', async ({
  page,
  mail,
  person,
  enter,
  servers,
}) => {
  await enter(person);
  await write(page, 'ann@harbour.example', 'A secret', 'For nobody else');
  await page.waitForTimeout(1_000);
  const other = await createPerson(servers, `other${Date.now()}`, 'harbour.example');
  await page.goto('about:blank');
  await page.context().clearCookies();
  await signIn(page.context(), other);
  await page.goto('/mail');
  await mail.isReady();
  await page.waitForTimeout(3_000);
  await expect(page.getByText('A secret')).toHaveCount(0);
  // The control: whose it is sees it again.
  await page.context().clearCookies();
  await signIn(page.context(), person);
  await page.goto('/mail');
  await mail.isReady();
  await expect(page.getByText('You were writing “A secret”')).toBeVisible();
  other.elsewhere.close();
});

test('a hostile letter is quoted without a script or a request, and goes out with its pictures named', async ({
  page,
  mail,
  person,
  enter,
  forgive,
}) => {
  // What the frame of a mail stops, it says.
  forgive(/Blocked script execution/);
  await person.elsewhere.deliver(
    letter({
      subject: 'Hostile',
      headers: ['MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8'],
      body: '<p>Hello</p><script>window.hurt=1</script><img src="https://leak.example/a.png" onerror="window.hurt=1" width=9 height=9><svg onload="window.hurt=1"></svg><a href="javascript:window.hurt=1">x</a><div style="background:url(https://leak.example/b.png)">field</div><div style="position:absolute;top:-9em;margin:calc(-9em) 2px;box-shadow:0 -9em #fff">over</div>',
    }),
  );
  await person.elsewhere.deliver(newsletter('Seeds'));
  await enter(person);
  await mail.open('Hostile');
  await page.keyboard.press('r');
  await expect(text(page)).toBeFocused();
  await composer(page).getByRole('button', { name: 'Show what is quoted' }).click();
  const quote = page.frameLocator('[data-composer] iframe');
  await expect(quote.getByText('Hello')).toBeVisible();
  await expect(quote.getByText('over')).toHaveAttribute('style', 'top: -9em; margin-right: 2px; margin-left: 2px;');
  await text(page).click();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData(
      'text/html',
      '<div><div><b>Pasted</b><img src="https://leak.example/c.png"><img src=x onerror="window.hurt=1"></div><iframe src="https://leak.example/"></iframe><style>@import "https://leak.example/d.css"</style></div>',
    );
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  // In the empty line that it was pasted into, not below it.
  await expect(text(page).locator('div').first()).toHaveText('Pasted');
  await expect(text(page).locator('strong')).toHaveText('Pasted');
  await expect(text(page).locator('img, iframe, style')).toHaveCount(0);
  await composer(page).getByText('To', { exact: true }).click();
  await page.keyboard.type(`${person.username},`);
  await page.keyboard.press('Control+Enter');
  await expect(mail.row('Re: Hostile')).toBeVisible({ timeout: 30_000 });
  expect(await page.evaluate(() => 'hurt' in window)).toBe(false);

  // A picture of the mail itself is in what is passed on, too.
  await mail.open('Seeds');
  await page.keyboard.press('f');
  await expect(composer(page).getByLabel('Subject')).toHaveValue('Fwd: Seeds');
  await page.keyboard.type(`${person.username},`);
  await page.keyboard.press('Control+Enter');
  await expect(mail.row('Fwd: Seeds')).toBeVisible({ timeout: 30_000 });
  await mail.open('Fwd: Seeds');
  const frame = page.frameLocator('iframe[title="Text of the message"]').last();
  await expect(frame.locator('img[alt="A red square"]')).toHaveJSProperty('naturalWidth', 10);
});

test('pictures of other programs go on, by whatever name, and where no text names them', async ({
  page,
  mail,
  person,
  enter,
}) => {
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const of = (subtype: string, parts: string[]) => ({
    headers: ['MIME-Version: 1.0', `Content-Type: multipart/${subtype}; boundary=b`],
    body: [...parts.map((part) => `--b\r\n${part}`), '--b--', ''].join('\r\n'),
  });
  const image = (fields: string) =>
    `Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n${fields}\r\n\r\n${pixel}`;
  const photo = image('Content-Disposition: inline; filename=harbour.png');
  await person.elsewhere.deliver(letter({ subject: 'From a phone', ...of('mixed', ['\r\nLook', photo]) }));
  const html = 'Content-Type: text/html\r\n\r\n<p>Logo <img alt="Their logo" src="cid:1__=08BB$x@notes"></p>';
  const logo = image('Content-ID: <1__=08BB$x@notes>');
  await person.elsewhere.deliver(letter({ subject: 'From an office', ...of('related', [html, logo]) }));
  const many = Array.from({ length: 101 }, (_, at) => image(`Content-Disposition: attachment; filename=${at}.png`));
  await person.elsewhere.deliver(letter({ subject: 'Of many', ...of('mixed', ['\r\nAll of them', ...many]) }));
  await enter(person);
  // More files than a message takes go along as the message that has them.
  await mail.open('Of many');
  await page.keyboard.press('f');
  await expect(composer(page).getByRole('list', { name: 'Files' }).getByRole('listitem')).toHaveText(/Of many\.eml/);
  await page.keyboard.press('Escape');
  await mail.open('From a phone');
  await page.keyboard.press('f');
  await expect(composer(page).getByRole('list', { name: 'Files' }).getByText('harbour.png')).toBeVisible();
  await page.keyboard.press('Escape');
  await mail.open('From an office');
  await page.keyboard.press('f');
  await expect(composer(page).getByLabel('Subject')).toHaveValue('Fwd: From an office');
  await page.keyboard.type(`${person.username},`);
  await page.keyboard.press('Control+Enter');
  await expect(mail.row('Fwd: From an office')).toBeVisible({ timeout: 30_000 });
  await mail.open('Fwd: From an office');
  const frame = page.frameLocator('iframe[title="Text of the message"]').last();
  await expect(frame.locator('img[alt="Their logo"]')).toHaveJSProperty('naturalWidth', 1);
});

test('files go along, chosen or dropped, with a bar and a way back, in plain text too; what is promised and forgotten is asked', async ({
  page,
  mail,
  person,
  enter,
}) => {
  await enter(person);
  await write(page, person.username, 'Plans', 'The plan is attached');
  await page.keyboard.press('Control+Enter');
  const question = page.getByRole('alertdialog', { name: 'Send without a file?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await page
    .context()
    .route('**/uploads?name=slow*', (route) => setTimeout(() => void route.continue().catch(() => undefined), 5_000));
  const choose = async (name: string, bytes: Buffer) => {
    const chooser = page.waitForEvent('filechooser');
    await composer(page).getByRole('button', { name: 'Attach files' }).click();
    await (await chooser).setFiles({ name, mimeType: 'application/pdf', buffer: bytes });
  };
  await choose('slow.pdf', Buffer.alloc(3_000_000, 1));
  await expect(composer(page).getByRole('progressbar', { name: 'slow.pdf is on its way' })).toBeVisible();
  await composer(page).getByRole('button', { name: 'Remove slow.pdf' }).click();
  await choose('plan.pdf', Buffer.from('%PDF-1.4 plan'));
  const data = await page.evaluateHandle(() => {
    const dropped = new DataTransfer();
    dropped.items.add(new File(['high at noon'], 'tide.txt', { type: 'text/plain' }));
    return dropped;
  });
  await composer(page).getByLabel('Subject').dispatchEvent('dragenter', { dataTransfer: data });
  await expect(composer(page).getByText('Drop files here to attach them')).toBeVisible();
  const { x = 0, y = 0 } = (await text(page).boundingBox()) ?? {};
  await text(page).dispatchEvent('drop', { dataTransfer: data, clientX: x + 20, clientY: y + 10 });
  await expect(composer(page).getByText('tide.txt')).toBeVisible();
  await expect(composer(page).getByText('Drop files here to attach them')).toHaveCount(0);
  await expect(composer(page).getByRole('progressbar')).toHaveCount(0);
  await text(page).click();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData(
      'text/html',
      '<a href="https://tide.example/2026">Tides</a> and <a href="https://tide.example/">tide.example</a>',
    );
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await composer(page).getByRole('button', { name: 'More', exact: true }).click();
  await mail.menuItem('Plain text').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Plain text' }).click();
  await expect(composer(page).getByRole('button', { name: 'Bold' })).toHaveCount(0);
  // Where a link leads is told, unless its text is that.
  await expect(text(page)).toHaveValue(/Tides <https:\/\/tide\.example\/2026> and tide\.example(?! <)/);
  await text(page).press('Control+Enter');
  await expect(mail.row('Plans')).toBeVisible({ timeout: 30_000 });
  await mail.open('Plans');
  await expect(mail.reader.getByText('plan.pdf').first()).toBeVisible();
  await expect(mail.reader.getByText('tide.txt').first()).toBeVisible();
  await expect(mail.reader.getByText('The plan is attached')).toBeVisible();
  await expect(mail.reader.getByText('slow.pdf')).toHaveCount(0);
});

test('a recipient that the server refuses is told by name', async ({ page, mail, person, enter }) => {
  await enter(person);
  await write(page, 'gone@harbour.example', 'Are you there?', 'Hello');
  await page.keyboard.press('Control+Enter');
  await expect(mail.toasts).toContainText('“Are you there?” was not sent.', { timeout: 30_000 });
  await mail.toasts.getByRole('button', { name: 'Open it' }).click();
  await expect(text(page)).toHaveText('Hello');
});

test('a link to an address opens a composer', async ({ page, mail, person, enter }) => {
  await person.elsewhere.deliver(
    letter({
      subject: 'Write to us',
      headers: ['MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8'],
      body: '<a href="mailto:crew@harbour.example?subject=Aye">Write to the crew</a>',
    }),
  );
  await enter(person);
  await mail.open('Write to us');
  await mail.frame.getByRole('link', { name: 'Write to the crew' }).click();
  await expect(composer(page).getByLabel('Subject')).toHaveValue('Aye');
  await expect(composer(page).getByText('crew@harbour.example')).toBeVisible();
});

import { letter } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';
import { manyLetters } from './letters.ts';
import { createScreen } from './screen.ts';
import { signIn, signOut } from './sign-in.ts';

/** Everything here must show by itself: a reload would hide that it did not. */
test.beforeEach(({ page }) => {
  let loads = 0;
  page.on('domcontentloaded', () => {
    loads += 1;
    if (loads > 1) throw new Error('the page was loaded again');
  });
});

test('mail that comes in while the inbox is open shows, and is counted', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Here before' }), { flags: '\\Seen' });
  await enter(person);
  await expect(mail.folders.getByText(/^Live/)).toBeVisible();
  await person.elsewhere.deliver(letter({ subject: 'Just in' }));
  await expect(mail.row('Just in')).toBeVisible();
  await expect(mail.rows.first()).toContainText('Just in');
  await expect(mail.folder('Inbox')).toHaveAccessibleName(/1 unread/);
  await expect(page).toHaveTitle(/^\(1\) Inbox/);
});

test('mail that comes in before the page listens is not missed', async ({ page, person, mail, enter }) => {
  let listen = () => {};
  const isListening = new Promise<void>((resolve) => {
    listen = resolve;
  });
  await page.route('**/api/events?*', async (route) => {
    await isListening;
    await route.continue();
  });
  await person.elsewhere.deliver(letter({ subject: 'Here before' }));
  await enter(person);
  await expect(mail.row('Here before')).toBeVisible();
  await person.elsewhere.deliver(letter({ subject: 'In between' }));
  // The other side: nothing tells of it yet.
  await expect(mail.row('In between')).toHaveCount(0, { timeout: 1_000 });
  listen();
  await expect(mail.row('In between')).toBeVisible();
});

test('mail that comes in above leaves what is being read in its place', async ({ page, person, mail, enter }) => {
  for (const one of manyLetters(60)) await person.elsewhere.deliver(one, { flags: '\\Seen' });
  await enter(person);
  await expect(mail.folders.getByText(/^Live/)).toBeVisible();
  await mail.list.evaluate((list) => list.scrollTo(0, 20 * 64));
  const row = mail.row('Letter 38');
  await expect(row).toBeInViewport();
  const before = await row.boundingBox();
  await person.elsewhere.deliver(letter({ subject: 'From above' }));
  const hint = page.getByRole('button', { name: '1 new message' });
  await expect(hint).toBeVisible();
  expect((await row.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0);
  await hint.click();
  await expect(mail.row('From above')).toBeInViewport();
  await expect(hint).toHaveCount(0);

  // At the top, too, what the pointer is about to press stays under it, and what came above is told.
  const aimed = await mail.row('From above').boundingBox();
  let x = 400;
  await person.elsewhere.deliver(letter({ subject: 'While aiming' }));
  await expect(async () => {
    x += 1;
    await page.mouse.move(x, (aimed?.y ?? 0) + 30);
    await expect(hint).toBeVisible({ timeout: 300 });
  }).toPass();
  expect((await mail.row('From above').boundingBox())?.y).toBeCloseTo(aimed?.y ?? 0, 0);
});

test('what another client flags, reads or takes away shows', async ({ person, mail, enter }) => {
  for (const subject of ['Starred', 'Perused', 'Gone']) await person.elsewhere.deliver(letter({ subject }));
  await enter(person);
  await expect(mail.folders.getByText(/^Live/)).toBeVisible();
  await expect(mail.row('Perused').getByText('Unread.')).toHaveCount(1);
  const { raw, expunge } = person.elsewhere;
  await raw.command('SELECT INBOX');
  await raw.command('STORE 1 +FLAGS (\\Flagged)');
  await expect(mail.row('Starred').getByRole('img', { name: 'Flagged' })).toBeVisible();
  await raw.command('STORE 2 +FLAGS (\\Seen)');
  await expect(mail.row('Perused').getByText('Unread.')).toHaveCount(0);
  await expunge('Gone');
  await expect(mail.row('Gone')).toHaveCount(0);
  await expect(mail.rows).toHaveCount(2);

  // So does what is in a list of the flagged, of all folders.
  await mail.folders.getByRole('link', { name: 'Flagged' }).click();
  await expect(mail.rows).toHaveCount(1);
  await raw.command('STORE 2 +FLAGS (\\Flagged)');
  await expect(mail.row('Perused')).toHaveCount(1);
  await raw.command('STORE 1 -FLAGS (\\Flagged)');
  await expect(mail.row('Starred')).toHaveCount(0);
  await expect(mail.rows).toHaveCount(1);
});

test('two browsers of one person show what is done in the other', async ({ browser, page, person, mail, enter }) => {
  for (const subject of ['Starred', 'Perused', 'Gone']) await person.elsewhere.deliver(letter({ subject }));
  await enter(person);
  const context = await browser.newContext({ baseURL: new URL(page.url()).origin });
  try {
    await signIn(context, person);
    const other = await context.newPage();
    const there = createScreen(other);
    await other.goto('/mail');
    await there.isReady();
    for (const one of [mail, there]) await expect(one.folders.getByText(/^Live/)).toBeVisible();
    await there.open('Starred');
    await there.tool('Flag').click();
    await expect(mail.row('Starred').getByRole('img', { name: 'Flagged' })).toBeVisible();
    await mail.open('Perused');
    await expect(there.row('Perused').getByText('Unread.')).toHaveCount(0);
    await mail.row('Gone').hover();
    await mail.row('Gone').getByRole('button', { name: 'Delete' }).click();
    await expect(there.row('Gone')).toHaveCount(0);
    await mail.undo.click();
    await expect(there.row('Gone')).toHaveCount(1);
  } finally {
    await signOut(context);
    await context.close();
  }
});

test('folders that another client makes, fills and renames show and count by themselves', async ({
  person,
  mail,
  enter,
}) => {
  const { raw, deliver } = person.elsewhere;
  await raw.command('CREATE Boats');
  await enter(person);
  await expect(mail.folders.getByText(/^Live/)).toBeVisible();
  await deliver(letter({ subject: 'Aboard' }), { mailbox: 'Boats' });
  await expect(mail.folder('Boats')).toHaveAccessibleName(/1 unread/);
  await raw.command('SELECT Boats');
  await raw.command('STORE 1 +FLAGS (\\Seen)');
  await expect(mail.folder('Boats')).not.toHaveAccessibleName(/unread/);
  await raw.command('RENAME Boats Ferries');
  await expect(mail.folder('Ferries')).toBeVisible();
  await expect(mail.folder('Boats')).toHaveCount(0);
});

test('folders and their counts are there after asking for them where nothing tells', async ({
  page,
  person,
  mail,
  enter,
  silence,
}) => {
  await silence();
  await enter(person);
  await person.elsewhere.raw.command('CREATE Lighthouse');
  await person.elsewhere.deliver(letter({ subject: 'Lit' }), { mailbox: 'Lighthouse' });
  await page.keyboard.press('Shift+n');
  await expect(mail.folder('Lighthouse')).toHaveAccessibleName(/1 unread/);
});

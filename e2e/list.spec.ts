import { letter, letterWithFile } from '../lib/mail/testing/letters.ts';
import { openRawImap, type RawImap } from '../lib/mail/testing/raw-imap.ts';
import { expect, test } from './fixture.ts';
import { ines } from './servers/person.ts';
import { patient, signIn } from './sign-in.ts';

const rowHeight = 64;

test.describe('a folder of 20,000', () => {
  let raw: RawImap;
  test.beforeEach(async ({ page, servers }) => {
    raw = await openRawImap(servers.ports.imap, ines);
    // A row a message, so that a place in the list is a number on the server.
    await signIn(page.context(), ines);
    const headers = { origin: servers.url };
    await page.request.patch('/api/settings', { data: { collapsesThreads: false }, headers, ...patient });
  });
  test.afterEach(() => raw.close());

  /** The Message-ID of a sequence number, which tells a message apart where subjects repeat. */
  async function subjectAt(number: number): Promise<string> {
    await raw.command('EXAMINE "Archive/Old lists"');
    const { untagged } = await raw.command(`FETCH ${number} (BODY.PEEK[HEADER.FIELDS (SUBJECT)])`);
    return /Subject: (.*?)\r\n/.exec(untagged.join('\n'))?.[1] ?? '';
  }

  test('is one list with a true scrollbar: the middle and the end are where they should be', async ({
    page,
    mail,
    enter,
  }) => {
    await enter(ines);
    await mail.goTo(mail.folder('Old lists'));
    await expect(mail.list).toHaveAttribute('aria-rowcount', '20000');
    await expect(page.getByText('20,000')).toBeVisible();
    const height = await mail.list.evaluate((list) => list.scrollHeight);
    expect(height).toBeGreaterThanOrEqual(20_000 * rowHeight);
    expect(height).toBeLessThan(20_000 * rowHeight + 200);
    for (const index of [0, 10_000, 19_999]) {
      await mail.list.evaluate((list, top) => list.scrollTo(0, top), index * rowHeight);
      const row = mail.list.locator(`[aria-rowindex="${index + 1}"]`);
      await expect(row).toBeInViewport();
      await expect(row).toContainText(await subjectAt(20_000 - index));
    }
    expect(await mail.rows.count()).toBeLessThan(60);
    // It is there again where it was left, with rows beyond what is in sight.
    await mail.goTo(mail.folder('Inbox'));
    await mail.goTo(mail.folder('Old lists'));
    await expect(mail.list.locator('[aria-rowindex="20000"]')).toBeInViewport();
    const fitting = await mail.list.evaluate((list, height) => Math.ceil(list.clientHeight / height), rowHeight);
    await expect(mail.rows).toHaveCount(fitting + 8);
  });

  test('the keys for the first and the last go there', async ({ page, mail, enter }) => {
    await enter(ines);
    await mail.goTo(mail.folder('Old lists'));
    await expect(mail.rows.first()).toContainText(await subjectAt(20_000));
    await page.keyboard.press('Shift+g');
    const last = mail.list.locator('[aria-rowindex="20000"]');
    await expect(last).toBeInViewport();
    await expect(last).toBeFocused();
    await expect(last).toContainText(await subjectAt(1));
    await page.keyboard.press('g');
    await page.keyboard.press('g');
    await expect(mail.list.locator('[aria-rowindex="1"]')).toBeFocused();
  });

  test('an opened message far down is there again after a reload', async ({ page, mail, enter }) => {
    await enter(ines);
    await mail.goTo(mail.folder('Old lists'));
    await expect(mail.list).toHaveAttribute('aria-rowcount', '20000');
    await mail.list.evaluate((list) => list.scrollTo(0, 5_000 * 64));
    const row = mail.list.locator('[aria-rowindex="5003"]');
    await expect(row).toContainText(await subjectAt(20_000 - 5_002));
    await row.click();
    const subject = await mail.subject.innerText();
    await page.reload();
    await expect(mail.subject).toHaveText(subject);
    await expect(mail.reader.getByRole('article')).toHaveAttribute('aria-busy', 'false');
  });
});

test('the order is chosen: by sender, by subject, by size, and turned round', async ({ page, person, mail, enter }) => {
  const { deliver } = person.elsewhere;
  await deliver(letter({ subject: 'Beta', from: 'Zoe <zoe@example.org>', body: 'x'.repeat(2_000) }));
  await deliver(letter({ subject: 'Alpha', from: 'Mia <mia@example.org>', body: 'x'.repeat(9_000) }));
  await deliver(letter({ subject: 'Gamma', from: 'Ben <ben@example.org>', body: 'x' }));
  await enter(person);
  const shown = async (...subjects: string[]) => {
    for (const [index, subject] of subjects.entries()) await expect(mail.rows.nth(index)).toContainText(subject);
  };
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Sort and more' }).click();
    await mail.menuItem(name).click();
  };
  await shown('Gamma', 'Alpha', 'Beta');
  await choose('Sender');
  await shown('Gamma', 'Alpha', 'Beta');
  await choose('Z to A');
  await expect(page).toHaveURL(/sort=from$/);
  await shown('Beta', 'Alpha', 'Gamma');
  await choose('Subject');
  await shown('Alpha', 'Beta', 'Gamma');
  await choose('Size');
  await shown('Alpha', 'Beta', 'Gamma');
  await page.reload();
  await shown('Alpha', 'Beta', 'Gamma');
  await expect(page.getByText('By Size, Largest first')).toBeVisible();
});

test('filters show the unread, the flagged and those with attachments, and say when there are none', async ({
  page,
  person,
  mail,
  enter,
}) => {
  const { deliver } = person.elsewhere;
  await deliver(letter({ subject: 'Read' }), { flags: '\\Seen' });
  await deliver(letter({ subject: 'Unread' }));
  await deliver(letterWithFile('With a file', Buffer.from('%PDF')), { flags: '\\Seen' });
  await enter(person);
  const filters = page.getByRole('group', { name: 'Show' });
  await expect(mail.rows).toHaveCount(3);
  await filters.getByRole('button', { name: 'Unread' }).click();
  await expect(mail.rows).toHaveCount(1);
  await expect(mail.rows).toContainText('Unread');
  // What is read here stays in its place; the count beside the folder tells that the server's word of it has come.
  await mail.open('Unread');
  await expect(mail.folder('Inbox')).not.toContainText('1');
  await expect.poll(() => person.elsewhere.flagsOf('Unread')).toEqual(['\\Seen']);
  await expect(mail.rows).toHaveCount(1);
  await filters.getByRole('button', { name: 'Flagged' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(mail.rows).toHaveCount(3);
  await page.getByRole('button', { name: 'Sort and more' }).click();
  await mail.menuItem('With attachment').click();
  await expect(mail.rows).toHaveCount(1);
  await expect(mail.row('With a file').getByRole('img', { name: 'Has an attachment' })).toBeVisible();
  await expect(filters.getByRole('button', { name: 'With attachment' })).toHaveAttribute('aria-pressed', 'true');
});

test('a row tells who, what and how; in Sent it tells to whom', async ({ person, mail, enter }) => {
  const { deliver } = person.elsewhere;
  await deliver(letter({ subject: 'Harbour', from: 'Ann <ann@example.org>', body: 'The tide is at four.' }), {
    flags: '\\Answered \\Flagged',
  });
  await deliver(letter({ subject: 'Re: Harbour', from: 'Me <me@example.org>', to: 'Bob <bob@example.org>' }), {
    mailbox: 'Sent',
    flags: '\\Seen',
  });
  await enter(person);
  const row = mail.row('Harbour');
  await expect(row).toContainText('Ann');
  await expect(row).toContainText('The tide is at four.');
  for (const mark of ['Answered', 'Flagged']) await expect(row.getByRole('img', { name: mark })).toBeVisible();
  await mail.goTo(mail.folder('Sent'));
  await expect(mail.row('Re: Harbour')).toContainText('To: Bob');
  await expect(mail.row('Re: Harbour')).not.toContainText('Me');
});

test('an empty folder says what would be here', async ({ page, person, mail, enter }) => {
  await enter(person);
  await expect(page.getByRole('heading', { name: 'All read, all done' })).toBeVisible();
  await mail.goTo(mail.folder('Archive'));
  await expect(page.getByRole('heading', { name: 'Nothing archived yet' })).toBeVisible();
});

import { letter } from '../lib/mail/testing/letters.ts';
import { axeOf } from './axe.ts';
import { expect, test } from './fixture.ts';
import { invitation } from './letters.ts';
import { createPerson } from './servers/person.ts';

test('a second mailbox is found, added, read with the first and alone, searched with it, named, and taken away', async ({
  page,
  person,
  mail,
  enter,
  servers,
  forgive,
}) => {
  forgive(/api\/accounts .*403|status of 403/);
  /** What waits to be sent by an account. */
  const heldBy = (username: string) =>
    page.evaluate(async (name) => {
      const ask = async (path: string) => (await fetch(path)).json();
      const { accounts } = await ask('/api/session');
      const { id } = accounts.find((one: { username: string }) => one.username === name);
      return (await ask(`/api/accounts/${id}/submissions`)).submissions;
    }, username);
  const other = await createPerson(servers, `${person.username.split('@')[0]}b`, 'far.example');
  await person.elsewhere.deliver(letter({ subject: 'Here at home' }));
  await other.elsewhere.deliver(letter({ subject: 'There at work' }));
  await enter(person);
  await page.keyboard.press(',');
  const accounts = page.getByRole('region', { name: 'Accounts' });
  await accounts.getByRole('button', { name: 'Add an account' }).click();
  const form = mail.dialog('Add an account');
  await form.getByLabel('Address').fill(other.username);
  await form.getByLabel('Password', { exact: true }).fill('not this one');
  const add = form.getByRole('button', { name: 'Add', exact: true });
  await add.click();
  // Who would be asked is told before anybody is, and where the password goes before it goes there.
  await expect(form).toContainText('SRV records of far.example');
  await form.getByRole('button', { name: 'Ask them' }).click();
  await expect(form).toContainText(/mail\.provider\.example, port \d+, TLS.*Not part of far\.example/);
  await add.click();
  await expect(form.getByRole('alert')).toContainText('did not accept');
  await form.getByRole('button', { name: 'Back' }).click();
  await form.getByLabel('Password', { exact: true }).fill(other.password);
  await add.click();
  await form.getByRole('button', { name: 'Enter the servers by hand' }).click();
  await expect(form.getByLabel('Reading (IMAP): server')).toHaveValue('mail.provider.example');
  await add.click();
  const name = accounts.getByLabel(`Name of ${other.username}`);
  await name.fill('Work');
  await name.press('Enter');
  await accounts.getByRole('button', { name: 'Colour of Work' }).click();
  await mail.menuItem('Teal').click();
  expect((await axeOf(page).include('dialog[open]').analyze()).violations).toEqual([]);
  await page.keyboard.press('Escape');

  // While one is on the screen, what comes into the other is counted.
  const section = mail.folders.getByRole('region', { name: 'Work' });
  await expect(mail.row('Here at home')).toBeVisible();
  await expect(section.getByRole('link', { name: 'Inbox 1 unread' })).toBeVisible();
  await other.elsewhere.deliver(letter({ subject: 'Just now at work' }));
  await expect(section.getByRole('link', { name: 'Inbox 2 unread' })).toBeVisible();

  // All Inboxes are one list; what is done there is done in each message's own account.
  await mail.goTo(mail.folder('All Inboxes'));
  await expect(mail.row('Here at home')).toBeVisible();
  await mail.open('Just now at work');
  await expect(mail.reader.getByText('In Work')).toBeVisible();
  await expect(mail.folder('All Inboxes')).toContainText('2 unread');
  // An address that names an account that is not theirs opens nothing, whatever its message.
  await page.goto(page.url().replace(/\/[^/~]+~/, '/AAAAAAAAAAAAAAAA~'));
  await expect(mail.reader).toContainText('no longer here');
  await mail.choose('Just now at work');
  await mail.choose('Here at home');
  await page.keyboard.press('v');
  await expect(mail.toasts).toContainText('in different accounts');
  await page.keyboard.press('#');
  await expect(mail.rows).toHaveCount(1);
  await expect.poll(() => other.elsewhere.flagsOf('Just now at work', 'Trash')).not.toBeNull();
  await expect.poll(() => person.elsewhere.flagsOf('Here at home', 'Trash')).not.toBeNull();
  // What was done in both is taken back after a reload too, by one Undo.
  const keptDeeds = () => page.evaluate(() => localStorage.getItem('posthorn:deeds'));
  await expect.poll(keptDeeds).toMatch(/moved.*moved/);
  await page.reload();
  await mail.isReady();
  await page.keyboard.press('z');
  await expect(mail.rows).toHaveCount(3);
  await expect.poll(() => other.elsewhere.flagsOf('Just now at work', 'INBOX')).not.toBeNull();
  await expect.poll(() => person.elsewhere.flagsOf('Here at home', 'INBOX')).not.toBeNull();
  await person.elsewhere.deliver(letter({ subject: 'Just now at home' }));
  await expect(mail.row('Just now at home')).toBeVisible();

  await section.getByRole('button', { name: 'Open the Inbox of: Work' }).click();
  await expect(mail.row('Just now at work')).toBeVisible();
  await expect(mail.row('Here at home')).toHaveCount(0);
  await mail.open('There at work');
  await mail.tool('Archive').click();
  await expect(mail.row('There at work')).toHaveCount(0);
  await expect.poll(() => other.elsewhere.flagsOf('There at work', 'Archive')).not.toBeNull();
  await mail.choose('Just now at work');
  await page.keyboard.press('v');
  await page.keyboard.type('archive');
  await page.getByRole('group', { name: person.username }).getByRole('option', { name: 'Archive' }).click();
  await expect(mail.row('Just now at work')).toHaveCount(0);
  await expect.poll(() => person.elsewhere.flagsOf('Just now at work', 'Archive')).not.toBeNull();
  await expect.poll(() => other.elsewhere.flagsOf('Just now at work', 'INBOX')).toBeNull();
  await expect.poll(keptDeeds).toContain('transferred');
  await page.reload();
  await mail.isReady();
  await mail.undo.click();
  await expect.poll(() => other.elsewhere.flagsOf('Just now at work', 'INBOX')).not.toBeNull();

  // Invited by the address of another account, one answers from there, and here it is marked.
  const invited = ['DTSTART:20301201T090000Z', `ATTENDEE:mailto:${person.username}`];
  await other.elsewhere.deliver(invitation('Come', [...invited, 'ORGANIZER:mailto:rosa@harbour.example']));
  await mail.open('Come');
  await mail.reader.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(mail.reader.getByText('You have accepted.')).toBeVisible();
  await expect.poll(() => other.elsewhere.flagsOf('Come', 'INBOX')).toContain('$invitation-accepted');
  expect(await heldBy(person.username)).toMatchObject([{ state: 'held', to: [{ email: 'rosa@harbour.example' }] }]);
  expect(await heldBy(other.username)).toEqual([]);
  await mail.undo.click();
  await expect.poll(() => other.elsewhere.flagsOf('Come', 'INBOX')).not.toContain('$invitation-accepted');
  expect(await heldBy(person.username)).toEqual([]);
  await mail.search.fill('subject:at');
  await page.getByRole('radio', { name: 'All accounts' }).check({ force: true });
  await expect(mail.row('There at work')).toContainText('Work');
  await expect(mail.row('Here at home')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(mail.row('Here at home')).toHaveCount(0);

  await page.keyboard.press(',');
  await accounts.getByRole('button', { name: 'Take Work away' }).click();
  await mail.dialog('Take Work away?').getByRole('button', { name: 'Take away' }).click();
  await expect(accounts.getByLabel(`Name of ${other.username}`)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(mail.row('Here at home')).toBeVisible();
  await expect(section).toHaveCount(0);
  other.elsewhere.close();
});

import { rawListing } from '../lib/mail/pop3/testing/raw-session.ts';
import { letter } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';
import type { Person } from './servers/person.ts';

const byPop3 = (person: Person): Person => ({ ...person, protocol: 'pop3' });

test('the account page tells where mail is, and a rule tells its numbers before it holds', async ({
  page,
  person,
  mail,
  enter,
  servers,
}) => {
  for (const subject of ['One', 'Two', 'Three']) await person.elsewhere.deliver(letter({ subject }));
  const login = { port: servers.ports.pop3, username: person.username, password: person.password };
  await enter(byPop3(person));
  await expect(mail.row('Three')).toBeVisible();
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Where my mail is…' }).click();
  const account = mail.dialog('Account');
  await expect(account).toContainText('3 messages are on 127.0.0.1');
  await expect(account).toContainText('Everything on the server is kept here');
  await expect(account.getByRole('radio', { name: /Leave mail on the server/ })).toBeChecked();
  await account.getByRole('radio', { name: /Collect and remove/ }).check();
  await expect(account).toContainText('3 messages leave the server at the next collection');
  expect((await rawListing(login)).uidls).toHaveLength(3);
  await account.getByRole('button', { name: 'Apply' }).click();
  await expect(mail.toasts).toContainText('The rule holds from now on');
  await account.getByRole('button', { name: 'Collect now' }).click();
  await expect(account).toContainText('No messages are on 127.0.0.1');
  await expect(account).toContainText('3 of them live only here.');
  expect((await rawListing(login)).uidls).toHaveLength(0);
  await page.keyboard.press('Escape');
  await expect(mail.row('Two').getByRole('img', { name: 'Only kept here, not on the mail server' })).toBeVisible();
  await mail.open('Two');
  await expect(mail.reader).toContainText('Two');
});

test('collecting with the browser shut is chosen in words, and ended', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letter({ subject: 'Alone' }));
  await enter(byPop3(person));
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Where my mail is…' }).click();
  const account = mail.dialog('Account');
  await expect(account).toContainText('For this your password stays on this Posthorn, sealed, until you choose Never.');
  await account.getByLabel('Collect with the browser shut').selectOption('15');
  await expect(mail.toasts).toContainText('Your mail is collected with the browser shut');
  await page.reload();
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Where my mail is…' }).click();
  await expect(account.getByLabel('Collect with the browser shut')).toHaveValue('15');
  await account.getByLabel('Collect with the browser shut').selectOption('');
  await expect(mail.toasts).toContainText('Your password is no longer kept for this');
});

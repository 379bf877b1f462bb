import { letter } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';
import { createScreen } from './screen.ts';

test('deleting moves to Trash, and Undo takes it out again, to be read and flagged at once', async ({
  page,
  person,
  mail,
  enter,
  silence,
}) => {
  // What the server tells of the deletion would take the row away again while the Undo is held up below.
  await silence();
  for (const subject of ['Keep', 'Drop']) await person.elsewhere.deliver(letter({ subject, body: `${subject} it.` }));
  await enter(person);
  await mail.row('Drop').hover();
  await mail.row('Drop').getByRole('button', { name: 'Delete' }).click();
  await expect(mail.row('Drop')).toHaveCount(0);
  await expect.poll(() => person.elsewhere.flagsOf('Drop', 'Trash')).not.toBeNull();
  expect(await person.elsewhere.flagsOf('Drop')).toBeNull();
  let giveBack = () => {};
  const isGivenBack = new Promise<void>((resolve) => {
    giveBack = resolve;
  });
  await page.route('**/messages/move', async (route) => {
    await isGivenBack;
    await route.continue();
  });
  await mail.undo.click();
  // Its row is there before the server has given it back, under an id that is known only then.
  await mail.open('Drop');
  await page.keyboard.press('s');
  await expect(mail.row('Drop').getByRole('img', { name: 'Flagged' })).toBeVisible();
  const before = page.url();
  giveBack();
  await expect(mail.reader.getByText('Drop it.')).toBeVisible();
  await expect(page).not.toHaveURL(before);
  await expect.poll(() => person.elsewhere.flagsOf('Drop')).toEqual(expect.arrayContaining(['\\Seen', '\\Flagged']));
  expect(await person.elsewhere.count('Trash')).toBe(0);
});

test('what was done is taken back after a reload, and from another tab', async ({ page, person, mail, enter }) => {
  for (const subject of ['Keep', 'Drop']) await person.elsewhere.deliver(letter({ subject }));
  await enter(person);
  const drop = async () => {
    await mail.row('Drop').hover();
    await mail.row('Drop').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => person.elsewhere.flagsOf('Drop', 'Trash')).not.toBeNull();
    await expect.poll(() => page.evaluate(() => localStorage.getItem('posthorn:deeds'))).toContain('moved');
  };
  await drop();
  await page.reload();
  await mail.isReady();
  await mail.undo.click();
  await expect.poll(() => person.elsewhere.flagsOf('Drop')).not.toBeNull();
  await expect(mail.row('Drop')).toHaveCount(1);
  const other = await page.context().newPage();
  await other.goto('/mail');
  await createScreen(other).isReady();
  await drop();
  await expect(mail.undo).toHaveCount(1);
  await expect(createScreen(other).row('Drop')).toHaveCount(0);
  await other.keyboard.press('z');
  await expect.poll(() => person.elsewhere.flagsOf('Drop')).not.toBeNull();
  await expect(mail.undo).toHaveCount(0);
  for (const tab of [mail, createScreen(other)]) await expect(tab.row('Drop')).toHaveCount(1);
  expect(await page.evaluate(() => localStorage.getItem('posthorn:deeds'))).toBe('null');
});

test('in Trash it is for good, after one question, and what another client marked deleted survives', async ({
  page,
  person,
  mail,
  enter,
}) => {
  const { deliver, flagsOf, count } = person.elsewhere;
  await deliver(letter({ subject: 'Bystander' }), { mailbox: 'Trash', flags: '\\Deleted' });
  await deliver(letter({ subject: 'Burn this' }), { mailbox: 'Trash' });
  await enter(person);
  await mail.goTo(mail.folder('Trash'));
  await expect(mail.row('Bystander')).toContainText('marked deleted by another client');
  await mail.open('Burn this');
  await mail.tool('Delete for good').click();
  const question = mail.dialog('Delete this message for good?');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  expect(await flagsOf('Burn this', 'Trash')).not.toBeNull();
  await mail.tool('Delete for good').click();
  await question.getByRole('button', { name: 'Delete for good' }).click();
  await expect(mail.row('Burn this')).toHaveCount(0);
  await expect.poll(() => flagsOf('Burn this', 'Trash')).toBeNull();
  expect(await flagsOf('Bystander', 'Trash')).toContain('\\Deleted');
  expect(await count('Trash')).toBe(1);
});

test('mail that another client marked deleted in the inbox outlives our deleting beside it', async ({
  person,
  mail,
  enter,
}) => {
  await person.elsewhere.deliver(letter({ subject: 'Marked elsewhere' }), { flags: '\\Deleted' });
  await person.elsewhere.deliver(letter({ subject: 'Ours' }));
  await enter(person);
  await mail.open('Ours');
  await mail.tool('Delete').click();
  await expect.poll(() => person.elsewhere.flagsOf('Ours', 'Trash')).not.toBeNull();
  await expect(mail.row('Marked elsewhere')).toContainText('marked deleted by another client');
  expect(await person.elsewhere.flagsOf('Marked elsewhere')).toContain('\\Deleted');
});

test('emptying Trash asks once with the number, and empties it', async ({ page, person, mail, enter }) => {
  for (const subject of ['One', 'Two', 'Three']) {
    await person.elsewhere.deliver(letter({ subject }), { mailbox: 'Trash' });
  }
  await person.elsewhere.deliver(letter({ subject: 'Safe' }));
  await enter(person);
  await mail.goTo(mail.folder('Trash'));
  await expect(mail.rows).toHaveCount(3);
  await page.getByRole('button', { name: 'Sort and more' }).click();
  await mail.menuItem('Empty Trash…').click();
  const question = mail.dialog('Empty Trash?');
  await expect(question).toContainText('All 3 messages in it will be deleted for good');
  await question.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('Trash is empty')).toBeVisible();
  await expect.poll(() => person.elsewhere.count('Trash')).toBe(0);
  expect(await person.elsewhere.count()).toBe(1);
});

test.describe('on a server without a Trash', () => {
  test.use({ domain: 'bare.example' });

  test('nothing is deleted until a Trash is made, and then it is there', async ({ person, mail, enter }) => {
    await person.elsewhere.deliver(letter({ subject: 'Where to?' }));
    await enter(person);
    await mail.open('Where to?');
    await mail.tool('Delete').click();
    const offer = mail.dialog('There is no Trash folder');
    await expect(offer).toContainText('Nothing was moved or deleted.');
    await offer.getByRole('button', { name: 'Cancel' }).click();
    await expect(mail.row('Where to?')).toHaveCount(1);
    expect(await person.elsewhere.flagsOf('Where to?')).not.toContain('\\Deleted');
    await mail.tool('Delete').click();
    await offer.getByRole('button', { name: 'Make Trash and go on' }).click();
    await expect(mail.row('Where to?')).toHaveCount(0);
    await expect(mail.folder('Trash')).toBeVisible();
    await expect.poll(() => person.elsewhere.flagsOf('Where to?', 'Trash')).not.toBeNull();
    expect(await person.elsewhere.count()).toBe(0);
  });
});

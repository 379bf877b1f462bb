import { expect, test } from './fixture.ts';

test.use({ domain: 'bare.example' });

test('where the server has no folder for drafts or sent mail, one is made after a question, and nothing is lost without', async ({
  page,
  mail,
  person,
  enter,
  forgive,
}) => {
  forgive(/404/);
  await enter(person);
  await page.keyboard.press('c');
  const composer = page.locator('[data-composer]');
  const text = composer.getByRole('textbox', { name: 'Text of your message' });
  await expect(text).toBeVisible();
  await page.keyboard.type(`${person.username},`);
  await composer.getByLabel('Subject').fill('Nowhere yet');
  await text.click();
  await page.keyboard.type('By the tide.');
  const drafts = mail.dialog('There is no Drafts folder');
  await expect(drafts).toContainText('What you write is kept on this device alone.');
  await drafts.getByRole('button', { name: 'Make it' }).click();
  await expect(composer.getByText(/^Saved /)).toBeVisible();
  await expect.poll(() => person.elsewhere.flagsOf('Nowhere yet', 'Drafts')).not.toBeNull();
  await expect(text).toBeFocused();
  await page.keyboard.type(' And the moon.');

  await composer.getByRole('button', { name: 'Send', exact: true }).click();
  const sent = mail.dialog('There is no Sent folder');
  await expect(sent).toContainText('The message goes out either way.');
  await sent.getByRole('button', { name: 'Not now' }).click();
  await expect(composer).toHaveCount(0);
  await expect(mail.toasts).toContainText('There is no folder for sent messages on the mail server.', {
    timeout: 30_000,
  });
  expect(await person.elsewhere.flagsOf('Nowhere yet')).not.toBeNull();
  const entry = page.getByRole('button', { name: 'Outbox: 1 message waits' });
  await expect(entry).toBeVisible();
  await mail.toasts.getByRole('button', { name: 'Make a folder' }).click();
  await expect(mail.folder('Sent')).toBeVisible();
  await expect.poll(() => person.elsewhere.flagsOf('Nowhere yet', 'Sent')).toEqual(['\\Seen']);
  // Told as it happens: nothing asks again and again.
  await expect(entry).toHaveCount(0, { timeout: 5_000 });
  expect(await person.elsewhere.count()).toBe(1);
});

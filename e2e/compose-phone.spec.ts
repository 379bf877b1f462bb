import { axeOf } from './axe.ts';
import { expect, test } from './fixture.ts';

test('on a phone a message is written on the whole screen, left by Back with its draft, and sent', async ({
  page,
  mail,
  person,
  enter,
}) => {
  await enter(person);
  await page.getByRole('button', { name: 'Compose' }).tap();
  const composer = page.locator('[data-composer]');
  // It slides in.
  await expect.poll(() => composer.boundingBox()).toMatchObject({ x: 0, y: 0, width: 390, height: 844 });
  await composer.getByLabel('To', { exact: true }).fill(`${person.username},`);
  await composer.getByLabel('Subject').fill('From the quay');
  await composer.getByRole('textbox', { name: 'Text of your message' }).fill('On my way.');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const { violations } = await axeOf(page).include('[data-composer]').analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await page.goBack();
  await expect(composer).toHaveCount(0);
  await expect(page).toHaveURL(/\/mail\/[^/]+\/[^/]+$/);
  await page.reload();
  await mail.isReady();
  await page.getByRole('button', { name: 'Folders' }).first().tap();
  await page
    .getByRole('dialog', { name: 'Folders' })
    .getByRole('link', { name: /^Drafts/ })
    .tap();
  await expect(mail.row('From the quay')).toBeVisible({ timeout: 20_000 });
  await mail.row('From the quay').getByRole('link').tap();
  await mail.tool('Edit draft').tap();
  await expect(composer.getByRole('textbox', { name: 'Text of your message' })).toHaveText('On my way.');
  await composer.getByRole('button', { name: 'Send', exact: true }).tap();
  await expect(mail.toasts).toContainText('Sending…');
});

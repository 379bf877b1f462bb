import { letter } from '../lib/mail/testing/letters.ts';
import { axeOf } from './axe.ts';
import { expect, test } from './fixture.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a composer with everything in it has no serious fault (${colorScheme})`, async ({
    page,
    mail,
    person,
    enter,
  }) => {
    await page.emulateMedia({ colorScheme });
    await person.elsewhere.deliver(letter({ subject: 'Oars' }));
    await enter(person);
    await mail.open('Oars');
    await page.keyboard.press('r');
    const composer = page.locator('[data-composer]');
    await composer.getByRole('button', { name: 'Cc', exact: true }).click();
    await page.keyboard.type('cid@harbour.example, half,');
    await composer.getByRole('button', { name: 'Show what is quoted' }).click();
    const { violations } = await axeOf(page).include('[data-composer]').analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  });
}

test('a message is written, mended and sent by the keyboard alone', async ({ page, mail, person, enter }) => {
  await enter(person);
  await page.keyboard.press('c');
  const composer = page.locator('[data-composer]');
  await expect(composer.getByLabel('To', { exact: true })).toBeFocused();
  await page.keyboard.type(`wrong@harbour.example,${person.username},`);
  // Back to the first chip, and away with it.
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Delete');
  await expect(composer.getByText('wrong@harbour.example')).toHaveCount(0);
  await composer.getByLabel('Subject').focus();
  await page.keyboard.type('By keys');
  await page.keyboard.press('Tab');
  await expect(composer.getByRole('button', { name: 'Bold' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(composer.getByRole('button', { name: 'Italic' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(composer.getByRole('textbox', { name: 'Text of your message' })).toBeFocused();
  await page.keyboard.type('No mouse.');
  await page.keyboard.press('Control+Enter');
  await expect(mail.row('By keys')).toBeVisible({ timeout: 30_000 });
});

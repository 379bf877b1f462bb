import type { BrowserContext } from '@playwright/test';
import { axeOf } from './axe.ts';
import { expect, test } from './fixture.ts';
import { createPerson } from './servers/person.ts';
import { patient } from './sign-in.ts';

/** Hands a message over for tomorrow, as Send later does. */
async function schedule(context: BrowserContext, from: string, to: string, subject: string): Promise<void> {
  const session = await context.request.get('/api/session', patient);
  const { accounts } = (await session.json()) as { accounts: { id: string }[] };
  const response = await context.request.post(`/api/accounts/${accounts[0]?.id}/submissions`, {
    ...patient,
    headers: {
      'idempotency-key': `outbox-${subject.replaceAll(' ', '-')}-${Date.now()}`,
      origin: new URL(session.url()).origin,
    },
    data: {
      message: { from: { name: null, email: from }, to: [{ name: null, email: to }], subject, text: 'By the tide.' },
      sendAt: new Date(Date.now() + 24 * 3_600_000).toISOString(),
    },
  });
  expect(response.ok(), await response.text()).toBe(true);
}

for (const [colorScheme, viewport] of [
  ['light', { width: 1440, height: 900 }],
  ['dark', { width: 390, height: 844 }],
] as const) {
  test(`what waits is seen after a reload, sent now, at another time, taken back or written on (${colorScheme})`, async ({
    page,
    context,
    mail,
    person,
    enter,
    servers,
  }) => {
    await page.emulateMedia({ colorScheme });
    const friend = await createPerson(servers, `tide${colorScheme}${Date.now()}`, 'harbour.example');
    await enter(person);
    await schedule(context, person.username, friend.username, 'Goes now');
    await schedule(context, person.username, friend.username, 'Stays here');
    await schedule(context, person.username, friend.username, 'Written on');
    await page.reload();
    await mail.isReady();
    const entry = page.getByRole('button', { name: 'Outbox: 3 messages wait' });
    await entry.click();
    const outbox = mail.dialog('Outbox');
    if (viewport.width < 800) await page.setViewportSize(viewport);
    await expect(outbox.getByText(/^It will be sent .+\.$/)).toHaveCount(3);
    const { violations } = await axeOf(page).include('dialog[open]').analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);

    const row = (subject: string) => outbox.getByRole('listitem', { name: subject });
    await row('Stays here').getByRole('button', { name: 'Change the time' }).click();
    const times = mail.dialog('When is it to go?');
    const day = new Date(Date.now() + 3 * 24 * 3_600_000).toISOString().slice(0, 10);
    await times.getByLabel('When').fill(`${day}T07:30`);
    await times.getByRole('button', { name: 'Change the time' }).click();
    const said = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }).format(new Date(day));
    await expect(row('Stays here').getByText(`It will be sent ${said}, 07:30.`)).toBeVisible();
    await row('Stays here').getByRole('button', { name: 'Take back' }).click();
    await mail.dialog('Take “Stays here” back?').getByRole('button', { name: 'Take back' }).click();
    await expect(row('Stays here')).toHaveCount(0);
    await row('Goes now').getByRole('button', { name: 'Send now' }).click();
    await expect.poll(() => friend.elsewhere.count(), { timeout: 20_000 }).toBe(1);
    expect(await friend.elsewhere.flagsOf('Goes now')).not.toBeNull();
    expect(await friend.elsewhere.flagsOf('Stays here')).toBeNull();
    await row('Written on').getByRole('button', { name: 'Edit' }).click();
    const composer = page.locator('[data-composer]');
    await expect(composer.getByLabel('Subject')).toHaveValue('Written on');
    await expect(composer.getByText('By the tide.')).toBeVisible();
    await expect(composer).toContainText(friend.username);
    expect(await person.elsewhere.count('Drafts')).toBe(1);
    await page.setViewportSize({ width: 1440, height: 900 });
    await composer.getByRole('button', { name: 'Close and keep the draft' }).click();
    const asked = page.waitForResponse(/\/submissions$/);
    await page.reload();
    await mail.isReady();
    // Only then is it known that nothing waits.
    await asked;
    await expect(page.getByRole('button', { name: /^Outbox/ })).toHaveCount(0, { timeout: 20_000 });
    friend.elsewhere.close();
  });
}

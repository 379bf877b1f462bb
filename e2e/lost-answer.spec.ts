import { letter } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';

test('a change whose answer was lost on the way is repeated under its key, and done once', async ({
  page,
  person,
  mail,
  enter,
  forgive,
}) => {
  forgive(/net::ERR/);
  await person.elsewhere.deliver(letter({ subject: 'Carried over' }), { flags: '\\Seen' });
  await enter(person);
  const keys: (string | undefined)[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/messages/move')) keys.push(request.headers()['idempotency-key']);
  });
  // The server hears and does it; the browser never hears of that.
  await page.route(
    '**/messages/move',
    async (route) => {
      await route.fetch({ maxRetries: 2 });
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
  const repeated = page.waitForResponse((response) => response.url().endsWith('/messages/move'));
  await mail.open('Carried over');
  await mail.tool('Archive').click();
  expect((await repeated).headers()['idempotency-replayed']).toBe('true');
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
  await expect(mail.toasts).toContainText('Moved to Archive');
  await expect.poll(() => person.elsewhere.flagsOf('Carried over', 'Archive')).not.toBeNull();
  expect(await person.elsewhere.flagsOf('Carried over')).toBeNull();
});

test.describe('before the page’s script has come', () => {
  test.use({ javaScriptEnabled: false });
  test('the password is not put into the address', async ({ page, person, forgive }) => {
    forgive(/signin/);
    await page.goto('/signin');
    await page.getByRole('textbox', { name: 'Address' }).fill(person.username);
    await page.getByLabel('Password', { exact: true }).fill(person.password);
    await page.keyboard.press('Enter');
    await page.waitForLoadState();
    expect(page.url()).not.toContain(encodeURIComponent(person.password));
    expect(new URL(page.url()).search).toBe('');
  });
});

import { letter } from '../lib/mail/testing/letters.ts';
import { axeOf } from './axe.ts';
import { expect, test } from './fixture.ts';

for (const protocol of ['imap', 'pop3'] as const) {
  test(`over ${protocol} a click shows what is said for it, without a password, until the drawer closes`, async ({
    page,
    person,
    mail,
    enter,
  }) => {
    for (const subject of ['One', 'Two']) await person.elsewhere.deliver(letter({ subject }));
    await enter({ ...person, protocol });
    await expect(mail.row('Two')).toBeVisible();
    const asked: string[] = [];
    page.on('request', (request) => request.url().includes('/exchange') && asked.push(request.url()));
    const ended = page
      .waitForEvent('requestfinished', (request) => request.url().includes('/exchange'))
      .catch(() => null);
    const failed = page
      .waitForEvent('requestfailed', (request) => request.url().includes('/exchange'))
      .catch(() => null);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('Show the protocol');
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('region', { name: 'Protocol' });
    const lines = drawer.getByRole('log').getByRole('listitem');
    await expect(drawer).toBeVisible();
    await expect(drawer.getByText('Listening…')).toHaveCount(0);
    expect(asked).toHaveLength(1);

    await person.elsewhere.deliver(letter({ subject: 'Three' }));
    await page.keyboard.press('Shift+N');
    await expect(mail.row('Three')).toBeVisible();
    await mail.open('Three');
    const [verb, words] =
      protocol === 'imap'
        ? ['UID FETCH', 'Asks for pieces of messages: flags, headers, one part of a body.']
        : ['RETR', 'Takes the whole message: POP3 knows no parts.'];
    const command = lines.filter({ hasText: 'To the server' }).filter({ hasText: verb });
    await expect(command.first()).toBeVisible();
    await expect(lines.filter({ hasText: words }).first()).toBeVisible();
    await expect(
      lines
        .filter({ hasText: 'From the server' })
        .filter({ hasText: /\{[\d,]+ bytes\}/ })
        .first(),
    ).toBeVisible();
    const said = (await drawer.textContent()) ?? '';
    const { username, password } = person;
    for (const secret of [password, `\0${username}\0${password}`].flatMap((text) => [text, btoa(text)])) {
      expect(said).not.toContain(secret);
    }
    if (protocol === 'pop3') expect(said).toContain('••••');

    await drawer.getByRole('textbox', { name: 'Filter lines' }).fill(verb);
    await expect(lines.filter({ hasNotText: verb })).toHaveCount(0);
    await expect(drawer.getByRole('status')).toContainText(/^\d+ of \d+$/);
    await page.keyboard.press('Escape');
    const log = drawer.getByRole('log');
    const fromEnd = () => log.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight);
    await expect.poll(fromEnd).toBeLessThan(24);
    await log.evaluate((node) => node.scrollTo(0, 0));
    await drawer.getByRole('button', { name: 'Newest' }).click();
    await expect.poll(fromEnd).toBeLessThan(24);
    await drawer.getByRole('button', { name: 'Pause' }).click();
    await expect(drawer.getByRole('status')).toContainText('Paused.');
    await drawer.getByRole('button', { name: 'Go on' }).click();
    const { violations } = await axeOf(page).include('[aria-label="Protocol"]').analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    await drawer.getByRole('button', { name: 'Clear' }).click();
    await expect(lines).toHaveCount(0);

    await drawer.getByRole('button', { name: 'Close the protocol' }).click();
    await expect(drawer).toHaveCount(0);
    expect(await Promise.race([ended, failed])).not.toBeNull();
    await mail.open('One');
    await expect(mail.reader).toContainText('One');
    expect(asked).toHaveLength(1);
  });
}

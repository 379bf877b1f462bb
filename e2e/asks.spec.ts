import { readFile } from 'node:fs/promises';
import { letter } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';
import { invitation } from './letters.ts';
import { patient } from './sign-in.ts';

const meeting = [
  'SUMMARY:Steering <b>group</b>',
  'DTSTART;TZID=America/New_York:20261201T090000',
  'DTEND;TZID=America/New_York:20261201T103000',
  'LOCATION:Map room\\, https://harbour.example/map',
  'ORGANIZER;CN=Rosa:mailto:rosa@harbour.example',
  'ATTENDEE;CN=Ines;PARTSTAT=ACCEPTED:mailto:ines@harbour.example',
  'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:jon@harbour.example',
  'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=10',
];

test('an invitation is told (what, when by the reader’s clock and the sender’s, how often, where, who) and answered', async ({
  page,
  context,
  person,
  mail,
  enter,
}) => {
  await person.elsewhere.deliver(invitation('Come', [...meeting, `ATTENDEE:mailto:${person.username}`]));
  await enter(person);
  await mail.open('Come');
  const card = mail.reader.getByRole('region', { name: 'Invitation' });
  await expect(card.getByRole('heading', { name: 'Steering <b>group</b>' })).toBeVisible();
  // These tests are read in Oslo.
  await expect(card.getByText(/Tuesday,? 1 December 2026.+15:00.16:30/)).toBeVisible();
  await expect(card.getByText(/09:00.10:30 by the sender’s clock \(America\/New_York\)/)).toBeVisible();
  await expect(card.getByText('Every 2 weeks on Tuesday and Thursday, 10 times')).toBeVisible();
  await expect(card.getByRole('link', { name: 'https://harbour.example/map' })).toHaveAttribute('rel', /noopener/);
  await expect(card.getByText('rosa@harbour.example', { exact: true })).toBeVisible();
  await card.getByRole('button', { name: '3 people: 1 accepted, 2 not answered' }).click();
  await expect(card.getByRole('listitem').filter({ hasText: 'ines@harbour.example' })).toContainText('accepted');
  await card.getByRole('button', { name: 'Maybe' }).click();
  await expect(card.getByText('You have said maybe.')).toBeVisible();
  const session = await context.request.get('/api/session', patient);
  const { accounts } = (await session.json()) as { accounts: { id: string }[] };
  const outbox = await (await context.request.get(`/api/accounts/${accounts[0]?.id}/submissions`, patient)).json();
  const to = [{ name: 'Rosa', email: 'rosa@harbour.example' }];
  expect(outbox.submissions).toMatchObject([{ state: 'held', subject: 'Maybe: Steering <b>group</b>', to }]);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(card.getByText('You have said maybe.')).toHaveCount(0);
  await expect(card.getByRole('button', { name: 'Accept', exact: true })).toBeEnabled();
  const saved = page.waitForEvent('download');
  await card.getByRole('link', { name: 'Save for your calendar' }).click();
  expect((await readFile(await (await saved).path())).toString()).toContain('BEGIN:VCALENDAR');
});

test('a change, a cancellation and an answer say what they are', async ({ person, mail, enter }) => {
  await person.elsewhere.deliver(invitation('Later', [...meeting, 'SEQUENCE:1']));
  await person.elsewhere.deliver(invitation('Off', [...meeting, 'SEQUENCE:2'], 'CANCEL'));
  await person.elsewhere.deliver(
    invitation(
      'Answer',
      ['DTSTART;VALUE=DATE:20261201', 'ATTENDEE;CN=Jon;PARTSTAT=DECLINED:mailto:j@x.example'],
      'REPLY',
    ),
  );
  await enter(person);
  const card = mail.reader.getByRole('region', { name: 'Invitation' });
  await mail.open('Later');
  await expect(card.getByText('Updated invitation')).toBeVisible();
  await expect(card.getByText('None of your addresses is among those who are invited', { exact: false })).toBeVisible();
  await mail.open('Off');
  await expect(card.getByText('Cancelled')).toBeVisible();
  await expect(card.getByText('It does not take place.', { exact: false })).toBeVisible();
  await mail.open('Answer');
  await expect(card.getByText('Jon has declined')).toBeVisible();
  await expect(card.getByText(/^Tuesday,? 1 December 2026$/)).toBeVisible();
  await expect(card.getByRole('button', { name: 'Accept', exact: true })).toHaveCount(0);
});

test('a calendar that cannot be read is said, and can be saved', async ({ person, mail, enter }) => {
  await person.elsewhere.deliver(invitation('Broken', ['DTSTART:soon']));
  await enter(person);
  await mail.open('Broken');
  await expect(mail.reader.getByText('This calendar file could not be read.', { exact: false })).toBeVisible();
  await expect(mail.reader.getByRole('link', { name: 'Save for your calendar' })).toBeVisible();
  await expect(mail.reader.getByText('Please come.')).toBeVisible();
});

test('a list is answered by its address, and left by a page of the sender that is named before it opens', async ({
  page,
  person,
  mail,
  enter,
  strangers,
}) => {
  await person.elsewhere.deliver(
    letter({
      subject: 'News',
      headers: [
        'List-Unsubscribe: <mailto:leave@x.example>, <https://leave.example/u?1>',
        'List-Post: <mailto:nets@club.example>',
      ],
    }),
  );
  await enter(person);
  await mail.open('News');
  await mail.reader.getByRole('button', { name: 'Unsubscribe' }).click();
  const question = mail.dialog('Leave this list?');
  await expect(question.getByText('A page of leave.example opens in a new tab', { exact: false })).toBeVisible();
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(page.context().pages()).toHaveLength(1);
  await page.context().route('https://leave.example/**', (route) => route.fulfill({ body: 'Goodbye' }));
  await mail.reader.getByRole('button', { name: 'Unsubscribe' }).click();
  const opened = page.context().waitForEvent('page');
  await question.getByRole('button', { name: 'Open the page' }).click();
  const other = await opened;
  await expect(other.getByText('Goodbye')).toBeVisible();
  expect(await other.evaluate(() => [document.referrer, window.opener])).toEqual(['', null]);
  expect(strangers.splice(0)).toEqual(['https://leave.example/u?1']);
  await other.close();
  await mail.reader.getByRole('button', { name: 'Reply to the list, nets@club.example' }).click();
  const composer = page.locator('[data-composer]');
  await expect(composer).toContainText('nets@club.example');
  await expect(composer.getByLabel('Subject')).toHaveValue('Re: News');
  await page.keyboard.press('Escape');
  await expect(composer).toHaveCount(0);
  await page.keyboard.press('Shift+L');
  await expect(composer).toContainText('nets@club.example');
});

test('a list that is left by writing, and a receipt that is asked for, wait for the person’s word', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await person.elsewhere.deliver(
    letter({
      subject: 'Club',
      headers: [
        'List-Unsubscribe: <mailto:leave@club.example?subject=leave>',
        'Disposition-Notification-To: Ann <ann@x.example>',
      ],
    }),
  );
  await enter(person);
  const writes: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') writes.push(request.url());
  });
  await mail.open('Club');
  const asks = mail.reader.getByText('Ann asks for a read receipt. It would go to ann@x.example, which is not', {
    exact: false,
  });
  await expect(asks).toBeVisible();
  const leave = mail.reader.getByRole('button', { name: 'Unsubscribe' });
  // Only that it was read, to the own server.
  await expect.poll(() => person.elsewhere.flagsOf('Club')).toEqual(['\\Seen']);
  expect(writes.every((url) => url.endsWith('/messages/keywords'))).toBe(true);
  await mail.reader.getByRole('button', { name: 'Send receipt' }).click();
  await expect(page.getByText('A read receipt goes to ann@x.example.')).toBeVisible();
  await expect(asks).toHaveCount(0);
  expect(await person.elsewhere.flagsOf('Club')).toContain('$mdnsent');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(asks).toBeVisible();
  expect(await person.elsewhere.flagsOf('Club')).not.toContain('$mdnsent');
  await mail.reader.getByRole('button', { name: 'Not this time' }).click();
  await expect(page.getByText('No read receipt is sent.')).toBeVisible();
  await page.reload();
  await expect(mail.reader.getByRole('heading', { name: 'Club' })).toBeVisible();
  await expect(leave).toHaveText('Unsubscribe by mail');
  await expect(asks).toHaveCount(0);
  await leave.click();
  const composer = page.locator('[data-composer]');
  await expect(composer).toContainText('leave@club.example');
  await expect(composer.getByLabel('Subject')).toHaveValue('leave');
});

import { letter } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';
import { newsletter } from './letters.ts';

const own = (results: string) => `Authentication-Results: mx.skarholm.example; ${results}`;
const html = (subject: string, body: string, headers: string[] = []) =>
  letter({ subject, headers: [...headers, 'MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8'], body });

test('what the mail server found against the sender is told first, the other reasons on demand', async ({
  person,
  mail,
  enter,
}) => {
  await person.elsewhere.deliver(
    letter({
      subject: 'Your account',
      from: '"service@bank.example" <desk@elsewhere.example>',
      headers: [own('spf=pass; dmarc=fail header.from=elsewhere.example'), 'Reply-To: desk@third.example'],
    }),
  );
  await enter(person);
  await mail.open('Your account');
  const first = mail.reader.getByText('Your mail server could not confirm that this comes from');
  await expect(first).toContainText('elsewhere.example');
  const other = mail.reader.getByText('The sender’s name reads');
  await expect(other).toHaveCount(0);
  await mail.reader.getByRole('button', { name: '2 more reasons' }).click();
  await expect(other).toContainText('service@bank.example');
  await expect(mail.reader.getByText('An answer would go to')).toContainText('desk@third.example');
  await mail.reader.getByRole('button', { name: 'Fewer reasons' }).click();
  await expect(other).toHaveCount(0);
});

test('results that another server wrote, or that speak for the sender, show nothing', async ({
  person,
  mail,
  enter,
}) => {
  const forged = 'Authentication-Results: mx.evil.example; dmarc=fail header.from=example.org';
  await person.elsewhere.deliver(letter({ subject: 'Passed', headers: [own('dmarc=pass header.from=example.org')] }));
  await person.elsewhere.deliver(letter({ subject: 'Another server', headers: [forged] }));
  await person.elsewhere.deliver(letter({ subject: 'Failed', headers: [own('dmarc=fail header.from=example.org')] }));
  await enter(person);
  const told = mail.reader.getByText(/Your mail server/);
  await mail.open('Failed');
  await expect(told).toBeVisible();
  for (const subject of ['Passed', 'Another server']) {
    await mail.open(subject);
    await expect(mail.reader.getByText('See you at noon.')).toBeVisible();
    await expect(told).toHaveCount(0);
  }
});

test('links that lie and fields to type in are told once the text is there', async ({ person, mail, enter }) => {
  const lie = '<p>Go to <a href="https://evil.example/x">https://bank.example/login</a></p>';
  await person.elsewhere.deliver(html('Log in', `${lie}<form action="https://evil.example"><input name="p"></form>`));
  await person.elsewhere.deliver(
    html('Log in by Unicode', '<p><a href="https://xn--pypal-4ve.com/">https://pаypal.com</a></p>'),
  );
  await enter(person);
  await mail.open('Log in by Unicode');
  await expect(mail.frame.getByText('leads to xn--pypal-4ve.com')).toBeVisible();
  await mail.open(/^(?!.*Unicode).*Log in/);
  await expect(mail.frame.getByText('leads to evil.example')).toBeVisible();
  await expect(mail.reader.getByText('A link names one site and leads to another:')).toContainText('evil.example');
  await mail.reader.getByRole('button', { name: 'One more reason' }).click();
  await expect(mail.reader.getByText('This message asks for something to be typed in.')).toBeVisible();
});

test('a newsletter whose links and pictures are counted is not suspected', async ({ person, mail, enter }) => {
  await person.elsewhere.deliver(newsletter('Spring list'));
  await person.elsewhere.deliver(
    html(
      'Autumn list',
      '<p><a href="https://click.seeds.example/r?u=1">www.seeds.example</a></p><form><input type="submit"></form>',
      ['Reply-To: answers@mailer.example', 'List-Unsubscribe: <mailto:leave@mailer.example>'],
    ),
  );
  await enter(person);
  for (const subject of ['Spring list', 'Autumn list']) {
    await mail.open(subject);
    await expect(mail.frame.getByRole('link').first()).toBeVisible();
    await expect(mail.reader.getByRole('button', { name: /reasons?$/ })).toHaveCount(0);
    await expect(mail.reader.getByText(/leads to|An answer would go|could not confirm/)).toHaveCount(0);
  }
});

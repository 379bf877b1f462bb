import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { letter } from '../lib/mail/testing/letters.ts';
import { test as base, expect } from './fixture.ts';

interface Sender {
  port: number;
  /** What was asked, a line each: method, path, type, cookies, body. */
  asked: string[];
  status: number;
}

/** A sender's server of this machine, whose address and certificate the product of these tests is told to allow. */
const test = base.extend<{ sender: Sender }>({
  sender: async ({ servers }, use) => {
    const sender: Sender = { port: 0, asked: [], status: 200 };
    const { cert, key } = servers.certificate;
    const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, async (request, response) => {
      const { method, url, headers } = request;
      const body = await text(request);
      sender.asked.push([method, url, headers['content-type'], headers.cookie ?? 'no cookie', body].join(' '));
      response.writeHead(sender.status, { location: '/elsewhere' }).end('ok');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    sender.port = (server.address() as AddressInfo).port;
    await use(sender);
    server.closeAllConnections();
    server.close();
  },
});

const own = (results: string) => `Authentication-Results: mx.skarholm.example; ${results}`;
const news = (subject: string, port: number, headers: string[] = []) =>
  letter({
    subject,
    headers: [
      ...headers,
      'DKIM-Signature: v=1; d=example.org; h=From:List-Unsubscribe:List-Unsubscribe-Post; b=AA==',
      `List-Unsubscribe: <mailto:leave@x.example>, <https://127.0.0.1:${port}/leave?u=1>`,
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    ],
  });

test('a list is left by one click, by our server and only when the person says so', async ({
  person,
  mail,
  enter,
  sender,
}) => {
  await person.elsewhere.deliver(news('News', sender.port, [own('dkim=pass header.d=example.org')]));
  await enter(person);
  await mail.open('News');
  await mail.reader.getByRole('button', { name: 'Unsubscribe' }).click();
  const question = mail.dialog('Leave this list?');
  await expect(question.getByText(`Posthorn tells 127.0.0.1:${sender.port}`, { exact: false })).toBeVisible();
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(sender.asked).toEqual([]);
  await mail.reader.getByRole('button', { name: 'Unsubscribe' }).click();
  await question.getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(mail.toasts.getByText(`127.0.0.1:${sender.port} was told that you no longer want this.`)).toBeVisible();
  expect(sender.asked).toEqual([
    'POST /leave?u=1 application/x-www-form-urlencoded no cookie List-Unsubscribe=One-Click',
  ]);
});

test('a sender who does not accept it is told as that, and nothing is followed', async ({
  person,
  mail,
  enter,
  sender,
}) => {
  sender.status = 302;
  await person.elsewhere.deliver(news('News', sender.port));
  await enter(person);
  await mail.open('News');
  await mail.reader.getByRole('button', { name: 'Unsubscribe' }).click();
  await mail.dialog('Leave this list?').getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(mail.toasts.getByText('You are still on this list.', { exact: false })).toBeVisible();
  await expect(mail.toasts.getByRole('button', { name: 'Open the page' })).toBeVisible();
  expect(sender.asked).toHaveLength(1);
});

test('where the server found no valid signature, one click is not offered, and not done', async ({
  page,
  person,
  mail,
  enter,
  sender,
  forgive,
}) => {
  await person.elsewhere.deliver(news('Unsigned', sender.port, [own('dkim=fail header.d=example.org')]));
  await enter(person);
  await mail.open('Unsigned');
  await mail.reader.getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(mail.dialog('Leave this list?').getByText('opens in a new tab', { exact: false })).toBeVisible();
  await mail.dialog('Leave this list?').getByRole('button', { name: 'Cancel' }).click();
  forgive(/501|unsubscribe/);
  const [, accountId, , messageId] = new URL(page.url()).pathname.split('/').slice(1);
  const status = await page.evaluate(
    async ([account, message]) => {
      const answer = await fetch(`/api/accounts/${account}/messages/${message}/unsubscribe`, { method: 'POST' });
      return [answer.status, ((await answer.json()) as { code: string }).code];
    },
    [accountId, messageId] as const,
  );
  expect(status[1]).toBe('unsupported');
  expect(sender.asked).toEqual([]);
});

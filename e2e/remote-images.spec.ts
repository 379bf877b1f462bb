import { type PictureHost, square, startPictureHost } from '../lib/server/testing/picture-host.ts';
import { test as base, expect } from './fixture.ts';
import { letterWithPictures } from './letters.ts';

/** A web server of this machine, which the product of these tests is told to allow (REMOTE_IMAGE_ALLOW). */
const test = base.extend<{ host: PictureHost }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures wanted from the pattern
  host: async ({}, use) => {
    const host = await startPictureHost({
      answer: (request, response) => {
        if (request.url?.startsWith('/missing') === true) response.statusCode = 404;
        response.end(square);
      },
    });
    await use(host);
    await host.close();
  },
});

const pathsOf = (host: PictureHost) => host.asked.map(({ url }) => url).sort();

test('pictures are held back, shown once, then always for this sender, until that is taken back', async ({
  page,
  person,
  mail,
  enter,
  host,
}) => {
  await person.elsewhere.deliver(letterWithPictures('Spring list', host.port));
  await person.elsewhere.deliver(letterWithPictures('Summer list', host.port));
  await enter(person);
  const peas = mail.frame.getByRole('img', { name: 'A row of sweet peas' });
  const isDrawn = (image: Element) =>
    (image as HTMLImageElement).naturalWidth === 10 && (image as HTMLImageElement).complete;
  const isSeen = () => peas.evaluate(isDrawn);

  await mail.open('Spring list');
  await expect(mail.reader.getByText('4 pictures held back, 2 of them trackers.')).toBeVisible();
  await mail.reader.getByRole('button', { name: 'From where' }).click();
  const hosts = mail.reader.getByRole('list', { name: 'Where the pictures are' });
  await expect(hosts.getByRole('listitem')).toHaveText([
    `127.0.0.1:${host.port}2 pictures, 1 tracker`,
    'news.list-manage.com1 tracker',
  ]);
  expect(host.connections()).toBe(0);

  await mail.reader.getByRole('button', { name: 'Show once' }).click();
  await expect(mail.reader.getByText('2 pictures of other servers shown. 2 trackers stay held back.')).toBeVisible();
  await expect.poll(isSeen).toBe(true);
  const background = mail.frame.locator('td').first();
  await expect(background).toHaveCSS('background-image', /\/remote-image\?/);
  await expect.poll(() => pathsOf(host)).toEqual(['/field.png', '/peas.png?who=you']);
  for (const { headers } of host.asked) expect(JSON.stringify(headers)).not.toMatch(/cookie|referer|chrom|posthorn/i);

  const paper = page.frameLocator('iframe[data-print]');
  await page.keyboard.press('Control+p');
  await expect(paper.locator('body > h1')).toHaveText('Spring list');
  await expect.poll(() => paper.locator('img[alt="A row of sweet peas"]').evaluate(isDrawn)).toBe(true);
  expect(pathsOf(host).filter((path) => path?.includes('open'))).toEqual([]);

  await page.reload();
  await expect(mail.reader.getByText('4 pictures held back, 2 of them trackers.')).toBeVisible();
  await expect(peas).toHaveAttribute('src', /^data:image\/svg/);
  await page.keyboard.press('Control+p');
  await expect(paper.locator('body > h1')).toHaveText('Spring list');
  await expect(paper.locator('img[src]')).toHaveCount(0);

  await mail.reader.getByRole('button', { name: 'Remember' }).click();
  const saved = page.waitForResponse((response) => response.url().includes('/api/remote-image-rules/'));
  await mail.menuItem('Always show from news@seeds.example').click();
  expect((await saved).status()).toBe(204);
  await expect.poll(isSeen).toBe(true);
  await expect(mail.reader.getByText('Always for news@seeds.example.')).toBeVisible();
  await page.reload();
  await expect.poll(isSeen).toBe(true);
  await mail.open('Summer list');
  await expect.poll(isSeen).toBe(true);
  expect(pathsOf(host).filter((path) => path?.includes('open'))).toEqual([]);
  // What was fetched once is not asked for at every reading.
  expect(new Set(pathsOf(host)).size).toBe(host.asked.length);

  await page.keyboard.press(',');
  const settings = mail.dialog('Settings').getByRole('region', { name: 'Pictures of other servers' });
  await expect(settings.getByRole('listitem')).toHaveText(['news@seeds.examplealways shown']);
  await settings.getByRole('button', { name: 'Forget news@seeds.example' }).click();
  await expect(settings.getByText('Nobody yet.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(mail.reader.getByText('4 pictures held back, 2 of them trackers.')).toBeVisible();
  await expect(peas).toHaveAttribute('src', /^data:image\/svg/);
});

test('a whole domain may be shown, and a sender never asked about; both are forgotten at once', async ({
  page,
  person,
  mail,
  enter,
  host,
}) => {
  await person.elsewhere.deliver(letterWithPictures('From news', host.port));
  await person.elsewhere.deliver(letterWithPictures('From sales', host.port, { from: 'sales@seeds.example' }));
  await person.elsewhere.deliver(letterWithPictures('From a stranger', host.port, { from: 'x@elsewhere.example' }));
  await enter(person);
  const remember = mail.reader.getByRole('button', { name: 'Remember' });
  const held = mail.reader.getByText('4 pictures held back, 2 of them trackers.');
  await mail.open('From news');
  await remember.click();
  await mail.menuItem('Always show from seeds.example').click();
  await expect(mail.reader.getByText('Always for seeds.example.')).toBeVisible();
  await mail.open('From sales');
  await expect(mail.reader.getByText('Always for seeds.example.')).toBeVisible();
  await mail.open('From a stranger');
  await expect(held).toBeVisible();
  await remember.click();
  await mail.menuItem('Never ask for x@elsewhere.example').click();
  await expect(mail.reader.getByText('As you chose for x@elsewhere.example.')).toBeVisible();
  // It may be shown all the same.
  await mail.reader.getByRole('button', { name: 'Show once' }).click();
  await expect(mail.reader.getByText(/2 pictures of other servers shown/)).toBeVisible();

  await page.keyboard.press(',');
  const settings = mail.dialog('Settings').getByRole('region', { name: 'Pictures of other servers' });
  await expect(settings.getByRole('listitem')).toHaveCount(2);
  await settings.getByRole('button', { name: 'Forget all' }).click();
  await mail.dialog('Forget all choices').getByRole('button', { name: 'Forget all' }).click();
  await expect(settings.getByText('Nobody yet.')).toBeVisible();
  await page.keyboard.press('Escape');
  await mail.open('From sales');
  await expect(held).toBeVisible();
});

test('no rule acts on a message that may be from anyone, or that is in Junk', async ({
  page,
  person,
  mail,
  enter,
  host,
}) => {
  const two = { from: 'News <news@seeds.example>, Other <other@evil.example>' };
  await person.elsewhere.deliver(letterWithPictures('Honest', host.port));
  await person.elsewhere.deliver(letterWithPictures('Two senders', host.port, two));
  await person.elsewhere.deliver(letterWithPictures('Taken for junk', host.port), { mailbox: 'Junk' });
  await enter(person);
  await mail.open('Honest');
  await mail.reader.getByRole('button', { name: 'Remember' }).click();
  await mail.menuItem('Always show from news@seeds.example').click();
  await expect(mail.reader.getByText('Always for news@seeds.example.')).toBeVisible();
  await mail.open('Two senders');
  await expect(mail.reader.getByText('4 pictures held back, 2 of them trackers.')).toBeVisible();
  await expect(mail.reader.getByRole('button', { name: 'Show once' })).toBeVisible();
  await expect(mail.reader.getByRole('button', { name: 'Remember' })).toHaveCount(0);
  await mail.reader.getByRole('button', { name: 'From where' }).click();
  await expect(mail.reader.getByText(/Nothing can be remembered for this sender/)).toBeVisible();
  await mail.goTo(mail.folder('Junk'));
  await mail.open('Taken for junk');
  await expect(mail.reader.getByText(/held back.*This is Junk/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show once' })).toBeVisible();
});

test('a picture that does not come is told, and its place keeps its description', async ({
  person,
  mail,
  enter,
  forgive,
  host,
}) => {
  forgive(/remote-image/);
  await person.elsewhere.deliver(letterWithPictures('Gone', host.port, { picture: '/missing.png' }));
  await enter(person);
  await mail.open('Gone');
  await mail.reader.getByRole('button', { name: 'Show once' }).click();
  await expect(mail.reader.getByText(/1 picture of other servers shown. 1 did not come./)).toBeVisible();
  await expect(mail.frame.getByRole('img', { name: 'A row of sweet peas' })).toHaveAttribute('src', /^data:image\/svg/);
});

import { readFile } from 'node:fs/promises';
import { unzip } from '../lib/api/testing/unzip.ts';
import { letter } from '../lib/mail/testing/letters.ts';
import { pdf } from '../scripts/sample/files/pdf.ts';
import { expect, test } from './fixture.ts';
import type { MailScreen } from './screen.ts';
import { patient } from './sign-in.ts';

interface File {
  name: string;
  type: string;
  bytes: Buffer;
}

const script = 'top.canary=1;parent.canary=1;window.canary=1;fetch("https://canary.example/")';
/** Every kind of file that could run something, if it were ever more than bytes or text. */
const hostile: File[] = [
  { name: 'page.html', type: 'text/html', bytes: Buffer.from(`<h1>Hi</h1><img src=x onerror='${script}'>`) },
  {
    name: 'drawing.svg',
    type: 'image/svg+xml',
    bytes: Buffer.from(`<svg onload='${script}' xmlns="http://www.w3.org/2000/svg"/>`),
  },
  {
    name: 'party.ics',
    type: 'text/calendar',
    bytes: Buffer.from(`BEGIN:VCALENDAR\r\nSUMMARY:<img src=x onerror='${script}'>\r\nEND:VCALENDAR`),
  },
  {
    name: 'eve.vcf',
    type: 'text/vcard',
    bytes: Buffer.from(`BEGIN:VCARD\r\nFN:</pre><script>${script}</script>\r\nEND:VCARD`),
  },
  { name: 'fake.png', type: 'image/png', bytes: Buffer.from(`<script>${script}</script>`) },
  { name: 'plan.pdf', type: 'application/pdf', bytes: pdf('The plan', ['of the harbour']) },
];

function letterWith(subject: string, files: readonly File[]): string {
  const parts = files.flatMap(({ name, type, bytes }) => [
    '--b',
    `Content-Type: ${type}`,
    `Content-Disposition: attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'Content-Transfer-Encoding: base64',
    '',
    bytes.toString('base64').replace(/.{76}/g, '$&\r\n'),
  ]);
  return letter({
    subject,
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
    body: ['--b', 'Content-Type: text/plain', '', 'See below.', ...parts, '--b--'].join('\r\n'),
  });
}

const filesOf = (mail: MailScreen) => mail.reader.getByRole('region', { name: 'Attachments' });

test('every attachment is looked at without being saved, and nothing of it runs', async ({
  page,
  person,
  mail,
  enter,
}) => {
  await person.elsewhere.deliver(letterWith('Hostile files', hostile));
  await enter(person);
  await mail.open('Hostile files');
  const first = filesOf(mail).getByRole('link', { name: /^page\.html/ });
  await first.click();
  const preview = mail.dialog(/^Attachment:/);
  await expect(
    mail.dialog('Attachment: page.html').getByText(`<h1>Hi</h1><img src=x onerror='${script}'>`),
  ).toBeVisible();
  await expect(preview.getByText('A web page, shown as its source')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(mail.dialog('Attachment: drawing.svg').getByText(/<svg onload=/)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(mail.dialog('Attachment: party.ics').getByText(/BEGIN:VCALENDAR/)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(mail.dialog('Attachment: eve.vcf').getByText(/FN:<\/pre><script>/)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(mail.dialog('Attachment: fake.png').getByText('This file is not what its name says.')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(mail.dialog('Attachment: plan.pdf').getByTitle('The pages of plan.pdf')).toBeVisible();
  await expect(preview.getByText('6 of 6')).toBeVisible();
  expect(await page.evaluate(() => 'canary' in window)).toBe(false);

  await preview.getByRole('button', { name: 'Previous attachment' }).click();
  await expect(preview.getByText('5 of 6')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(preview).toHaveCount(0);
  await expect(first).toBeFocused();
  // The list's keys are its own again.
  await page.keyboard.press('u');
  await expect(page.getByRole('heading', { name: 'No message is open' })).toBeVisible();
});

test('what is opened at its own address has no origin of ours', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(letterWith('One page', hostile.slice(0, 1)));
  await person.elsewhere.deliver(letterWith('One plan', hostile.slice(5)));
  await enter(person);
  for (const [subject, type] of [
    ['One page', 'application/octet-stream'],
    ['One plan', 'application/pdf'],
  ] as const) {
    await mail.open(subject);
    const link = filesOf(mail).getByRole('link', { name: /^Save / });
    const response = await page.request.get(`${await link.getAttribute('href')}?inline=true`, patient);
    expect(response.headers()['content-type']).toBe(type);
    expect(response.headers()['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
  }
});

test('pictures are drawn small in the list, and shown; one that would unpack to gigabytes is not', async ({
  page,
  person,
  mail,
  enter,
}) => {
  const square = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR42mP4z8CABzGMSmNDALfKY53W1e90AAAAAElFTkSuQmCC',
    'base64',
  );
  const bomb = Buffer.from(square);
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  await person.elsewhere.deliver(
    letterWith('Pictures', [
      { name: 'red.png', type: 'image/png', bytes: square },
      { name: 'bomb.png', type: 'image/png', bytes: bomb },
    ]),
  );
  await enter(person);
  await mail.open('Pictures');
  const colourOf = (name: string) =>
    filesOf(mail)
      .getByRole('link', { name: new RegExp(`^${name}`) })
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => [...(canvas.getContext('2d')?.getImageData(9, 9, 1, 1).data ?? [])]);
  await expect.poll(() => colourOf('red.png')).toEqual([255, 0, 0, 255]);
  expect(await colourOf('bomb.png')).toEqual([0, 0, 0, 0]);
  await filesOf(mail)
    .getByRole('link', { name: /^red\.png/ })
    .click();
  const shown = mail.dialog('Attachment: red.png').getByRole('img', { name: 'red.png' });
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(10);
  await page.keyboard.press('ArrowRight');
  await expect(mail.dialog('Attachment: bomb.png').getByText('This is too large to be shown here.')).toBeVisible();
});

test('all are saved at once, under safe names', async ({ page, person, mail, enter }) => {
  await person.elsewhere.deliver(
    letterWith('Minutes 11/26', [
      { name: '../../up.txt', type: 'text/plain', bytes: Buffer.from('up') },
      { name: 'up.txt', type: 'text/plain', bytes: Buffer.from('up too') },
      { name: 'Größe 東京.bin', type: 'application/octet-stream', bytes: Buffer.alloc(2_000_000, 7) },
    ]),
  );
  await enter(person);
  await mail.open('Minutes 11/26');
  const saved = page.waitForEvent('download');
  await filesOf(mail).getByRole('link', { name: 'Save all as .zip' }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe('Minutes 11-26.zip');
  const files = unzip(await readFile(await download.path()));
  expect([...files.keys()]).toEqual(['up.txt', 'up (2).txt', 'Größe 東京.bin']);
  expect(files.get('Größe 東京.bin')?.equals(Buffer.alloc(2_000_000, 7))).toBe(true);
});

test('a program is called one, however it is dressed', async ({ person, mail, enter }) => {
  const bytes = Buffer.from('MZ');
  await person.elsewhere.deliver(
    letterWith('Invoices', [
      { name: 'invoice.pdf                                                   .exe', type: 'application/pdf', bytes },
      { name: 'photo\u202egpj.scr', type: 'image/jpeg', bytes },
      { name: `plan.pdf${'_'.repeat(90)}.exe`, type: 'application/pdf', bytes },
      { name: 'setup.msi', type: 'application/octet-stream', bytes },
      { name: 'notes.txt', type: 'text/plain', bytes: Buffer.from('only notes') },
    ]),
  );
  await enter(person);
  await mail.open('Invoices');
  const warning = filesOf(mail).getByText(
    /“invoice\.pdf \.exe”, “photogpj\.scr”, “plan\.pdf_+\.exe” are written to look like another kind/,
  );
  await expect(warning).toBeVisible();
  expect(await warning.evaluate((text) => text.scrollWidth - text.clientWidth)).toBe(0);
  await expect(filesOf(mail).getByText(/“setup\.msi” is a program\./)).toBeVisible();
  await expect(filesOf(mail).getByText('Program', { exact: true })).toHaveCount(4);
  await expect(filesOf(mail).locator('bdi [aria-hidden]').getByText('.exe').last()).toBeInViewport();
});

test('sound is heard in the page', async ({ person, mail, enter }) => {
  const samples = 8_000;
  const wav = Buffer.alloc(44 + samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  for (const [value, at] of [
    [1, 20],
    [1, 22],
    [1, 32],
    [8, 34],
  ] as const)
    wav.writeUInt16LE(value, at);
  wav.writeUInt32LE(samples, 24);
  wav.writeUInt32LE(samples, 28);
  wav.write('data', 36);
  wav.writeUInt32LE(samples, 40);
  await person.elsewhere.deliver(letterWith('Horn', [{ name: 'horn.wav', type: 'audio/wav', bytes: wav }]));
  await enter(person);
  await mail.open('Horn');
  await filesOf(mail)
    .getByRole('link', { name: /^horn\.wav/ })
    .click();
  const player = mail.dialog('Attachment: horn.wav').locator('audio');
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration)).toBe(1);
});

test('a mail in a mail is read in its place, with its own files, and nothing of it runs', async ({
  page,
  person,
  mail,
  enter,
  forgive,
}) => {
  // The browser says what the sandbox held back.
  forgive(/Blocked script execution/);
  const inner = letterWith('The one inside', [
    { name: 'deep.txt', type: 'text/plain', bytes: Buffer.from('at the bottom') },
  ]).replace(
    'Content-Type: text/plain\r\n\r\nSee below.',
    `Content-Type: text/html\r\n\r\n<p>Inside.</p><img src=x onerror='${script}'>`,
  );
  await person.elsewhere.deliver(
    letter({
      subject: 'The one around',
      headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=o'],
      body: [
        '--o',
        'Content-Type: text/plain',
        '',
        'Around.',
        '--o',
        'Content-Type: message/rfc822',
        '',
        inner,
        '--o--',
      ].join('\r\n'),
    }),
  );
  await enter(person);
  await mail.open('The one around');
  await filesOf(mail).getByRole('link').first().click();
  const preview = mail.dialog(/^Attachment:/).first();
  await expect(preview.getByRole('heading', { name: 'The one inside' })).toBeVisible();
  await expect(preview.frameLocator('iframe').getByText('Inside.')).toBeVisible();
  expect(await page.evaluate(() => 'canary' in window)).toBe(false);
  await preview.getByRole('link', { name: /^deep\.txt/ }).click();
  await expect(mail.dialog('Attachment: deep.txt').getByText('at the bottom')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(mail.dialog('Attachment: deep.txt')).toHaveCount(0);
  await expect(preview.getByRole('heading', { name: 'The one inside' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(mail.dialog(/^Attachment:/)).toHaveCount(0);
});

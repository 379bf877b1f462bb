import type { Page } from '@playwright/test';
import { letter } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';

/**
 * What a stranger would try who has read how Posthorn shows mail: markup in every field that is ever drawn, and letters that
 * leave their line. Nothing may run, ask, wear our marks or paint outside of its place.
 */
const script = 'top.canary=1;parent.canary=1;window.canary=1;fetch(`https://canary.example/`)';
const markup = `"><img src=https://canary.example/x onerror='${script}'><script>${script}</script>{{7*7}}\${7*7}`;
const tower = `Z${'\u0335\u0301\u030b'.repeat(200)}`;
const word = (text: string) =>
  Array.from({ length: Math.ceil(text.length / 18) }, (_, at) => text.slice(at * 18, at * 18 + 18))
    .map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`)
    .join('\r\n ');
const extended = (text: string) =>
  `UTF-8''${encodeURIComponent(text).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)}`;

const calendar = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  `METHOD:REQUEST`,
  'BEGIN:VEVENT',
  `UID:${markup.replaceAll(';', '\\;')}`,
  `SUMMARY:${markup.replaceAll(';', '\\;')}`,
  'DTSTART;TZID="<img src=https://canary.example/tz>":20261201T090000',
  'DTEND:20261201T103000Z',
  `LOCATION:javascript:${script.replaceAll(';', '\\;')} https://canary.example/"onmouseover="${script.replaceAll(';', '\\;')}`,
  `DESCRIPTION:${markup.replaceAll(';', '\\;')}`,
  'URL:javascript:top.canary=1',
  `ORGANIZER;CN="<img src=https://canary.example/cn>":javascript:top.canary=1`,
  `ATTENDEE;CN="<b>Verified</b>";PARTSTAT="<img src=https://canary.example/ps>":mailto:${markup}`,
  'RRULE:FREQ=WEEKLY;BYDAY=<img src=https://canary.example/rr>',
  'ATTACH:https://canary.example/attach',
  'X-ALT-DESC;FMTTYPE=text/html:<img src=https://canary.example/alt>',
  'END:VEVENT',
  'END:VCALENDAR',
];
const card = ['BEGIN:VCARD', `FN:${markup}`, 'PHOTO;VALUE=uri:https://canary.example/photo', 'END:VCARD'];
const inner = letter({ subject: word(markup), from: `${word(markup)} <eve@evil.example>`, body: markup });
const file = (type: string, name: string, lines: string[]) =>
  [`--b`, `Content-Type: ${type}`, `Content-Disposition: attachment; filename*=${extended(name)}`, '', ...lines].join(
    '\r\n',
  );

const hostile = letter({
  subject: word(`Harbour ${tower} ${markup}`),
  from: `${word(`\u2713 Verified ${markup}`)} <eve@evil.example>`,
  to: `${word(markup)} <bob@example.org>, "<script>${script}</script>" <x@evil.example>`,
  headers: [
    `Reply-To: ${word(markup)} <eve@elsewhere.example>`,
    `List-Unsubscribe: <javascript:${script}>, <data:text/html,x>, <https://canary.example/"onmouseover="top.canary=1">`,
    `List-Id: ${word(markup)}`,
    `Authentication-Results: mx.evil.example; dkim=pass header.d=bank.example; dmarc=pass`,
    `X-"><script>${script}</script>: x`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
  ],
  body: [
    '--b',
    'Content-Type: multipart/alternative; boundary=c',
    '',
    '--c',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Harbour ${tower}`,
    `${markup} https://canary.example/"onmouseover="${script}" javascript:${script}`,
    `> ${markup}`,
    `-- `,
    markup,
    '--c',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<style>:host { position: absolute !important; inset: 0 !important; overflow: visible !important; background: red !important }',
    '@media print { #root { display: none } } @media screen { #paper { display: none } }</style>',
    '<p id="paper">Another sum</p>',
    `<p id="root" class="fixed inset-0">Harbour <b>text</b>${markup}</p><p style="position:fixed;inset:0;z-index:9999;background:red">paint</p>`,
    `<div style="margin:-900px;width:9000px;height:9000px;background:red;transform:scale(9)">over</div>`,
    `<div role="dialog" aria-modal="true" name="body" id="mail">Sign in again <input name="password"><form action="https://canary.example/">`,
    '--c',
    `Content-Type: text/calendar; charset=utf-8; method=REQUEST`,
    '',
    ...calendar,
    '--c--',
    file('text/html', `${markup.replaceAll('/', '_')}.html`, [markup]),
    file(`application/x"><img`, 'kind.bin', ['x']),
    file('text/calendar', 'party.ics', calendar),
    file('text/vcard', 'eve.vcf', card),
    file('image/svg+xml', `${tower}.svg`, [`<svg xmlns="http://www.w3.org/2000/svg" onload='${script}'/>`]),
    file('message/rfc822', `${markup.replaceAll('/', '_')}.eml`, [inner]),
    '--b--',
  ].join('\r\n'),
});

/** The sandbox says so while the mail is taken apart, on the screen and on paper, before there is anything of it on the page. */
const blocked = /^Blocked script execution in '[^']*\/frame(\?print=true)?'/;

/** In no document of the page is there anything of the mail that could act; it is text. */
async function staysText(page: Page, where: string): Promise<void> {
  for (const frame of page.frames()) {
    const found = await frame.evaluate(() => ({
      canary: 'canary' in window,
      acting: Array.from(
        document.querySelectorAll(
          '[onerror], [onload], [onmouseover], form, object, embed, base, [href^="javascript" i]',
        ),
        (element) => element.outerHTML.slice(0, 200),
      ).filter((html) => /canary|evil/.test(html)),
      asking: Array.from(document.querySelectorAll('[src], link[href]'), (element) =>
        String(element.getAttribute('src') ?? element.getAttribute('href')),
      ).filter((address) => address.includes('canary.example')),
    }));
    expect.soft(found, `${where}, in ${frame.url()}`).toEqual({ canary: false, acting: [], asking: [] });
  }
}

test('a mail that attacks by every field is text in all of its places', async ({
  page,
  person,
  mail,
  enter,
  strangers,
  forgive,
}) => {
  test.slow();
  page.setDefaultTimeout(10_000);
  forgive(blocked);
  page.on('dialog', (dialog) => strangers.push(`a dialog: ${dialog.message()}`));
  page.context().on('page', (popup) => strangers.push(`a window: ${popup.url()}`));
  await person.elsewhere.deliver(hostile);
  await enter(person);
  await staysText(page, 'in the list');
  await mail.row('Harbour').hover();
  await mail.open('Harbour');
  await expect(mail.frame.getByText('Harbour text')).toBeVisible();
  await staysText(page, 'open');
  expect(await page.title()).not.toMatch(/canary|Harbour/);
  await expect(mail.reader.getByText('\u2713 Verified', { exact: false }).first()).toBeVisible();
  await expect(mail.reader.getByText('eve@evil.example').first()).toBeVisible();
  await mail.reader
    .getByRole('button', { name: /Show all addresses and dates/ })
    .first()
    .click();
  await staysText(page, 'with its details');
  for (const link of await mail.reader.getByRole('link').all())
    expect.soft(await link.getAttribute('href')).toMatch(/^(\/|https?:|mailto:)/);

  await mail.tool('More').click();
  await mail.menuItem('Show the original').click();
  const sheet = mail.dialog(/^Original of/);
  await expect(sheet.getByText('mx.evil.example').first()).toBeVisible();
  await staysText(page, 'as its fields');
  await sheet.getByRole('radio', { name: 'Source' }).check();
  await expect(sheet.getByText('List-Unsubscribe').first()).toBeVisible();
  await staysText(page, 'as its source');
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);

  const files = mail.reader.getByRole('region', { name: 'Attachments' });
  await files.getByRole('link', { name: /^">.*Web page/ }).click();
  const preview = mail.dialog(/^Attachment:/);
  await expect(preview).toBeVisible();
  for (let count = 1; count <= 6; count += 1) {
    await expect(preview.getByText(`${count} of 6`)).toBeVisible();
    await page.waitForTimeout(400);
    await staysText(page, `preview ${count}`);
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('Escape');
  await expect(preview).toHaveCount(0);

  await page.keyboard.press('Control+p');
  await expect(page.frameLocator('iframe[data-print]').locator('body > h1')).toContainText('Harbour');
  await staysText(page, 'on paper');
  const inside = await page
    .frameLocator('iframe[data-print]')
    .locator('section')
    .first()
    .evaluate((section) => ({
      overflow: getComputedStyle(section).overflow,
      position: getComputedStyle(section).position,
      acting: section.shadowRoot?.querySelectorAll('script, [onerror], input, form').length,
    }));
  expect(inside).toEqual({ overflow: 'clip', position: 'relative', acting: 0 });
  // Paper says what the screen says.
  await page.emulateMedia({ media: 'print' });
  const paper = page.frameLocator('iframe[data-print]').locator('section').first();
  await expect(paper.locator('#root')).toHaveCSS('display', 'block');
  await expect(paper.locator('#paper')).toHaveCSS('display', 'none');
  await page.emulateMedia({ media: 'screen' });

  await page.getByRole('textbox', { name: 'Search mail' }).fill('"<img src=https://canary.example/x" OR harbour');
  await page.keyboard.press('Enter');
  await expect(mail.row('Harbour')).toBeVisible();
  await staysText(page, 'found');
  expect(strangers).toEqual([]);
});

test('what a mail draws stays within its place', async ({ page, person, mail, enter, forgive }) => {
  forgive(blocked);
  await person.elsewhere.deliver(hostile);
  await enter(person);
  await mail.open('Harbour');
  await expect(mail.frame.getByText('Harbour text')).toBeVisible();
  const box = async (name: string) => page.locator(name).first().boundingBox();
  const frame = await box('iframe[title="Text of the message"]');
  const reader = await mail.reader.boundingBox();
  expect(frame?.x).toBeGreaterThanOrEqual(reader?.x ?? Number.NaN);
  expect((frame?.x ?? 0) + (frame?.width ?? 0)).toBeLessThanOrEqual((reader?.x ?? 0) + (reader?.width ?? 0));
  // A tower of marks over one letter paints over lines above it, unless it is kept low.
  const marks = await mail.subject.evaluate((heading) => /\p{M}{7}/u.test(heading.textContent ?? ''));
  expect(marks).toBe(false);
  await mail.tool('More').click();
  await mail.menuItem(/plain text/i).click();
  const plain = mail.reader.locator('.plain-text');
  await expect(plain).toContainText('Harbour');
  await expect(plain).toHaveCSS('overflow-y', 'clip');
  // What turns the text around an address round does not turn the address.
  await expect(plain.getByRole('link').first()).toHaveCSS('unicode-bidi', 'isolate');
  expect(await plain.evaluate((text) => /\p{M}{7}/u.test(text.textContent ?? ''))).toBe(true);
});

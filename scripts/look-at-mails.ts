import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { browserArguments, browserPath } from '../e2e/browser.ts';
import { signIn } from '../e2e/sign-in.ts';
import { startProduct } from '../lib/api/testing/product.ts';
import { type Dovecot, startDovecot } from '../lib/mail/testing/dovecot.ts';

/**
 * Opens every mail of a folder (.eml, .msg) in the built product, and puts what it looks like on contact sheets:
 * npx tsx scripts/look-at-mails.ts FOLDER [OUTPUT] [light-wide,dark-wide,light-narrow,dark-narrow]
 */
const [folder, output = 'test-results/mails', wanted = ''] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder of mails?');

const login = { username: 'ann', password: 'secret', protocol: 'imap' } as const;
const wide: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, locale: 'en-GB' };
const narrow: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const looks: Record<string, { options: BrowserContextOptions; perRow: number; rows: number }> = {
  'light-wide': { options: { ...wide, colorScheme: 'light' }, perRow: 4, rows: 3 },
  'dark-wide': { options: { ...wide, colorScheme: 'dark' }, perRow: 4, rows: 3 },
  'light-narrow': { options: { ...narrow, colorScheme: 'light' }, perRow: 6, rows: 2 },
  'dark-narrow': { options: { ...narrow, colorScheme: 'dark' }, perRow: 6, rows: 2 },
};

const files = (readdirSync(folder, { recursive: true, encoding: 'utf8' }) as string[])
  .filter((file) => /\.(eml|msg)$/.test(file))
  .map((file) => join(folder, file))
  .filter((file) => statSync(file).isFile())
  .sort();
mkdirSync(output, { recursive: true });
const dovecot = await startDovecot({ users: [login] });
const product = await startProduct(dovecot, { LOG_LEVEL: 'warn', SIGN_IN_ATTEMPTS_PER_ADDRESS: '1000' });
const browser = await chromium.launch({ executablePath: browserPath(), args: browserArguments });
try {
  deliver(dovecot);
  for (const [name, { options, perRow, rows }] of Object.entries(looks)) {
    if (wanted !== '' && !wanted.split(',').includes(name)) continue;
    const context = await browser.newContext({ ...options, baseURL: product.url });
    await signIn(context, login);
    const pictures = await look(context, await pathsOf(context));
    await context.close();
    for (let at = 0; at < pictures.length; at += perRow * rows) {
      const path = join(output, `${name}-${String(at / (perRow * rows)).padStart(2, '0')}.png`);
      await drawSheet(browser, pictures.slice(at, at + perRow * rows), perRow, path);
      console.log(path);
    }
  }
} finally {
  await browser.close();
  await product.stop();
  await dovecot.stop();
}

/** One file a mail, as it is; the server counts them in this order. */
function deliver({ maildirOf, own }: Dovecot): void {
  const maildir = maildirOf(login.username);
  for (const [index, file] of files.entries())
    writeFileSync(join(maildir, 'cur', `${1_700_000_000 + index}.M${index}.x:2,S`), readFileSync(file));
  own(maildir);
}

/** Where each mail is opened, in the order of the files. */
async function pathsOf(context: BrowserContext): Promise<string[]> {
  const json = async (path: string) => await (await context.request.get(path)).json();
  const { accounts } = (await json('/api/session')) as { accounts: { id: string }[] };
  const account = accounts[0]?.id ?? '';
  const { mailboxes } = (await json(`/api/accounts/${account}/mailboxes`)) as {
    mailboxes: { id: string; role: string | null }[];
  };
  const inbox = mailboxes.find(({ role }) => role === 'inbox')?.id ?? '';
  const { ids } = (await json(`/api/accounts/${account}/mailboxes/${inbox}/message-ids`)) as { ids: string[] };
  return ids.toReversed().map((id) => `/mail/${account}/${inbox}/${id}`);
}

async function look(context: BrowserContext, paths: string[]): Promise<{ name: string; png: Buffer }[]> {
  const page = await context.newPage();
  const pictures: { name: string; png: Buffer }[] = [];
  for (const [index, path] of paths.entries()) {
    // A page each: from one to the next by key goes by conversations, of which some hold several.
    await page.goto(path, { waitUntil: 'domcontentloaded' });
    await settled(page);
    const png = await page.getByRole('region', { name: 'Message', exact: true }).screenshot();
    pictures.push({ name: relative(folder ?? '', files[index] ?? ''), png });
  }
  return pictures;
}

/** Until the text stands, or what is in its place; a mail that never comes is a picture too. */
async function settled(page: Page): Promise<void> {
  const shown = page.locator('[data-reader] article[aria-busy="false"], [data-reader] [role="alert"]').first();
  await shown.waitFor({ timeout: 15_000 }).catch((error: Error) => console.warn(error.message.split('\n')[0]));
  await page.waitForTimeout(300);
}

async function drawSheet(
  from: Browser,
  pictures: { name: string; png: Buffer }[],
  perRow: number,
  path: string,
): Promise<void> {
  const page = await from.newPage({ viewport: { width: 2_000, height: 1_000 } });
  await page.setContent(
    `<body style="margin:8px;display:grid;gap:8px;grid-template-columns:repeat(${perRow},1fr);font:12px sans-serif"></body>`,
  );
  for (const { name, png } of pictures) {
    await page.evaluate(
      ([label = '', data = '']) => {
        const figure = document.createElement('figure');
        figure.style.margin = '0';
        const picture = document.createElement('img');
        picture.src = `data:image/png;base64,${data}`;
        picture.style.cssText = 'width:100%;border:1px solid #999';
        figure.append(label, picture);
        document.body.append(figure);
      },
      [name, png.toString('base64')],
    );
  }
  await page.screenshot({ path, fullPage: true });
  await page.close();
}

import { mkdirSync } from 'node:fs';
import { type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { browserArguments, browserPath } from '../e2e/browser.ts';
import { startProduct } from '../lib/api/testing/product.ts';
import { startSampleServer } from './sample/start.ts';

/** Makes the pictures of the README from the built product and the sample mail: npx tsx scripts/screens.ts [name…] */
const folder = 'docs/screens';
const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, locale: 'en-GB' };
const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  locale: 'en-GB',
};

const wanted = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const { dovecot } = await startSampleServer();
const product = await startProduct(dovecot, { LOG_LEVEL: 'warn' });
const browser = await chromium.launch({ executablePath: browserPath(), args: browserArguments });
try {
  await picture('inbox-light', { ...desktop, colorScheme: 'light' }, (page) =>
    open(page, /Re: Contract for the ferry/),
  );
  await picture('newsletter-dark', { ...desktop, colorScheme: 'dark' }, (page) => open(page, /Tidal History Society/));
  await picture('search', { ...desktop, colorScheme: 'light' }, search);
  await picture('phone-list', { ...phone, colorScheme: 'light' }, async () => undefined);
  await picture('phone-message', { ...phone, colorScheme: 'dark' }, (page) => open(page, /Photos from the boatyard/));
} finally {
  await browser.close();
  await product.stop();
  await dovecot.stop();
}

async function picture(name: string, options: BrowserContextOptions, reach: (page: Page) => Promise<unknown>) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  const context = await browser.newContext({ ...options, baseURL: product.url });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByLabel('Address').fill('ines@skarholm.example');
  await page.getByLabel('Password', { exact: true }).fill('harbour');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page
    .getByRole('row', { name: /Marta Kowalska/ })
    .first()
    .waitFor();
  await reach(page);
  await page.mouse.move(0, 0);
  await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await context.close();
}

async function open(page: Page, name: RegExp) {
  await page.getByRole('row', { name }).first().getByRole('link').click();
  await page.getByRole('region', { name: 'Message', exact: true }).getByRole('heading', { level: 2 }).waitFor();
}

async function search(page: Page) {
  const box = page.getByRole('textbox', { name: /^Search mail/ });
  await box.fill('from:piet OR from:amadou -subject:oil');
  await box.press('Enter');
  await page.getByText(/^\d+ results$/).waitFor();
  await open(page, /Keys for the pump house/);
}

import { type Browser, chromium, type Page } from '@playwright/test';
import { browserArguments, browserPath } from '../e2e/browser.ts';
import { login } from './mailbox.ts';
import { countWire, type Weight } from './wire.ts';

export interface PageRow {
  what: string;
  ms: number;
  /** Compressed, by kind, with headers. */
  kB: Weight;
  budgetKB: number | null;
}

const budgetKB = 240;

/** What a browser with an empty cache receives until the sign-in page, and until the inbox, can be used. */
export async function measureFirstInbox(url: string): Promise<PageRow[]> {
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: browserArguments,
  });
  try {
    const { page, until } = await openTab(browser);
    const startedMs = Date.now();
    await page.goto(`${url}/signin`);
    const formMs = await usableAt(page, 'form');
    await page.waitForLoadState('networkidle');
    const quietMs = Date.now();
    await page.getByLabel('Address').fill(login.username);
    await page.getByLabel('Password', { exact: true }).fill(login.password);
    const pressedMs = Date.now();
    await page.getByRole('button', { name: 'Sign in' }).click();
    const rowsMs = await usableAt(page, rows);
    const rowsOf = (what: string, fromMs: number, toMs: number, budget: number | null = null): PageRow => ({
      what,
      ms: toMs - fromMs,
      kB: until(toMs),
      budgetKB: budget,
    });
    return [
      rowsOf('sign-in page, until it can be used', startedMs, formMs),
      rowsOf('… and the inbox fetched meanwhile', startedMs, quietMs),
      rowsOf('… and signed in, until the inbox can be', pressedMs, rowsMs, budgetKB),
      await byAddress(browser, url, page),
    ];
  } finally {
    await browser.close();
  }
}

// Rows that are not here yet are rows too, without a link.
const rows = '[role="grid"] [role="row"] a';

/** The inbox by its own address, signed in already, with an empty cache. */
async function byAddress(browser: Browser, url: string, signedIn: Page): Promise<PageRow> {
  const { page, until } = await openTab(browser);
  await page.context().addCookies(await signedIn.context().cookies());
  const startedMs = Date.now();
  await page.goto(`${url}/mail`);
  const rowsMs = await usableAt(page, rows);
  return { what: 'inbox by its address, until it can be used', ms: rowsMs - startedMs, kB: until(rowsMs), budgetKB };
}

/** A tab with a cache of its own, and what it receives. */
async function openTab(browser: Browser): Promise<{ page: Page; until(atMs: number): Weight }> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  return { page, ...(await countWire(await page.context().newCDPSession(page))) };
}

/** When there was first something of this kind that React has taken over, so that it hears; by the clock of the page. */
async function usableAt(page: Page, selector: string): Promise<number> {
  const found = await page.waitForFunction((wanted) => {
    const element = document.querySelector(wanted);
    const hears = element !== null && Object.keys(element).some((key) => key.startsWith('__reactProps'));
    return hears && performance.timeOrigin + performance.now();
  }, selector);
  return Number(await found.jsonValue());
}

import { type BrowserContext, chromium, type Locator, type Page } from '@playwright/test';
import { browserArguments, browserPath } from '../e2e/browser.ts';
import { login } from './mailbox.ts';
import { quantile } from './measure.ts';

/** From the press of a button to the frame that shows what was asked for, by the clock of the page: median and p95 in ms. */
export interface ClickRow {
  what: string;
  ms: number;
  p95Ms: number;
  runs: number;
  budgetMs: number;
}

const runs = 15;
const wide = { width: 1440, height: 900 };
const rows = '[role="grid"] [role="row"] a';
const text = '[data-reader] article[aria-busy="false"]';
const titleOfList = 'main h1';
/** Of every message of the bench. */
const words = 'The light was kind';

/** What people press most, in Chromium, signed in, with everything fetched that is fetched in quiet moments. */
export async function measureClicks(url: string): Promise<ClickRow[]> {
  const browser = await chromium.launch({ executablePath: browserPath(), args: browserArguments });
  try {
    const context = await browser.newContext({ viewport: wide, baseURL: url });
    const page = await signedIn(context);
    return [await openMessages(page), await openFolders(page), await openComposers(page), await openBookmarks(page)];
  } finally {
    await browser.close();
  }
}

async function signedIn(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto('/signin');
  await page.getByLabel('Address').fill(login.username);
  await page.getByLabel('Password', { exact: true }).fill(login.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator(rows).first().waitFor();
  await page.waitForTimeout(3_000);
  return page;
}

/** One after the other of the list, none of which was looked at or pointed to before. */
async function openMessages(page: Page): Promise<ClickRow> {
  const times: number[] = [];
  for (let run = 0; run < 10; run += 1) {
    times.push(await pressed(page, page.locator(rows).nth(run), text, words));
    await page.waitForTimeout(500);
  }
  return rowOf('click to message text', times, 60);
}

async function openFolders(page: Page): Promise<ClickRow> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const name = run % 2 === 0 ? 'Second' : 'Inbox';
    const link = page.getByRole('navigation', { name: 'Folders' }).getByRole('link', { name: new RegExp(`^${name}`) });
    times.push(await pressed(page, link, titleOfList, name));
    await page.waitForTimeout(500);
  }
  return rowOf("click to another folder's list", times, 50);
}

async function openComposers(page: Page): Promise<ClickRow> {
  const times: number[] = [];
  const composer = page.locator('[data-composer]');
  for (let run = 0; run < runs; run += 1) {
    const button = page.getByRole('button', { name: 'Compose', exact: true });
    times.push(await pressed(page, button, '[data-composer] [contenteditable="true"]', ''));
    await composer.getByRole('button', { name: 'Close' }).click();
    await composer.waitFor({ state: 'detached' });
  }
  return rowOf('click to editor ready', times, 80);
}

/**
 * The inbox by its address, with a warm cache, until the frame that shows its rows was on the screen. The page notes it by itself:
 * whoever asks it meanwhile holds it up, and is answered only after React has taken over.
 */
async function openBookmarks(page: Page): Promise<ClickRow> {
  await page.addInitScript((selector) => {
    new MutationObserver((_, observer) => {
      if (document.querySelector(selector) === null) return;
      observer.disconnect();
      requestAnimationFrame(() => performance.mark('rows'));
    }).observe(document, { childList: true, subtree: true });
  }, rows);
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await page.goto('about:blank');
    const startedMs = Date.now();
    await page.goto('/mail', { waitUntil: 'commit' });
    await page.waitForTimeout(1_500);
    await page.waitForFunction(() => performance.getEntriesByName('rows').length > 0);
    times.push((await page.evaluate(paintedAt)) - startedMs);
  }
  return rowOf('bookmark to painted list, warm cache', times, 300);
}

/** The first paint, if the rows were in it, else the frame that had them. */
const paintedAt = () => {
  const noted = [...performance.getEntriesByName('rows'), ...performance.getEntriesByName('first-contentful-paint')];
  return performance.timeOrigin + Math.max(...noted.map(({ startTime }) => startTime));
};

interface Wanted {
  selector: string;
  /** What it says then. */
  words: string;
  /** What it said before the press. */
  before: string | null;
}

/** Presses with the mouse, as a person does, and gives how long it took until what is wanted was painted, in ms. */
async function pressed(page: Page, target: Locator, selector: string, wantedWords: string): Promise<number> {
  const before = await page.evaluate((at) => document.querySelector(at)?.textContent ?? null, selector);
  const press = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const once = { capture: true, once: true };
        addEventListener('pointerdown', () => resolve(performance.timeOrigin + performance.now()), once);
      }),
  );
  const shown = shownAt(page, { selector, words: wantedWords, before });
  await target.click();
  return (await shown) - (await press);
}

/** When it was there in a frame, by the clock of the page. */
async function shownAt(page: Page, wanted: Wanted): Promise<number> {
  const found = await page.waitForFunction(({ selector, words: said, before }) => {
    const shown = document.querySelector(selector)?.textContent ?? null;
    return shown !== null && shown !== before && shown.includes(said) && performance.timeOrigin + performance.now();
  }, wanted);
  return Number(await found.jsonValue());
}

const rowOf = (what: string, times: number[], budgetMs: number): ClickRow => ({
  what,
  ms: quantile(times, 0.5),
  p95Ms: quantile(times, 0.95),
  runs: times.length,
  budgetMs,
});

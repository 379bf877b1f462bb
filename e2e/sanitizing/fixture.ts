import { test as base, type Page } from '@playwright/test';
import type { SanitizingPage } from './page.ts';
import { startSanitizingServer } from './server.ts';

declare global {
  interface Window {
    sanitizing: SanitizingPage;
    ran: string[];
  }
}

interface Fixtures {
  /** A page with `window.sanitizing`; alerts of any of its frames are counted in `ran`. */
  bench: Page;
  /** Every address that the browser asked for, but those of the page itself. */
  asked: string[];
}

export const test = base.extend<Fixtures, { benchUrl: string }>({
  benchUrl: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures wanted from the pattern
    async ({}, use) => {
      const server = await startSanitizingServer();
      await use(server.url);
      server.close();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  asked: async ({}, use) => {
    await use([]);
  },
  bench: async ({ page, benchUrl, asked }, use) => {
    const own = /\/(?:|script\.js|frame|plain|policy-only|favicon\.ico)$/;
    // Routing is where the browser hands a request out: what is blocked before never comes here.
    await page.context().route('**/*', async (route) => {
      const url = route.request().url();
      if (url.startsWith(benchUrl) && own.test(new URL(url).pathname)) return await route.continue();
      asked.push(url);
      return await route.fulfill({ status: 200, contentType: 'text/css', body: '' });
    });
    page.on('dialog', (dialog) => void dialog.dismiss());
    await page.addInitScript(() => {
      const root = window.top as Window;
      root.ran ??= [];
      const note = (text: unknown) => void root.ran.push(String(text));
      window.alert = note;
      window.prompt = (text) => {
        note(text);
        return null;
      };
      window.confirm = (text) => {
        note(text);
        return false;
      };
    });
    await page.goto(benchUrl);
    await use(page);
  },
});

export { expect } from '@playwright/test';

import { chromium } from '@playwright/test';
import { browserArguments, browserPath } from '../e2e/browser.ts';
import { login } from './mailbox.ts';

/** Kilobytes over the wire, and ms, from the address of the product to the first rows of the inbox, with a cold cache. */
export async function measureFirstInbox(url: string): Promise<{ what: string; kB: number; ms: number }[]> {
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: browserArguments,
  });
  try {
    const page = await browser.newPage();
    const session = await page.context().newCDPSession(page);
    let bytes = 0;
    await session.send('Network.enable');
    session.on('Network.loadingFinished', (event) => {
      bytes += event.encodedDataLength;
    });
    const started = performance.now();
    await page.goto(`${url}/signin`, { waitUntil: 'networkidle' });
    const signInPage = {
      what: 'sign-in page, cold cache (until quiet)',
      kB: bytes / 1_000,
      ms: performance.now() - started,
    };
    await page.getByLabel('Address').fill(login.username);
    await page.getByLabel('Password', { exact: true }).fill(login.password);
    const clicked = performance.now();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Tide tables').first().waitFor();
    const inbox = { what: 'sign-in to the first rows', kB: bytes / 1_000, ms: performance.now() - clicked };
    return [signInPage, inbox];
  } finally {
    await browser.close();
  }
}

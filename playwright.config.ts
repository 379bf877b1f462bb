import { defineConfig } from '@playwright/test';
import { browserPath, testArguments } from './e2e/browser.ts';

const isPhone = /phone\.spec\.ts$/;

/** Every goal of a person, in a real browser against the built product and real mail servers, started once a run. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/servers/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  // Two cores, a browser, mail servers and the product: one race lost to the machine is named at the end, and no more.
  retries: 1,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    trace: 'off',
    locale: 'en-GB',
    // Another zone than the server's, so that a date drawn on the wrong side shows itself.
    timezoneId: 'Europe/Oslo',
    launchOptions: { executablePath: browserPath(), args: testArguments },
  },
  projects: [
    { name: 'desktop', testIgnore: isPhone, use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone',
      testMatch: isPhone,
      use: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
    },
  ],
});

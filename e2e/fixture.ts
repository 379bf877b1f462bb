import { test as base, expect } from '@playwright/test';
import { createScreen, type MailScreen } from './screen.ts';
import { createPerson, type Login, type Person } from './servers/person.ts';
import { announcedServers, type Servers } from './servers/servers.ts';
import { signIn, signOut } from './sign-in.ts';

interface Fixtures {
  /** Where `person` is at home; `test.use({ domain: 'bare.example' })` for the server without folders. */
  domain: string;
  /** Somebody new with empty mailboxes, for this test alone. */
  person: Person;
  mail: MailScreen;
  /** Signs in and opens a place of the app; waits until the list is there. */
  enter(login: Login, path?: string): Promise<void>;
  /** Says that the browser may complain of this; by any other complaint the test fails. */
  forgive(complaint: RegExp): void;
  /** Cuts the stream of events: nothing is told of what others do. Before `enter`. */
  silence(): Promise<void>;
  /** Requests to anyone but the product: there must be none. */
  strangers: string[];
}

export const test = base.extend<Fixtures, { servers: Servers }>({
  servers: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures wanted from the pattern
    async ({}, use) => {
      const servers = announcedServers();
      if (servers === null) throw new Error('the servers of this run were not started');
      await use(servers);
    },
    { scope: 'worker' },
  ],
  baseURL: ({ servers }, use) => use(servers.url),
  domain: ['harbour.example', { option: true }],
  person: async ({ servers, domain }, use, { testId, repeatEachIndex }) => {
    const name = `p${testId.replaceAll('-', '').slice(-12)}n${repeatEachIndex}x${Date.now() % 100_000}`;
    const person = await createPerson(servers, name, domain);
    await use(person);
    person.elsewhere.close();
  },
  mail: ({ page }, use) => use(createScreen(page)),
  enter: async ({ page, mail }, use, { errors }) => {
    await use(async (login, path = '/mail') => {
      await signIn(page.context(), login);
      await page.goto(path);
      await mail.isReady();
      // An address that named no folder is completed.
      await expect(page).toHaveURL(/\/mail\/[^/?]+\/[^/?]+/);
    });
    // What the failed test shows is wanted for its report.
    if (errors.length > 0) return;
    // The page first: what it asks for without a session would only be refused.
    await page.close();
    await signOut(page.context());
  },
  silence: ({ page, forgive }, use) =>
    use(async () => {
      forgive(/api\/events|ERR_FAILED/);
      await page.route('**/api/events?*', (route) => route.abort());
    }),
  forgive: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      const forgiven: RegExp[] = [];
      context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().stack ?? error.error().message}`));
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
      });
      // The console tells a status; why it was so stands in the problem document.
      context.on('response', (response) => {
        if (response.status() < 500) return;
        response.text().then(
          (problem) => complaints.push(`${response.url()}: ${problem.slice(0, 500)}`),
          () => complaints.push(`${response.url()}: gone before it was read`),
        );
      });
      await use((complaint) => void forgiven.push(complaint));
      const left = complaints.filter((complaint) => !forgiven.some((one) => one.test(complaint)));
      expect(left, 'the browser’s console').toEqual([]);
    },
    { auto: true },
  ],
  strangers: [
    async ({ context, servers }, use) => {
      const strangers: string[] = [];
      context.on('request', (request) => {
        const url = request.url();
        if (/^https?:/.test(url) && !url.startsWith(servers.url)) strangers.push(url);
      });
      await use(strangers);
      expect(strangers, 'requests to strangers').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

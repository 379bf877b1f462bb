import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, expect, test } from '@playwright/test';
import { startProduct } from '../lib/api/testing/product.ts';
import { startDovecot } from '../lib/mail/testing/dovecot.ts';
import { openElsewhere } from '../lib/mail/testing/people.ts';
import { browserArguments, browserPath } from './browser.ts';
import { createScreen } from './screen.ts';
import { signIn } from './sign-in.ts';

const corpus = join(resolve(process.env.POSTHORN_CORPORA ?? '../shared/corpora'), 'httpleaks');
const login = { username: 'vera@harbour.example', password: 'open-the-door', protocol: 'imap' } as const;
const stranger = 'leaking.via';

/** Chromium's own diary of its network: requests, connections made ahead, and names looked up. */
async function browsing(work: (browser: Browser) => Promise<void>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-netlog-'));
  const path = join(folder, 'net.json');
  // Background networking stays on, as in a person's browser: it is what looks names up ahead.
  const args = browserArguments.filter((argument) => argument !== '--disable-background-networking');
  const browser = await chromium.launch({ executablePath: browserPath(), args: [...args, `--log-net-log=${path}`] });
  try {
    await work(browser);
    await browser.close();
    return readFileSync(path, 'utf8');
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the diary says of the stranger: paths that were to be requested, and how often its name was to be looked up. */
function leaksIn(diary: string) {
  const { constants, events } = JSON.parse(diary) as {
    constants: { logEventTypes: Record<string, number> };
    events: { type: number; params?: { url?: string; host?: string } }[];
  };
  const lookup = constants.logEventTypes.HOST_RESOLVER_MANAGER_REQUEST;
  const urls = events.flatMap(({ params }) => (typeof params?.url === 'string' ? [params.url] : []));
  return {
    requests: new Set(urls.filter((url) => new URL(url).hostname.endsWith(stranger))),
    lookups: events.filter(({ type, params }) => type === lookup && String(params?.host).includes(stranger)).length,
    mentions: diary.split(stranger).length - 1,
  };
}

const rest = () => new Promise((done) => setTimeout(done, 12_000));

test('opening the HTTPLeaks mail makes neither the browser nor the server ask or look up anything', async () => {
  test.skip(!existsSync(corpus), `${corpus} is not on this machine`);
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-lookups-'));
  const lookups = join(folder, 'lookups');
  const lookedUp = () => (existsSync(lookups) ? readFileSync(lookups, 'utf8') : '');
  const dovecot = await startDovecot({ users: [{ username: login.username, password: login.password }] });
  const preload = pathToFileURL(resolve('e2e/servers/note-lookups.mjs')).href;
  const product = await startProduct(dovecot, { NODE_OPTIONS: `--import ${preload}`, LOOKUPS_FILE: lookups });
  try {
    const elsewhere = await openElsewhere(dovecot, login);
    await elsewhere.deliver(readFileSync(join(corpus, 'httpleaks.eml')));
    elsewhere.close();

    const diary = await browsing(async (browser) => {
      const context = await browser.newContext({ baseURL: product.url });
      const page = await context.newPage();
      const mail = createScreen(page);
      await signIn(context, login);
      await page.goto('/mail');
      await mail.isReady();
      await mail.open('HTTPLeaks');
      await expect(mail.reader.getByText(/pictures held back/)).toBeVisible();
      // One of its channels waits ten seconds.
      await rest();
    });
    expect(leaksIn(diary)).toEqual({ requests: new Set(), lookups: 0, mentions: 0 });
    expect(lookedUp()).toMatch(/^connect /m);
    expect(lookedUp()).not.toContain(stranger);

    // The control on the server's side: once it is wanted, the name is looked up, by the server and not by the browser.
    const wanted = await browsing(async (browser) => {
      const context = await browser.newContext({ baseURL: product.url });
      const page = await context.newPage();
      const mail = createScreen(page);
      await signIn(context, login);
      await page.goto('/mail');
      await mail.isReady();
      await mail.open('HTTPLeaks');
      await mail.reader.getByRole('button', { name: 'Show once' }).click();
      await expect.poll(lookedUp, { timeout: 20_000 }).toContain(stranger);
    });
    expect(leaksIn(wanted)).toMatchObject({ requests: new Set(), lookups: 0 });
  } finally {
    await product.stop();
    await dovecot.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the control: a bare page of the same channels fills the diary', async () => {
  test.skip(!existsSync(corpus), `${corpus} is not on this machine`);
  test.setTimeout(120_000);
  const html = readFileSync(join(corpus, 'leak.html'));
  const server = createServer((_, response) => void response.setHeader('content-type', 'text/html').end(html));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    const diary = await browsing(async (browser) => {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: 'commit' });
      await new Promise((done) => setTimeout(done, 5_000));
    });
    const { requests, lookups } = leaksIn(diary);
    expect(requests.size).toBeGreaterThan(20);
    expect(lookups).toBeGreaterThan(0);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

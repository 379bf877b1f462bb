import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './sanitizing/fixture.ts';

const corpora = resolve(process.env.POSTHORN_CORPORA ?? '../shared/corpora');
const scripts = [
  '<img src=x onerror="alert(1)">',
  '<script>alert(1)</script>',
  '<details open ontoggle="alert(1)">x</details>',
  '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  '<svg><animate onbegin="alert(1)" attributeName=x dur=1s></svg>',
  '<svg onload="alert(1)"></svg>',
  '<a href="javascript:alert(1)" autofocus onfocus="alert(1)">x</a>',
  '<body onload="alert(1)">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=alert(1)&gt;">',
];
/** Everything of the frame that could be awaited has happened: pictures failed, frames loaded, animations begun. */
const settle = async (page: Page) => {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 40))));
};
const ran = (page: Page) => page.evaluate(() => window.ran.length);

test.describe('each barrier alone stops scripts', () => {
  test('a frame without any barrier runs them, so the tests below can fail', async ({ bench }) => {
    for (const html of scripts.slice(0, 5)) {
      const before = await ran(bench);
      await bench.evaluate((raw) => window.sanitizing.showRaw(raw, '/plain', null), html);
      await expect.poll(() => ran(bench), { message: html }).toBeGreaterThan(before);
    }
  });

  test('the sanitiser alone', async ({ bench }) => {
    for (const html of scripts) await bench.evaluate((raw) => window.sanitizing.showBySanitizerAlone(raw), html);
    await settle(bench);
    expect(await ran(bench)).toBe(0);
  });

  test('the sandbox alone', async ({ bench }) => {
    for (const html of scripts) {
      await bench.evaluate((raw) => window.sanitizing.showRaw(raw, '/plain', 'allow-same-origin allow-popups'), html);
      await settle(bench);
    }
    expect(await ran(bench)).toBe(0);
  });

  test('the policy alone', async ({ bench }) => {
    for (const html of scripts) {
      await bench.evaluate((raw) => window.sanitizing.showRaw(raw, '/policy-only', null), html);
      await settle(bench);
    }
    expect(await ran(bench)).toBe(0);
  });
});

test('no payload of DOMPurify’s own suite runs or asks for anything', async ({ bench, asked }) => {
  test.setTimeout(120_000);
  const file = `${corpora}/dompurify/expect.json`;
  test.skip(!existsSync(file), `${file} is not on this machine`);
  const payloads = (JSON.parse(readFileSync(file, 'utf8')) as { payload: string }[]).map(({ payload }) => payload);
  expect(payloads.length).toBeGreaterThan(200);
  await bench.evaluate(async (all) => {
    for (const html of all) await window.sanitizing.showBySanitizerAlone(html);
  }, payloads);
  await settle(bench);
  expect(await bench.evaluate(() => window.ran)).toEqual([]);
  expect(asked).toEqual([]);
});

test('no payload of OWASP’s suite runs, asks, or keeps what it must not contain', async ({ bench, asked }) => {
  const file = `${corpora}/owasp-html-sanitizer/antisamy.json`;
  test.skip(!existsSync(file), `${file} is not on this machine`);
  const cases = JSON.parse(readFileSync(file, 'utf8')) as {
    assert: string;
    input: string;
    needle_or_expected: string;
  }[];
  // Whether an img without an address or a harmless style stays is their policy; that nothing active stays is everybody's.
  const active = cases.filter(
    ({ assert, needle_or_expected: needle }) =>
      assert === 'assertSanitizedDoesNotContain' &&
      /script|alert|on[a-z]+|iframe|expression|behavior|binding|embed|object|meta|link/i.test(needle),
  );
  expect(active.length).toBeGreaterThan(25);
  for (const { input, needle_or_expected: needle } of active) {
    const { html, css } = await bench.evaluate((raw) => window.sanitizing.sanitize(raw), input);
    const markup = await bench.evaluate((text) => {
      // Markup only: the words of a mail may be any.
      const page = new DOMParser().parseFromString(text, 'text/html');
      const walker = page.createTreeWalker(page, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) (walker.currentNode as Text).data = '';
      return page.documentElement.outerHTML;
    }, html);
    expect.soft(`${markup}${css}`.toLowerCase(), input).not.toContain(needle.toLowerCase());
  }
  await bench.evaluate(
    async (all) => {
      for (const html of all) await window.sanitizing.showBySanitizerAlone(html);
    },
    cases.map(({ input }) => input),
  );
  await settle(bench);
  expect(await ran(bench)).toBe(0);
  expect(asked).toEqual([]);
});

test('opening the HTTPLeaks mail sends no request, while the same mail unguarded sends many', async ({
  bench,
  asked,
}) => {
  const file = `${corpora}/httpleaks/leak.html`;
  test.skip(!existsSync(file), `${file} is not on this machine`);
  const html = readFileSync(file, 'utf8');
  const held = await bench.evaluate((raw) => window.sanitizing.show(raw), html);
  await settle(bench);
  expect(asked).toEqual([]);
  expect(held.length).toBeGreaterThan(5);

  await bench.evaluate((raw) => window.sanitizing.showBySanitizerAlone(raw), html);
  await settle(bench);
  expect(asked, 'the sanitiser alone, without the policy').toEqual([]);

  await bench.evaluate((raw) => window.sanitizing.showRaw(raw, '/policy-only', null), html);
  await settle(bench);
  expect(asked, 'the policy alone, without the sanitiser').toEqual([]);

  await bench.evaluate((raw) => window.sanitizing.showRaw(raw, '/plain', 'allow-same-origin'), html);
  await expect.poll(() => asked.length, { message: 'the control: the listener sees requests' }).toBeGreaterThan(20);
});

test('pictures that are wanted are asked for at our own address and nowhere else', async ({ bench, asked }) => {
  const html = `<img src="https://pics.test/a.png" alt="A"><img src="https://pics.test/b.png"><img src="https://pics.test/c.png">
    <table background="https://pics.test/d.png"><tr><td style="background:url('https://pics.test/e.png')">x</td></tr></table>
    <style>td { background-image: url(https://pics.test/f.png) } a:hover { background: url(https://pics.test/g.png) }</style>`;
  const signed = (name: string) => `/api/accounts/a/remote-image?url=${name}`;
  await bench.evaluate(([raw, hrefs]) => window.sanitizing.showPictures(raw, hrefs), [
    html,
    [
      ['https://pics.test/a.png', signed('a')],
      // As if the server were not to be trusted either.
      ['https://pics.test/b.png', 'https://pics.test/b.png'],
      ['https://pics.test/c.png', '/api/session'],
      ['https://pics.test/d.png', signed('d')],
      ['https://pics.test/e.png', `${signed('e')}");background:url(//pics.test/x`],
      ['https://pics.test/f.png', signed('f')],
      ['https://pics.test/g.png', signed('g')],
    ],
  ] as [string, [string, string][]]);
  await expect.poll(() => asked.length).toBeGreaterThanOrEqual(3);
  await settle(bench);
  const paths = asked
    .map((url) => new URL(url))
    .map(({ pathname, searchParams }) => [pathname, searchParams.get('url')]);
  expect(paths.every(([pathname]) => pathname === '/api/accounts/a/remote-image')).toBe(true);
  expect(paths.map(([, url]) => url?.slice(0, 1)).sort()).toEqual(['a', 'd', 'e']);
});

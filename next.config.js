import { fileURLToPath } from 'node:url';

// Next would look for a lock file in the folders above, and lay the build out from there.
const root = fileURLToPath(new URL('.', import.meta.url));

// The same on every answer. What differs is set where it is known: the content policy and HSTS of pages in proxy.ts, of
// the API in lib/api, of the mail frame in app/frame. Next keeps the first value of a header, so none is named twice.
const everywhere = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  // The hosts of links in a mail are not to be looked up before somebody follows one.
  { key: 'X-DNS-Prefetch-Control', value: 'off' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), browsing-topics=()',
  },
];

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  // Tests build beside a developer's own build.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  outputFileTracingRoot: root,
  turbopack: {
    root,
    // The catalogue is compiled when it is bundled: the browser gets a formatter of 1 kB in place of a parser of 10.
    resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
    rules: { '**/messages/*.json': { loaders: ['./scripts/compile-messages.cjs'], as: '*.js' } },
  },
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // Types are a step of `npm test`; checking them again here doubles the time of a build.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: '/:path*', headers: everywhere }],
  // These open sockets, load a native binary or read their own files: bundling would break them or double their state.
  serverExternalPackages: ['libsql', 'imapflow', 'node-pop3', 'pg', 'pino', 'prom-client', 'nodemailer', 'iconv-lite'],
};

export default config;

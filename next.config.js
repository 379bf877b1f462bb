import { fileURLToPath } from 'node:url';

// Next would look for a lock file in the folders above, and lay the build out from there.
const root = fileURLToPath(new URL('.', import.meta.url));

// On every answer. What differs is set where it is known: the content policy and HSTS of pages in proxy.ts, of
// the API in lib/api, of the mail frame in app/frame. Next keeps the first value of a header, so none is named twice.
const everywhere = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
];

// Scripts and styles have no use for these; a first visit asks for fifteen of them.
const documents = [
  { key: 'Referrer-Policy', value: 'no-referrer' },
  // The hosts of links in a mail are not to be looked up before somebody follows one.
  { key: 'X-DNS-Prefetch-Control', value: 'off' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), browsing-topics=()',
  },
];

// scripts/build.mjs packs scripts and styles once with brotli, a seventh smaller than gzip makes them, for browsers that take
// it; all others get Next's gzip. A build without that script has nothing packed.
const isPacked = process.env.POSTHORN_PACKED === '1';
const forBrotli = [
  { type: 'header', key: 'accept-encoding', value: '(?!.*\\bbr\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*\\bbr\\b.*' },
];
const packed = (extension) => `/_next/static/:path(.+\\.${extension})`;
const packedHeaders = (extension, type) => ({
  source: packed(extension),
  has: forBrotli,
  headers: [
    { key: 'Content-Encoding', value: 'br' },
    { key: 'Content-Type', value: `${type}; charset=utf-8` },
    { key: 'Vary', value: 'Accept-Encoding' },
  ],
});

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  // Tests build beside a developer's own build.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  outputFileTracingRoot: root,
  turbopack: {
    root,
    // The catalogue is compiled when it is bundled: the browser gets a formatter of 1 kB in place of a parser of 10.
    resolveAlias: {
      'use-intl/format-message': 'use-intl/format-message/format-only',
      // Next's own page of what broke would be in the first load beside ours; these are the names by which Next asks for it.
      './builtin/global-error': './components/parts/broken-root.tsx',
      '../components/builtin/global-error': './components/parts/broken-root.tsx',
    },
    rules: { '**/messages/*.json': { loaders: ['./scripts/compile-messages.cjs'], as: '*.js' } },
  },
  poweredByHeader: false,
  experimental: {
    // Fewer and larger scripts: seven in place of fifteen for the first inbox, 7 kB less once packed (brotli finds what
    // repeats within a file alone), and, since this is weighed for a bundle that is not minified, no more of them in all.
    turbopackChunking: {
      requestCost: 3_000_000,
      minChunkSize: 200_000,
      maxMergeChunkSize: 5_000_000,
      maxChunkCountPerGroup: 2,
    },
  },
  reactStrictMode: true,
  images: { unoptimized: true },
  // Types are a step of `npm test`; checking them again here doubles the time of a build.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    { source: '/((?!_next/static/).*)', headers: documents },
    { source: '/:icon(icon.svg|favicon.ico)', headers: [{ key: 'Cache-Control', value: 'public, max-age=86400' }] },
    ...(isPacked ? [packedHeaders('js', 'text/javascript'), packedHeaders('css', 'text/css')] : []),
  ],
  rewrites: async () => ({
    beforeFiles: isPacked
      ? ['js', 'css'].map((extension) => ({
          source: packed(extension),
          has: forBrotli,
          destination: '/_next/static/:path.br',
        }))
      : [],
  }),
  // These open sockets, load a native binary or read their own files: bundling would break them or double their state.
  serverExternalPackages: ['libsql', 'imapflow', 'node-pop3', 'pg', 'pino', 'prom-client', 'nodemailer', 'iconv-lite'],
};

export default config;

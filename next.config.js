// Security headers and the content policy are set per request in proxy.ts, because the policy carries a nonce.
/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // These open sockets, load a native binary or read their own files: bundling would break them or double their state.
  serverExternalPackages: [
    'libsql',
    'imapflow',
    'node-pop3',
    'pg',
    'pino',
    'prom-client',
    'mailparser',
    'mailsplit',
    'nodemailer',
    'iconv-lite',
  ],
};

export default config;

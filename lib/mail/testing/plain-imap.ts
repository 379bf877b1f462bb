import type { ServerUrl } from '../driver.ts';

/** An IMAP server on this machine that is spoken to in the clear. */
export const plainImap = (port: number): ServerUrl => ({
  protocol: 'imap',
  host: '127.0.0.1',
  port,
  security: 'none',
  verifiesCertificate: false,
  ca: null,
});

import type { MailDriver, MailLogin, ServerUrl } from './driver.ts';
import { MailError } from './errors.ts';
import type { ImapLog } from './imap/connect.ts';
import { createImapDriver } from './imap/driver.ts';
import type { PoolKey, PoolLimits } from './imap/pool-types.ts';
import { verifyImapLogin } from './imap/verify.ts';

export { closePool, closeSession, observeAcquire, poolStatus } from './imap/pool.ts';
export type { PoolKey, PoolLimits, PoolStatus } from './imap/pool-types.ts';

export interface OpenOptions {
  /** Whose connections these are: one sign-in and one account. */
  key: PoolKey;
  server: ServerUrl;
  login: MailLogin;
  limits?: Partial<PoolLimits> | undefined;
  log?: ImapLog | undefined;
}

/** The driver of an account, by the protocol of its server's URL. Connects at the first call. */
export function openMail(options: OpenOptions): MailDriver {
  if (options.server.protocol === 'imap') return createImapDriver(options);
  throw new MailError('unsupported', `no driver for ${options.server.protocol}`);
}

/** Signs in and out again. Throws `unauthenticated`, `unreachable`, `certificate`, `insecure`, `timeout`, `busy`. */
export async function verifyLogin(server: ServerUrl, login: MailLogin): Promise<void> {
  if (server.protocol === 'imap') return await verifyImapLogin(server, login);
  throw new MailError('unsupported', `no driver for ${server.protocol}`);
}

import type { MailDriver, MailLogin, ServerUrl } from './driver.ts';
import { MailError } from './errors.ts';
import type { ImapLog } from './imap/connect.ts';
import { createImapDriver } from './imap/driver.ts';
import type { PoolKey, PoolLimits } from './imap/pool-types.ts';
import { verifyImapLogin } from './imap/verify.ts';
import { createPop3Driver, type Pop3Options, verifyPop3Login } from './pop3/driver.ts';
import { verifySubmissionLogin } from './smtp/verify.ts';

export { closePool, observeAcquire, poolStatus } from './imap/pool.ts';
export type { PoolKey, PoolLimits } from './imap/pool-types.ts';
export { secureContextOf } from './secure-context.ts';
export { foreignAmong, submitMessage } from './smtp/submit.ts';
export { type ConnectionTrace, createTrace, type Trace, type TraceListener } from './trace/trace.ts';

export interface OpenOptions {
  /** Whose connections these are: one sign-in and one account. */
  key: PoolKey;
  server: ServerUrl;
  login: MailLogin;
  limits?: Partial<PoolLimits> | undefined;
  log?: ImapLog | undefined;
  /** Where what POP3 has no place for is kept; needed for a `pop3` server. */
  pop3?: Pick<Pop3Options, 'maildrop' | 'mailboxes' | 'contents' | 'collection'> | undefined;
}

/** The driver of an account, by the protocol of its server's URL. Connects at the first call. */
export function openMail(options: OpenOptions): MailDriver {
  const { key, server, login, pop3 } = options;
  if (server.protocol === 'imap') return createImapDriver(options);
  if (server.protocol === 'pop3' && pop3) {
    return createPop3Driver({ accountId: key.accountId, server, login, ...pop3 });
  }
  throw new MailError('unsupported', `no driver for ${server.protocol}`);
}

/** Signs in and out again. Throws `unauthenticated`, `unreachable`, `certificate`, `insecure`, `timeout`, `busy`. */
export async function verifyLogin(server: ServerUrl, login: MailLogin): Promise<void> {
  if (server.protocol === 'imap') return await verifyImapLogin(server, login);
  if (server.protocol === 'pop3') return await verifyPop3Login(server, login);
  if (server.protocol === 'smtp') return await verifySubmissionLogin(server, login);
  throw new MailError('unsupported', `no driver for ${server.protocol}`);
}

import type { MailLogin, ServerUrl } from '../mail/driver.ts';
import { asMailError, MailError } from '../mail/errors.ts';
import { verifyLogin } from '../mail/open.ts';
import { config } from './config.ts';
import { serversFor } from './mail-servers.ts';
import { clearAttempts, countAttempt, returnAttempt } from './throttle.ts';

/**
 * The server of the protocol that was asked for; IMAP where both are offered and none was. Where the domain has only one,
 * that one: the form offers what any domain has, before it knows whose address is written.
 */
export function chooseServer(username: string, wanted: 'imap' | 'pop3' | undefined): ServerUrl {
  const servers = serversFor(config().servers, username);
  const server = (wanted && servers[wanted]) ?? servers.imap ?? servers.pop3;
  if (server === null)
    throw new MailError('unsupported', 'no IMAP or POP3 server is configured', { detail: 'protocol' });
  return server;
}

/** Asks the mail server, with the attempt counted before; only a refused password stays counted. */
export async function verifyThrottled(server: ServerUrl, login: MailLogin, address: string): Promise<void> {
  // At a server of one's own any password is right: that must not clear what was counted of the listed one.
  const isListed = server.lookup === undefined;
  const name = isListed ? login.username : `${login.username} ${server.host}:${server.port}`;
  const counted = await countAttempt({ login: name, address });
  try {
    await verifyLogin(server, login);
  } catch (error) {
    if (asMailError(error).code !== 'unauthenticated') await returnAttempt(counted);
    throw error;
  }
  await clearAttempts(counted);
}

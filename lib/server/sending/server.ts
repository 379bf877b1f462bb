import type { ServerUrl } from '../../mail/driver.ts';
import { MailError } from '../../mail/errors.ts';
import { config } from '../config.ts';
import { serversFor } from '../mail-servers.ts';

/** The submission server of a login. Throws `unsupported` where the admin has set none. */
export function submissionServerOf(username: string): ServerUrl {
  const { smtp } = serversFor(config().servers, username);
  if (smtp === null) throw new MailError('unsupported', 'no submission server is set (MAIL_SMTP)', { detail: 'smtp' });
  return smtp;
}

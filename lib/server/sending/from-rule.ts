import { MailError } from '../../mail/errors.ts';
import { config } from '../config.ts';
import { addressOf, type Owner } from '../own-address.ts';

/**
 * Refuses an address that the admin does not let a login write From. With SEND_FROM=login it is the login's own, or that
 * with a detail behind a plus (RFC 5233 §1): mail to that is the login's too. Throws `forbidden`.
 */
export function requireOwnAddress(email: string, owner: Owner): void {
  if (config().sendFrom === 'any') return;
  const [written, own] = [email.toLowerCase(), addressOf(owner)?.toLowerCase()];
  if (written === own || written.replace(/^([^+@]+)\+[^@]*(?=@)/, '$1') === own) return;
  throw new MailError('forbidden', 'From must be the address that signed in', { detail: email });
}

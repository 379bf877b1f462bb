import { randomBytes } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { CompositionRequest } from '../../contract/writing.ts';
import { MailError } from '../../mail/errors.ts';
import type { Composition } from '../../mail/model.ts';
import { config } from '../config.ts';

/** What was written, with its date and its Message-ID. Throws `forbidden` for a From that the admin does not allow. */
export function compositionOf(request: CompositionRequest, username: string): Composition {
  const { attachments: _, messageId, from, ...rest } = request;
  if (config().sendFrom === 'login' && from.email.toLowerCase() !== username.toLowerCase())
    throw new MailError('forbidden', 'From must be the address that signed in', { detail: from.email });
  return { ...rest, from, messageId: messageId ?? createMessageId(from.email), sentAt: new Date().toISOString() };
}

/** On the person's own domain, as RFC 5322 §3.6.4 recommends: it names no machine. */
function createMessageId(email: string): string {
  const domain = domainToASCII(email.slice(email.lastIndexOf('@') + 1)) || 'localhost';
  return `${randomBytes(18).toString('base64url')}@${domain}`;
}

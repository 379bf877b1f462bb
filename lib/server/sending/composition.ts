import { randomBytes } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { CompositionRequest } from '../../contract/writing.ts';
import type { Composition } from '../../mail/model.ts';
import type { Owner } from '../own-address.ts';
import { requireOwnAddress } from './from-rule.ts';

/** What was written, with its date and its Message-ID. Throws `forbidden` for a From that the admin does not allow. */
export function compositionOf(request: CompositionRequest, owner: Owner): Composition {
  const { attachments: _, messageId, from, ...rest } = request;
  requireOwnAddress(from.email, owner);
  return { ...rest, from, messageId: messageId ?? createMessageId(from.email), sentAt: new Date().toISOString() };
}

/** On the person's own domain, as RFC 5322 §3.6.4 recommends: it names no machine. */
const createMessageId = (email: string): string => `${randomBytes(18).toString('base64url')}@${domainOf(email)}`;

/** What stands behind the @ of a Message-ID. */
export const domainOf = (email: string): string =>
  domainToASCII(email.slice(email.lastIndexOf('@') + 1)) || 'localhost';

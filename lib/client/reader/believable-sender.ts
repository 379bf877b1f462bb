import type { Authentication, Message } from '../../mail/model.ts';
import type { SiteOf } from '../trust/site.ts';

/** Who a message is from, in lower case, where that can be believed enough to let a rule act on it. */
export interface BelievableSender {
  email: string;
  domain: string;
}

/**
 * The one sender of a well-formed message; null for several, for none, and where the mail server has looked into the matter
 * and vouches for nothing. Where it says nothing at all, From is taken at its word: the rule then is only as good as that.
 */
export function believableSender(
  message: Pick<Message, 'from' | 'warnings' | 'authentication'>,
  siteOf: SiteOf,
): BelievableSender | null {
  const [from, ...others] = message.from;
  if (from === undefined || others.length > 0 || message.warnings.includes('malformed')) return null;
  const [, domain] = /^[^\s@/]+@([^\s@/]+)$/u.exec(from.email.toLowerCase()) ?? [];
  if (domain === undefined) return null;
  if (message.authentication !== null && !vouchesFor(domain, message.authentication, siteOf)) return null;
  return { email: from.email.toLowerCase(), domain };
}

/** DMARC (RFC 7489 §3.1) as the server found it; where it did not ask, what DMARC would have asked for. */
function vouchesFor(domain: string, { spf, dkim, dmarc }: Authentication, siteOf: SiteOf): boolean {
  const isAligned = (checked: string | null) => checked !== null && siteOf(checked) === siteOf(domain);
  // A server that names no domain with DMARC means From's: it is about no other.
  if (dmarc !== null && dmarc.result !== 'none') return dmarc.result === 'pass' && isAligned(dmarc.domain ?? domain);
  return [spf, ...dkim].some((check) => check?.result === 'pass' && isAligned(check.domain));
}

import type { EmailAddress } from '../../mail/model.ts';
import { parseRecipients } from './recipients.ts';

/** What a mailto: address asks to be written. */
export interface Mailto {
  to: EmailAddress[];
  cc: EmailAddress[];
  bcc: EmailAddress[];
  subject: string;
  text: string;
  inReplyTo: string[];
}

const mostText = 100_000;

/** Reads a mailto: address (RFC 6068). Of its fields only those are taken that write to somebody; all others are unsafe (§4). */
export function parseMailto(url: string): Mailto {
  const [path = '', query = ''] = url.replace(/^mailto:/i, '').split(/\?(.*)/s);
  const fields = query.split('&').map((field) => field.split(/=(.*)/s).map(decode));
  // A plus is a plus here, not a space (§5).
  const all = (name: string) => fields.filter(([key]) => key?.toLowerCase() === name).map(([, value]) => value ?? '');
  return {
    to: parseRecipients([decode(path), ...all('to')].join(', ')),
    cc: parseRecipients(all('cc').join(', ')),
    bcc: parseRecipients(all('bcc').join(', ')),
    subject: all('subject')
      .join(' ')
      .replace(/\p{Cc}+/gu, ' ')
      .slice(0, 2_000),
    text: all('body').join('\n').replace(/\r\n?/g, '\n').slice(0, mostText),
    inReplyTo: all('in-reply-to').flatMap(
      (value) => /^<([^<>\s\p{Cc}]{1,200}@[^<>\s\p{Cc}]{1,48})>$/u.exec(value.trim())?.[1] ?? [],
    ),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

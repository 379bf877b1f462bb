import { MailError } from './errors.ts';
import type { Keyword } from './model.ts';

/** RFC 8621 §4.1.1, which are the atoms of IMAP (`flag-keyword`, RFC 9051 §9); 64 bounds what a server must store. */
export const keywordPattern = /^[!#$&'+,\-./0-9:;<=>?@A-Z[^_`a-z|}~]{1,64}$/;

/**
 * The keyword in lower case. Throws `invalid` for what is none, and for `$deleted`: IMAP's mark of what EXPUNGE takes;
 * here deleting is deleting.
 */
export function parseKeyword(text: string): Keyword {
  const keyword = text.toLowerCase();
  if (!keywordPattern.test(text) || keyword === '$deleted')
    throw new MailError('invalid', 'not a keyword', { detail: text.slice(0, 80) });
  return keyword;
}

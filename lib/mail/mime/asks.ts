import type { Message } from '../model.ts';
import { parseAddresses } from './addresses.ts';
import { fieldOf, fieldsOf, type HeaderField } from './fields.ts';

const mostLength = 8_192;
const plain = /^[^\s<>,;:"()[\]\\@\p{Cc}]{1,250}@[^\s<>,;:"()[\]\\@\p{Cc}]{1,250}$/u;

/** Whether a list carried a message (RFC 2919, RFC 2369, and Precedence as lists of old write it), and where one posts to it. */
export function mailingListOf(fields: readonly HeaderField[]): Message['list'] {
  const isNamed = ['list-id', 'list-post'].some((name) => fieldOf(fields, name) !== null);
  if (!isNamed && !/^\s*(?:list|bulk)\s*$/i.test(fieldOf(fields, 'precedence') ?? '')) return null;
  const value = (fieldOf(fields, 'list-post') ?? '').slice(0, mostLength);
  // `NO` says that one cannot post (RFC 2369 §3.4).
  const posts = [...value.matchAll(/<\s*mailto:([^<>?]*)[^<>]*>/gi)].map((match) => unescaped(match[1] ?? ''));
  return { postTo: posts.find((email) => plain.test(email)) ?? null };
}

/**
 * Who is to be told that a message was read (RFC 8098 §2.1). Null where nobody asks, or where no answer may be given: several
 * addresses, a list, a report or another machine's message, or one whose failures go nowhere.
 */
export function receiptToOf(fields: readonly HeaderField[]): Message['receiptTo'] {
  const wanted = fieldsOf(fields, 'disposition-notification-to').join(', ');
  if (wanted === '') return null;
  const { addresses, isTruncated } = parseAddresses(wanted);
  const [to] = addresses;
  const isOne = new Set(addresses.map(({ email }) => email.toLowerCase())).size === 1;
  if (to === undefined || !isOne || isTruncated || !plain.test(to.email)) return null;
  const isMachine =
    /^\s*multipart\/report\b/i.test(fieldOf(fields, 'content-type') ?? '') ||
    !/^\s*(?:no\s*(?:$|[;(]))?$/i.test(fieldOf(fields, 'auto-submitted') ?? '');
  const goesNowhere = /^\s*<\s*>/.test(fieldOf(fields, 'return-path') ?? '');
  return isMachine || goesNowhere || mailingListOf(fields) !== null ? null : to;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text).trim();
  } catch (error) {
    if (error instanceof URIError) return text.trim();
    throw error;
  }
}

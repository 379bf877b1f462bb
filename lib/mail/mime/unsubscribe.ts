import type { Message } from '../model.ts';
import { fieldOf, fieldsOf, type HeaderField } from './fields.ts';

/** How to leave a list (RFC 2369 §3.2): http, https and mailto targets in the sender's order; one-click by RFC 8058. */
export function parseUnsubscribe(fields: readonly HeaderField[]): Message['unsubscribe'] {
  const value = (fieldOf(fields, 'list-unsubscribe') ?? '').slice(0, 8192);
  const urls = [...value.matchAll(/<([^<>]*)>/g)]
    .map((match) => (match[1] ?? '').replace(/\s+/g, ''))
    .filter(isSafe)
    .slice(0, 10);
  if (urls.length === 0) return null;
  const post = fieldOf(fields, 'list-unsubscribe-post') ?? '';
  const isOneClick = /^list-unsubscribe=one-click$/i.test(post.trim()) && urls.some((url) => /^https:/i.test(url));
  return { urls, isOneClick };
}

const covered = ['list-unsubscribe', 'list-unsubscribe-post'];
const maxSignatures = 20;

/** The domains whose DKIM signatures name both fields of a one-click unsubscription (RFC 8058 §4), in lower case. */
export function unsubscribeSignersOf(fields: readonly HeaderField[]): string[] {
  return fieldsOf(fields, 'dkim-signature')
    .slice(0, maxSignatures)
    .flatMap((value) => {
      const tags = new Map(value.slice(0, 8192).split(';').map(readTag));
      const names = (tags.get('h') ?? '').toLowerCase().split(':');
      const domain = tags.get('d')?.toLowerCase();
      return domain !== undefined && covered.every((name) => names.includes(name)) ? [domain] : [];
    });
}

/** `tag=value` without its white space (RFC 6376 §3.2). */
function readTag(text: string): [string, string] {
  const [name = '', ...value] = text.replace(/\s+/g, '').split('=');
  return [name, value.join('=')];
}

function isSafe(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:', 'mailto:'].includes(new URL(url).protocol);
}

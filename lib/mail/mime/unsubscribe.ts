import type { Message } from '../model.ts';
import { fieldOf, type HeaderField } from './fields.ts';

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

function isSafe(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:', 'mailto:'].includes(new URL(url).protocol);
}

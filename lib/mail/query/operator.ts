import { keywordPattern } from '../keyword.ts';
import type { Label } from '../model.ts';
import type { Query } from '../query.ts';
import { parseDay, shiftDay } from './day.ts';
import { parseLabel } from './label.ts';
import { parseSize } from './size.ts';

/** What a value may mean to this person, today. */
export interface Meanings {
  /** `YYYY-MM-DD`. */
  today: string;
  labels: readonly Label[];
}

/** What `name:value` asks for; null when the value is none that the operator knows, so that it counts as a word. */
export function parseOperator(name: string, value: string, { today, labels }: Meanings): Query | null {
  switch (name) {
    case 'from':
    case 'to':
    case 'subject':
      return { type: name, text: value };
    case 'in':
      return { type: 'in', mailbox: value };
    case 'has':
      return /^attachments?$/i.test(value) ? { type: 'hasAttachment' } : null;
    case 'is':
      return states.get(value.toLowerCase()) ?? null;
    case 'keyword':
      return keywordPattern.test(value) ? { type: 'keyword', keyword: value.toLowerCase(), isSet: true } : null;
    case 'label':
      return parseLabel(value, labels);
    case 'larger':
    case 'size':
      return sizeQuery('larger', value);
    case 'smaller':
      return sizeQuery('smaller', value);
    case 'before':
    case 'older':
      return dayQuery('before', parseDay(value));
    case 'after':
    case 'newer':
      return dayQuery('after', parseDay(value));
    case 'older_than':
      return dayQuery('before', shiftDay(today, value));
    case 'newer_than':
      return dayQuery('after', shiftDay(today, value));
    default:
      return null;
  }
}

const keyword = (name: string, isSet: boolean): Query => ({ type: 'keyword', keyword: name, isSet });

/** The values of `is:`, Gmail's names too (RFC 8621 §4.1.1 names the keywords). */
export const states = new Map<string, Query>([
  ['unread', keyword('$seen', false)],
  ['read', keyword('$seen', true)],
  ['flagged', keyword('$flagged', true)],
  ['unflagged', keyword('$flagged', false)],
  ['answered', keyword('$answered', true)],
  ['unanswered', keyword('$answered', false)],
  ['draft', keyword('$draft', true)],
  ['forwarded', keyword('$forwarded', true)],
  ['starred', keyword('$flagged', true)],
  ['unstarred', keyword('$flagged', false)],
  ['replied', keyword('$answered', true)],
]);

function dayQuery(type: 'before' | 'after', date: string | null): Query | null {
  return date === null ? null : { type, date };
}

function sizeQuery(type: 'larger' | 'smaller', value: string): Query | null {
  const sizeBytes = parseSize(value);
  return sizeBytes === null ? null : { type, sizeBytes };
}

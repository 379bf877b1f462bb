import type { Mark } from '@/lib/client/actions/environment';
import type { Words } from './commands/words';

/** "2 messages marked as read". */
export function sayMark(words: Words, mark: Mark, count: number): string {
  if (typeof mark === 'string') return words(`marked.${mark}`, { count });
  return words(mark.isSet ? 'labelled' : 'unlabelled', { count, name: mark.name });
}

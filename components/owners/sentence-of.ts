import type { ApiErrorCode } from '@/lib/client/api-error';
import { sentences } from '@/lib/contract/sentences';
import type { Words } from './commands/words';

/** The sentence of a code; not reaching Posthorn itself is known to the browser alone. */
export function sentenceOf(words: Words, code: ApiErrorCode): { title: string; advice: string } {
  return code === 'offline' ? { title: words('offline'), advice: words('offlineAdvice') } : sentences[code];
}

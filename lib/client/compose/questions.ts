import type { Written } from './written.ts';

/** What is asked once before a message goes. */
export type SendQuestion = 'attachment' | 'subject' | 'recipients';

const manyRecipients = 20;

/** Words that say that a file goes along: en de fr es it nb da sv nl pl pt fi. Whole words, so that "unattached" asks nothing. */
const words = [
  'attach(?:ed|ing|ment|ments)?',
  'enclosed',
  'anbei',
  'angehängt\\p{L}*',
  'anhang',
  'anhänge',
  'anlagen?',
  'beigefügt\\p{L}*',
  'ci-joint\\p{L}*',
  'pi[èe]ces? jointes?',
  'en pi[èe]ce jointe',
  'adjunt\\p{L}*',
  'anexo\\p{L}*',
  'in allegato',
  'allegat\\p{L}',
  'vedlagt\\p{L}*',
  'vedlegg\\p{L}*',
  'vedhæft\\p{L}*',
  'bifog\\p{L}*',
  'bilag\\p{L}*',
  'bijlagen?',
  'bijgevoegd\\p{L}*',
  'załącz\\p{L}*',
  'em anexo',
  'liitt\\p{L}*',
].join('|');
const promise = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, 'iu');

/** Whether a text, without what it quotes, promises a file. */
export const promisesFile = (text: string): boolean =>
  promise.test(
    text
      .split('\n')
      .filter((line) => !line.startsWith('>'))
      .join('\n'),
  );

/** What is to be asked of a message; `ownText` is what its writer wrote, without quotes. */
export function questionsOf(written: Written, ownText: string): SendQuestion[] {
  const hasFile = written.files.some(({ cid }) => cid === null);
  return [
    ...(!hasFile && promisesFile(`${written.subject}\n${ownText}`) ? (['attachment'] as const) : []),
    ...(written.subject.trim() === '' ? (['subject'] as const) : []),
    ...(written.to.length + written.cc.length >= manyRecipients ? (['recipients'] as const) : []),
  ];
}

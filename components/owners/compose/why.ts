import type { useTranslations } from 'use-intl';
import type { Submission } from '@/lib/client/compose/send';
import { sentences } from '@/lib/contract/sentences';

/** Why a message is where it is, in one sentence that names whom it is about; empty where nothing is wrong. */
export function whyOf(
  { state, problem, refused }: Submission,
  t: ReturnType<typeof useTranslations<'compose'>>,
): string {
  if (problem === null) return '';
  if (state === 'accepted' && problem === 'notFound') return t('noSent');
  const [first] = refused;
  if (first === undefined || state === 'accepted') return sentences[problem].title;
  if (problem === 'unsupported') return t('noUtf8', { email: first.email });
  if (problem === 'notFound') return t('nobodyTaken', { people: refused.map(({ email }) => email).join(', ') });
  return sentences[problem].title;
}

/** The server's own words about it, each once. */
export function quotesOf({ serverText, refused }: Submission): string[] {
  const named = refused.filter((one) => one.serverText !== '').map((one) => `${one.email}: ${one.serverText}`);
  // Where people were refused, the words are about the last of them.
  return named.length > 0 || serverText === null ? named : [serverText];
}

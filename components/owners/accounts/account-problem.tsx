import { useTranslations } from 'use-intl';
import type { ApiError } from '@/lib/client/api-error';
import { sentenceOf } from '../sentence-of';

/** Why an account was not added, or nobody could be asked, in a sentence. */
export function AccountProblem({ problem }: { problem: ApiError }) {
  const t = useTranslations('accounts');
  const actions = useTranslations('actions');
  const { code, detail, serverText } = problem;
  const isSmtp = detail === 'smtp' || detail === 'smtpPort';
  const { title, advice } = sentenceOf(actions, code);
  const said = known[`${code} ${detail ?? ''}`] ?? known[code];
  const sentence = said === undefined ? `${title} ${advice}` : t(said);
  return (
    <div role="alert" className="rounded-box bg-danger-wash px-3 py-2.5 text-list">
      <p>{isSmtp && said !== 'smtpWrong' ? t('smtpProblem', { sentence }) : sentence}</p>
      {serverText !== undefined && (
        <p className="mt-1 text-ink-muted text-meta">{actions('serverSays', { text: serverText })}</p>
      )}
    </div>
  );
}

const known: Partial<
  Record<string, 'wrong' | 'smtpWrong' | 'own' | 'closed' | 'unknownDomain' | 'noAddress' | 'badPort' | 'badHost'>
> = {
  'passwordRefused smtp': 'smtpWrong',
  passwordRefused: 'wrong',
  conflict: 'own',
  'invalid username': 'unknownDomain',
  'unreachable address': 'noAddress',
  'forbidden servers': 'closed',
  'invalid port': 'badPort',
  'invalid smtpPort': 'badPort',
  invalid: 'badHost',
};

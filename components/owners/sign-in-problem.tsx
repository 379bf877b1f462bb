import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { ApiErrorCode } from '@/lib/client/api-error';
import { sentences } from '@/lib/contract/sentences';

/** Why signing in did not work, each cause in its own words. The live region stands before there is something to say. */
export function SignInProblem({ code }: { code: ApiErrorCode | null }) {
  const t = useTranslations('signin');
  const told = code === null ? null : tell(code, t);
  return (
    <div role="alert">
      {told !== null && (
        <div className="float-in flex gap-2.5 rounded-box bg-danger-wash px-3 py-2.5 text-list">
          <TriangleAlert size={16} aria-hidden="true" className="mt-px shrink-0 text-danger" />
          <p className="min-w-0">
            <strong className="block font-semibold">{told.title}</strong>
            <span className="text-ink-2">{told.advice}</span>
          </p>
        </div>
      )}
    </div>
  );
}

function tell(code: ApiErrorCode, t: ReturnType<typeof useTranslations<'signin'>>) {
  if (code === 'offline') return { title: t('offlineTitle'), advice: t('offlineAdvice') };
  if (code === 'unauthenticated') return { title: t('wrong'), advice: t('wrongAdvice') };
  if (code === 'invalid') return { title: t('unknownDomain'), advice: t('unknownDomainAdvice') };
  return sentences[code];
}

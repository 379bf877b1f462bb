import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { call } from '@/lib/client/api';
import { queryKeys } from '@/lib/client/query-keys';
import { kindOf } from '@/lib/client/reader/attachment-kind';
import { riskOf } from '@/lib/client/reader/attachment-risk';
import { partUrl } from '@/lib/client/reader/message-urls';
import type { Attachment } from '@/lib/mail/model';
import { PreviewProblem } from './preview-problem';
import { PreviewWait } from './preview-wait';

/** The beginning of a file as text: letter for letter, whatever markup it holds. */
export function PreviewText({
  accountId,
  messageId,
  attachment: { partId, type, name },
}: {
  accountId: string;
  messageId: string;
  attachment: Attachment;
}) {
  const t = useTranslations('preview');
  const { data, error } = useQuery({
    queryKey: queryKeys.partText(accountId, messageId, partId),
    queryFn: ({ signal }) => call('getPartText', { params: { accountId, messageId, partId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  if (error !== null) return <PreviewProblem error={error} />;
  if (data === undefined) return <PreviewWait />;
  const isProse = kindOf(type, name) === 'text';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto overscroll-contain outline-offset-[-2px]">
      <div className="mx-auto max-w-[60rem] px-5 py-4">
        {riskOf(name) === 'page' && <p className="mb-3 text-ink-muted text-list">{t('markup')}</p>}
        <pre
          className={`whitespace-pre-wrap [overflow-wrap:anywhere] [tab-size:4] [unicode-bidi:plaintext] ${isProse ? 'font-sans text-read' : 'font-mono text-list'}`}
        >
          {data.text}
        </pre>
        {data.isTruncated && (
          <p className="mt-4 border-line border-t pt-3 text-ink-2 text-list">
            {t('beginning')}{' '}
            <a
              href={partUrl(accountId, messageId, partId)}
              download={name ?? ''}
              className="font-semibold text-accent hover:underline"
            >
              {t('saveWhole')}
            </a>
          </p>
        )}
      </div>
    </div>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { MoreWords } from '@/components/ui/more-words';
import { Segmented } from '@/components/ui/segmented';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useAccount } from '@/lib/client/app/hooks';
import { queryKeys } from '@/lib/client/query-keys';
import { rawUrl } from '@/lib/client/reader/message-urls';
import { sentences } from '@/lib/contract/sentences';
import { displayText } from '@/lib/text/bidi';
import words from '@/messages/original.en.json';
import { HeaderFields } from '../parts/header-fields';

interface OriginalProps {
  messageId: string;
  subject: string;
  onClose: () => void;
}

/** A message as it came: its header field by field, or every letter of it. Its words come with it. */
export function Original(props: OriginalProps) {
  return (
    <MoreWords words={words}>
      <Sheet {...props} />
    </MoreWords>
  );
}

function Sheet({ messageId, subject, onClose }: OriginalProps) {
  const t = useTranslations('original');
  const reader = useTranslations('reader');
  const { id: accountId } = useAccount();
  const [view, setView] = useState<'headers' | 'source'>('headers');
  const { data, error } = useQuery({
    queryKey: queryKeys.source(accountId, messageId),
    queryFn: ({ signal }) => call('getSource', { params: { accountId, messageId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  const code = error === null ? null : asApiError(error).code;
  const copy = (text: string) => {
    navigator.clipboard.writeText(text).then(
      () => toast({ text: t('copied'), key: 'copy' }),
      (thrown: unknown) => toast({ tone: 'problem', text: t('notCopied'), detail: String(thrown), key: 'copy' }),
    );
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('title', { subject: displayText(subject) || reader('noSubject') })}
      className="h-[calc(100dvh-6rem)] max-h-none! max-w-[min(64rem,calc(100vw-2rem))]! max-md:m-0! max-md:h-dvh max-md:max-w-none! max-md:rounded-none max-md:border-0"
    >
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-5 pt-1 pb-3">
        <Segmented
          label={t('view')}
          value={view}
          options={[
            { value: 'headers', label: t('headers') },
            { value: 'source', label: t('source') },
          ]}
          onChange={setView}
        />
        <span className="flex-1" />
        <Button
          size="small"
          disabled={data === undefined}
          onClick={() => data !== undefined && copy(view === 'source' ? data.text : headerOf(data.text))}
        >
          {t('copy')}
        </Button>
        <a
          href={rawUrl(accountId, messageId)}
          download=""
          className="inline-flex h-7 items-center rounded-box px-2.5 font-semibold text-accent text-list hover:bg-hover touch:h-11"
        >
          {t('save')}
        </a>
      </div>
      {data === undefined ? (
        <p role={code === null ? 'status' : 'alert'} className="px-5 py-6 text-ink-muted">
          {code === null ? t('loading') : code === 'offline' ? reader('offlineText') : sentences[code].title}
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto px-5 py-4 outline-offset-[-2px]">
          {view === 'headers' ? (
            <HeaderFields fields={data.fields} none={t('noFields')} />
          ) : (
            <pre className="whitespace-pre-wrap font-mono text-meta [overflow-wrap:anywhere]">{data.text}</pre>
          )}
          {view === 'source' && data.isTruncated && (
            <p className="mt-4 border-line border-t pt-3 text-ink-2 text-list">{t('beginning')}</p>
          )}
        </div>
      )}
    </Dialog>
  );
}

/** The header as it came, for whoever asks for it in a report. */
const headerOf = (text: string): string => text.slice(0, Math.max(0, `${text}\n\n`.indexOf('\n\n')));

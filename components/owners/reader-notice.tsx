'use client';

import { CloudOff, MailOpen, MailX, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { sentences } from '@/lib/contract/sentences';
import type { ReaderProps } from './reader-props';

/** What stands in the reader's place: nothing chosen, gone, not reached, failed. Each says what to do next. */
export function ReaderNotice({ kind, problem, onRetry, onClose }: ReaderProps & { kind: 'none' | 'problem' }) {
  const t = useTranslations('reader');
  const errors = useTranslations('errors');
  const common = useTranslations('common');
  return (
    <div role={kind === 'problem' ? 'alert' : undefined} className="grid min-h-full place-items-center">
      {kind === 'none' || problem === undefined ? (
        <Notice icon={<MailOpen size={40} strokeWidth={1.25} />} title={t('noneTitle')} text={t('noneText')} />
      ) : problem.code === 'notFound' || problem.code === 'stale' ? (
        <Notice icon={<MailX size={40} strokeWidth={1.25} />} title={t('goneTitle')} text={t('goneText')}>
          <Button onClick={onClose}>{t('toList')}</Button>
        </Notice>
      ) : problem.code === 'offline' ? (
        <Notice icon={<CloudOff size={40} strokeWidth={1.25} />} title={t('offlineTitle')} text={t('offlineText')}>
          <Button onClick={onRetry}>{common('retry')}</Button>
        </Notice>
      ) : (
        <Notice
          icon={<TriangleAlert size={40} strokeWidth={1.25} />}
          title={sentences[problem.code].title}
          text={sentences[problem.code].advice}
          {...(problem.serverText === undefined ? {} : { quote: errors('serverSays', { text: problem.serverText }) })}
        >
          <Button onClick={onRetry}>{common('retry')}</Button>
        </Notice>
      )}
    </div>
  );
}

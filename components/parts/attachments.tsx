import { useLocale, useTranslations } from 'use-intl';
import { formatSize } from '@/lib/client/reader/format-size';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import type { Attachment } from '@/lib/mail/model';
import { AttachmentCard } from './attachment-card';

export interface AttachmentsProps {
  attachments: readonly Attachment[];
  urlOf: (partId: string, isInline?: boolean) => string;
}

/** The files of a message, each to be saved by one press. */
export function Attachments({ attachments, urlOf }: AttachmentsProps) {
  const t = useTranslations('reader');
  const locale = regionalLocale(useLocale());
  if (attachments.length === 0) return null;
  const total = attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return (
    <section aria-label={t('attachments')} className="mt-6">
      {attachments.length > 1 && (
        <h3 className="mb-2 text-ink-muted text-meta">
          {t('attachmentCount', { count: attachments.length, size: formatSize(total, locale) })}
        </h3>
      )}
      <ul
        className={
          attachments.length > 3
            ? 'grid grid-cols-1 gap-2.5 @md:grid-cols-2 @2xl:grid-cols-3'
            : 'flex flex-wrap gap-2.5 *:max-w-72 max-md:flex-col max-md:*:max-w-full'
        }
      >
        {attachments.map((attachment) => (
          <li key={attachment.partId} className="min-w-0 max-w-full">
            <AttachmentCard attachment={attachment} urlOf={urlOf} />
          </li>
        ))}
      </ul>
    </section>
  );
}

import { FolderArchive, TriangleAlert } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { isDisguised, riskOf } from '@/lib/client/reader/attachment-risk';
import { formatSize } from '@/lib/client/reader/format-size';
import { partUrl, zipUrl } from '@/lib/client/reader/message-urls';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import type { Attachment, Message } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import { AttachmentCard } from './attachment-card';
import { Bar } from './bar';

const Preview = dynamic(() => import('./preview/preview').then((module) => module.Preview), { ssr: false });

export interface AttachmentsProps {
  accountId: string;
  messageId: string;
  attachments: readonly Attachment[];
  /** The attached message that these are files of. */
  within?: string | undefined;
  /** Draws a message that is attached. */
  showMessage: (message: Message) => ReactNode;
}

/** The files of a message: to be looked at, and saved one by one or all at once. */
export function Attachments({ accountId, messageId, attachments, within, showMessage }: AttachmentsProps) {
  const t = useTranslations('reader');
  const locale = regionalLocale(useLocale());
  const [openPart, setOpenPart] = useState<string | null>(null);
  if (attachments.length === 0) return null;
  const total = attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const partIds = attachments.map(({ partId }) => partId);
  return (
    <section aria-label={t('attachments')} className="mt-6">
      {attachments.length > 1 && (
        <div className="mb-2 flex min-h-7 flex-wrap items-center gap-x-3">
          <h3 className="text-ink-muted text-meta">
            {t('attachmentCount', { count: attachments.length, size: formatSize(total, locale) })}
          </h3>
          <a
            href={zipUrl(accountId, messageId, partIds, within)}
            download=""
            className="-mx-1.5 inline-flex h-7 items-center gap-1.5 rounded-inner px-1.5 font-semibold text-accent text-meta hover:bg-hover touch:h-11"
          >
            <FolderArchive size={14} aria-hidden="true" />
            {t('saveAll')}
          </a>
        </div>
      )}
      <Risks attachments={attachments} />
      <ul
        className={
          attachments.length > 3
            ? 'grid grid-cols-1 gap-2.5 @md:grid-cols-2 @2xl:grid-cols-3'
            : 'flex flex-wrap gap-2.5 *:max-w-72 max-md:flex-col max-md:*:max-w-full'
        }
      >
        {attachments.map((attachment) => (
          <li key={attachment.partId} className="min-w-0 max-w-full">
            <AttachmentCard
              attachment={attachment}
              urlOf={(partId, isInline) => partUrl(accountId, messageId, partId, isInline)}
              onPreview={setOpenPart}
            />
          </li>
        ))}
      </ul>
      {openPart !== null && (
        <Preview
          accountId={accountId}
          messageId={messageId}
          attachments={attachments}
          openPart={openPart}
          onOpen={setOpenPart}
          onClose={() => setOpenPart(null)}
          showMessage={showMessage}
        />
      )}
    </section>
  );
}

const maxNamed = 5;
const maxNameLength = 120;

/** What may do harm, in one plain sentence each; the worst first. */
function Risks({ attachments }: { attachments: readonly Attachment[] }) {
  const t = useTranslations('trust');
  const names = (chosen: Attachment[]) =>
    [
      ...chosen.slice(0, maxNamed).map(({ name }) => `“${displayText(name ?? '').slice(-maxNameLength)}”`),
      ...(chosen.length > maxNamed ? ['…'] : []),
    ].join(', ');
  const disguised = attachments.filter(({ name }) => isDisguised(name));
  const programs = attachments.filter(({ name }) => riskOf(name) === 'program' && !isDisguised(name));
  const sentences = [
    ...(disguised.length > 0 ? [t('disguised', { count: disguised.length, names: names(disguised) })] : []),
    ...(programs.length > 0 ? [t('programs', { count: programs.length, names: names(programs) })] : []),
  ];
  if (sentences.length === 0) return null;
  return (
    <div className="mb-2.5">
      <Bar icon={<TriangleAlert size={16} />} tone="brass">
        {sentences.join(' ')}
      </Bar>
    </div>
  );
}

import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'use-intl';
import { isShowable, kindOf } from '@/lib/client/reader/attachment-kind';
import { formatSize } from '@/lib/client/reader/format-size';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import type { Attachment } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import { AttachmentIcon } from './attachment-icon';

/** A picture larger than this is not fetched just to be drawn small. */
const thumbnailBytes = 3_000_000;

export function AttachmentCard({
  attachment: { partId, name, type, sizeBytes },
  urlOf,
}: {
  attachment: Attachment;
  urlOf: (partId: string, isInline?: boolean) => string;
}) {
  const t = useTranslations('reader');
  const locale = regionalLocale(useLocale());
  const kind = kindOf(type, name);
  const shownName = displayText(name ?? '') || t('unnamed', { kind: t(`kinds.${kind}`) });
  const hasThumbnail = isShowable(type) && sizeBytes <= thumbnailBytes;
  return (
    <a
      href={urlOf(partId)}
      download={name ?? ''}
      data-tip={t('save', { name: shownName })}
      className="group relative flex h-14 w-full items-center gap-3 overflow-hidden rounded-box border border-line bg-raised pe-3.5 transition-colors hover:border-line-strong"
    >
      {hasThumbnail ? (
        <img
          src={urlOf(partId, true)}
          alt=""
          loading="lazy"
          decoding="async"
          className="h-full w-16 shrink-0 border-line border-e bg-press object-cover"
        />
      ) : (
        <span className="ps-3">
          <AttachmentIcon kind={kind} />
        </span>
      )}
      <span className="min-w-0 flex-1 py-2">
        <bdi className="block truncate font-medium text-list">{shownName}</bdi>
        <span className="block truncate text-ink-muted text-meta tabular-nums">
          {t(`kinds.${kind}`)} · {formatSize(sizeBytes, locale)}
        </span>
      </span>
      <Download
        size={16}
        aria-hidden="true"
        className="shrink-0 text-ink-muted transition-colors group-hover:text-ink"
      />
    </a>
  );
}

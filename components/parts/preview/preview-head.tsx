import { ChevronLeft, ChevronRight, Download, ExternalLink, X } from 'lucide-react';
import { useLocale, useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { IconLink } from '@/components/ui/icon-link';
import { kindOf } from '@/lib/client/reader/attachment-kind';
import { previewOf } from '@/lib/client/reader/attachment-preview';
import { formatSize } from '@/lib/client/reader/format-size';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import type { Attachment } from '@/lib/mail/model';
import { AttachmentIcon } from '../attachment-icon';
import { FileName } from '../file-name';

interface PreviewHeadProps {
  open: Attachment;
  name: string;
  place: number;
  count: number;
  step: (by: 1 | -1) => void;
  urlOf: (isInline: boolean) => string;
  onClose: () => void;
}

/** What is open, where it stands among the others, and what can be done with it. */
export function PreviewHead({ open, name, place, count, step, urlOf, onClose }: PreviewHeadProps) {
  const t = useTranslations('preview');
  const common = useTranslations('common');
  const reader = useTranslations('reader');
  const locale = regionalLocale(useLocale());
  const kind = kindOf(open.type, open.name);
  const preview = previewOf(open);
  return (
    <header className="flex min-h-14 shrink-0 items-center gap-1 border-line border-b ps-4 pe-2">
      <span className="me-2 max-md:hidden">
        <AttachmentIcon kind={kind} />
      </span>
      <div className="min-w-0 flex-1" aria-hidden="true">
        <FileName name={name} className="font-semibold" />
        <p className="truncate text-ink-muted text-meta tabular-nums">
          {reader(`kinds.${kind}`)} · {formatSize(open.sizeBytes, locale)}
        </p>
      </div>
      {count > 1 && (
        <>
          <IconButton
            label={t('previous')}
            icon={<ChevronLeft size={20} className="rtl:-scale-x-100" />}
            disabled={place === 1}
            onClick={() => step(-1)}
          />
          <span className="whitespace-nowrap text-ink-muted text-meta tabular-nums">
            {t('place', { place, count })}
          </span>
          <IconButton
            label={t('next')}
            icon={<ChevronRight size={20} className="rtl:-scale-x-100" />}
            disabled={place === count}
            onClick={() => step(1)}
          />
          <span aria-hidden="true" className="mx-1 h-5 w-px bg-line max-md:hidden" />
        </>
      )}
      {(preview === 'picture' || preview === 'pdf') && (
        <IconLink
          label={t('openInTab')}
          icon={<ExternalLink size={18} />}
          href={urlOf(true)}
          target="_blank"
          rel="noopener"
          className="max-md:hidden"
        />
      )}
      <IconLink label={t('save')} icon={<Download size={18} />} href={urlOf(false)} download={open.name ?? ''} />
      <IconButton label={common('close')} icon={<X size={18} />} onClick={onClose} data-autofocus="" />
    </header>
  );
}

import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'use-intl';
import { kindOf } from '@/lib/client/reader/attachment-kind';
import { isShowable, previewOf } from '@/lib/client/reader/attachment-preview';
import { type AttachmentRisk, riskOf } from '@/lib/client/reader/attachment-risk';
import { maxThumbnailBytes } from '@/lib/client/reader/draw-thumbnail';
import { formatSize } from '@/lib/client/reader/format-size';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import type { Attachment } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import { AttachmentIcon } from './attachment-icon';
import { FileName } from './file-name';
import { Thumbnail } from './thumbnail';

interface AttachmentCardProps {
  attachment: Attachment;
  urlOf: (partId: string, isInline?: boolean) => string;
  onPreview: (partId: string) => void;
}

/** One file: a press shows it where it can be shown, and saves it where not; the arrow always saves. */
export function AttachmentCard({ attachment, urlOf, onPreview }: AttachmentCardProps) {
  const { partId, name, type, sizeBytes } = attachment;
  const t = useTranslations('reader');
  const locale = regionalLocale(useLocale());
  const risk = riskOf(name);
  // A program wears no other kind's icon, whatever its sender says.
  const kind = risk === 'program' ? 'file' : kindOf(type, name);
  const shownName = useShownName(attachment);
  const hasPreview = previewOf(attachment) !== null;
  const icon = <AttachmentIcon kind={kind} />;
  const arrow = (
    <Download size={16} aria-hidden="true" className="text-ink-muted transition-colors group-hover:text-ink" />
  );
  return (
    <div className="group relative flex h-14 w-full items-stretch overflow-hidden rounded-box border border-line bg-raised transition-colors hover:border-line-strong">
      <a
        href={urlOf(partId)}
        download={name ?? ''}
        data-tip={t(hasPreview ? 'look' : 'save', { name: shownName })}
        onClick={(event) => {
          if (!hasPreview || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          onPreview(partId);
        }}
        className="flex min-w-0 flex-1 items-center gap-3 rounded-box outline-offset-[-2px]"
      >
        {isShowable(type, name) && sizeBytes <= maxThumbnailBytes * 1.4 ? (
          <Thumbnail url={urlOf(partId, true)}>{icon}</Thumbnail>
        ) : (
          <span className="ps-3.5">{icon}</span>
        )}
        <span className="min-w-0 flex-1 py-2">
          <FileName name={shownName} className="font-medium text-list" />
          <span className="block truncate text-ink-muted text-meta tabular-nums">
            <Kind risk={risk} kind={t(`kinds.${kind}`)} /> · {formatSize(sizeBytes, locale)}
          </span>
        </span>
        {!hasPreview && <span className="grid w-10 shrink-0 place-items-center touch:w-12">{arrow}</span>}
      </a>
      {hasPreview && (
        <a
          href={urlOf(partId)}
          download={name ?? ''}
          aria-label={t('save', { name: shownName })}
          data-tip={t('save', { name: shownName })}
          className="grid w-10 shrink-0 place-items-center rounded-box outline-offset-[-2px] hover:bg-hover touch:w-12"
        >
          {arrow}
        </a>
      )}
    </div>
  );
}

/** What a file is called on the screen. */
export function useShownName({ type, name }: Pick<Attachment, 'type' | 'name'>): string {
  const t = useTranslations('reader');
  if (name !== null && displayText(name) !== '') return name;
  const kind = kindOf(type, name);
  // What programs write for programs never has a name.
  return kind === 'report' ? t('kinds.report') : t('unnamed', { kind: t(`kinds.${kind}`) });
}

function Kind({ risk, kind }: { risk: AttachmentRisk | null; kind: string }) {
  const t = useTranslations('reader');
  if (risk === null) return kind;
  return <span className="font-semibold text-danger">{t(`risks.${risk}`)}</span>;
}

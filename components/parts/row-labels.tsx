import { useTranslations } from 'use-intl';
import { Tag } from '@/components/ui/chip';
import type { Keyword, Label } from '@/lib/mail/model';
import { useLabelsOn } from './labels-on';

interface RowLabelsProps {
  keywords: readonly Keyword[];
  own: readonly Label[];
  isCompact: boolean;
}

const mostInWide = 4;

/** The labels of a row, as many as fit; how many more there are is a number. All of them are read out. */
export function RowLabels({ keywords, own, isCompact }: RowLabelsProps) {
  const t = useTranslations('labels');
  const labels = useLabelsOn()(keywords, own);
  const most = isCompact ? 1 : 2;
  if (labels.length === 0) return null;
  return (
    <span className="flex shrink-0 gap-1">
      <span className="sr-only">{t('on', { names: labels.map(({ name }) => name).join(', ') })}</span>
      <span aria-hidden="true" className="contents">
        {labels.slice(0, mostInWide).map(({ keyword, name, color }, at) => (
          <Tag
            key={keyword}
            color={color}
            className={`max-w-18 @xl:max-w-32 ${at < most ? 'inline-block' : 'hidden @xl:inline-block'}`}
          >
            <bdi>{name}</bdi>
          </Tag>
        ))}
        <More count={labels.length - most} className="@xl:hidden" />
        <More count={labels.length - mostInWide} className="hidden @xl:inline" />
      </span>
    </span>
  );
}

function More({ count, className }: { count: number; className: string }) {
  const t = useTranslations('labels');
  return count > 0 && <span className={`text-tiny tabular-nums ${className}`}>{t('more', { count })}</span>;
}

import { X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { classes } from '@/components/ui/classes';
import type { ShownLabel } from '@/lib/client/labels/shown';

export interface MessageLabelsProps {
  labels: readonly ShownLabel[];
  hrefOf: (label: ShownLabel) => string;
  /** Shows every message that has it. */
  onOpen: (label: ShownLabel) => void;
  /** Absent where labels cannot be changed. */
  onRemove?: ((label: ShownLabel) => void) | undefined;
}

/** What a finger hits reaches over the edges of a chip. */
const reach = 'relative before:absolute before:-inset-y-1.5';

/** The labels of the open message: each leads to its like, and can be taken off. */
export function MessageLabels({ labels, hrefOf, onOpen, onRemove }: MessageLabelsProps) {
  const t = useTranslations('labels');
  if (labels.length === 0) return null;
  return (
    <ul aria-label={t('onMessage')} className="-mt-2 mb-4 flex flex-wrap gap-1.5 touch:gap-y-3.5">
      {labels.map((label) => (
        <li
          key={label.keyword}
          className={classes(
            'flex h-6 max-w-full items-stretch rounded-[6px] text-meta touch:h-8',
            label.color === null ? 'bg-press text-ink-2' : `label-chip label-${label.color}`,
          )}
        >
          <a
            href={hrefOf(label)}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              onOpen(label);
            }}
            className={classes(
              reach,
              'flex min-w-0 items-center rounded-[6px] ps-2 before:inset-x-0 hover:underline touch:min-w-11 touch:ps-2.5',
              onRemove === undefined && 'pe-2 touch:pe-2.5',
            )}
          >
            <bdi className="truncate">{label.name}</bdi>
          </a>
          {onRemove !== undefined && (
            <button
              type="button"
              aria-label={t('remove', { name: label.name })}
              data-tip={t('remove', { name: label.name })}
              onClick={() => onRemove(label)}
              className={classes(
                reach,
                'grid w-6 shrink-0 place-items-center rounded-[6px] before:-inset-x-0.5 hover:bg-hover touch:w-8 touch:before:-inset-x-1.5',
              )}
            >
              <X size={13} aria-hidden="true" />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

import type { ComponentProps, ReactNode } from 'react';
import type { LabelColor } from '@/lib/mail/model';
import { classes } from './classes';

/** A pill that chooses, e.g. a filter: pressed or not. */
export function ChoiceChip({ isOn, ...props }: ComponentProps<'button'> & { isOn: boolean }) {
  return <ActionChip aria-pressed={isOn} isOn={isOn} {...props} />;
}

/** A pill that does something. */
export function ActionChip({ isOn = false, className, ...props }: ComponentProps<'button'> & { isOn?: boolean }) {
  return (
    <button
      type="button"
      {...props}
      className={classes(
        'inline-flex h-6 select-none items-center gap-1.5 rounded-full border px-2.5 text-meta transition-colors touch:h-9 touch:px-3.5',
        isOn
          ? 'border-transparent bg-wash font-semibold text-accent'
          : 'border-line text-ink-2 hover:border-line-strong hover:text-ink',
        className,
      )}
    />
  );
}

interface TagProps {
  /** Of a label; without one it is neutral. */
  color?: LabelColor | null;
  className?: string;
  children: ReactNode;
}

/** A small word on a row: a folder, a label. */
export function Tag({ color = null, className = 'inline-block max-w-36', children }: TagProps) {
  return (
    <span
      className={classes(
        'shrink-0 truncate rounded-[4px] px-1.5 text-tiny',
        color === null ? 'bg-press text-ink-2' : `label-chip label-${color}`,
        className,
      )}
    >
      {children}
    </span>
  );
}

import type { ComponentProps, ReactNode } from 'react';
import { classes, hueClass } from './classes';

/** A pill that chooses, e.g. a filter: pressed or not. */
export function ChoiceChip({ isOn, className, ...props }: ComponentProps<'button'> & { isOn: boolean }) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
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

/** A small word on a row: a folder, a label. `hue` colours it (0–360); without one it is neutral. */
export function Tag({ hue, children }: { hue?: number; children: ReactNode }) {
  return (
    <span
      className={classes(
        'inline-block max-w-36 shrink-0 truncate rounded-[4px] px-1.5 text-tiny',
        hue === undefined ? 'bg-press text-ink-2' : `tinted ${hueClass(hue)}`,
      )}
    >
      {children}
    </span>
  );
}

import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  /** The name of the action: read aloud, and shown as the tooltip. */
  label: string;
  /** The key that does the same, as `Kbd` writes it; shown in the tooltip. */
  keys?: string | undefined;
  icon: ReactNode;
  size?: 'small' | 'medium';
}

/** A button that is only an icon: 32 or 36 px, 44 px where a finger aims. */
export function IconButton({ label, keys, icon, size = 'medium', className, ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      {...props}
      aria-label={label}
      data-tip={label}
      data-tip-keys={keys}
      className={classes(
        'inline-grid shrink-0 select-none place-items-center rounded-inner text-ink-2 transition-colors',
        'hover:bg-hover hover:text-ink active:bg-press aria-expanded:bg-press aria-pressed:text-accent',
        'disabled:opacity-40 disabled:hover:bg-transparent touch:size-11',
        size === 'small' ? 'size-8' : 'size-9',
        className,
      )}
    >
      {icon}
    </button>
  );
}

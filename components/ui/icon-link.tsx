import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes';

/** A link that is only an icon, drawn as an icon button. */
export function IconLink({
  label,
  href,
  icon,
  className,
  ...props
}: Omit<ComponentProps<'a'>, 'children' | 'aria-label'> & { label: string; href: string; icon: ReactNode }) {
  return (
    <a
      {...props}
      href={href}
      aria-label={label}
      data-tip={label}
      className={classes(
        'inline-grid size-9 shrink-0 place-items-center rounded-inner text-ink-2 transition-colors hover:bg-hover hover:text-ink active:bg-press touch:size-11',
        className,
      )}
    >
      {icon}
    </a>
  );
}

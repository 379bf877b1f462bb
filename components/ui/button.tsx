import type { ComponentProps } from 'react';
import { classes } from './classes';
import { Spinner } from './spinner';

const looks = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover font-semibold',
  plain: 'border border-line bg-raised text-ink-2 hover:border-line-strong hover:text-ink font-medium',
  quiet: 'text-ink-2 hover:bg-hover hover:text-ink font-medium',
  link: 'text-accent hover:bg-hover font-semibold',
  danger: 'bg-danger text-danger-ink hover:bg-danger-hover font-semibold',
};

export interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof looks;
  size?: 'small' | 'medium' | 'large';
  /** Shows a spinner and refuses further presses, keeping the width. */
  isBusy?: boolean;
}

export function Button({
  look = 'plain',
  size = 'medium',
  isBusy = false,
  className,
  children,
  ...props
}: ButtonProps) {
  return (
    <button
      type="button"
      {...props}
      disabled={props.disabled === true || isBusy}
      aria-busy={isBusy || undefined}
      className={classes(
        'relative inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-box transition-colors',
        'active:bg-press disabled:opacity-55 disabled:active:bg-transparent',
        (look === 'primary' || look === 'danger') && 'active:opacity-90 active:bg-(--accent)',
        look === 'danger' && 'active:bg-(--danger)',
        size === 'small' && 'h-7 px-2.5 text-list touch:h-11 touch:px-3.5',
        size === 'medium' && 'h-9 px-3.5 touch:h-11',
        size === 'large' && 'h-11 px-5 text-read',
        looks[look],
        className,
      )}
    >
      {isBusy ? (
        <>
          <span className="absolute inset-0 grid place-items-center">
            <Spinner />
          </span>
          <span className="invisible contents">
            <span className="invisible inline-flex items-center gap-2">{children}</span>
          </span>
        </>
      ) : (
        children
      )}
    </button>
  );
}

import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from './classes';

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string;
  hint?: string;
  /** What is wrong with it; marks the field and is read with it. */
  error?: string | undefined;
  /** A button at the end of the field. */
  end?: ReactNode;
}

/** One line of text under its label. 16 px on touch, so that iOS does not zoom into it. */
export function TextField({ label, hint, error, end, className, ...props }: TextFieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block font-medium text-ink-2 text-list">
        {label}
      </label>
      <div className="relative">
        <input
          {...props}
          id={id}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
          className={classes(
            'h-11 w-full rounded-box border bg-raised px-3 text-ink text-read outline-offset-0 transition-colors touch:text-title',
            'placeholder:text-ink-muted hover:border-line-strong focus-visible:border-focus disabled:opacity-60',
            error === undefined ? 'border-line' : 'border-danger',
            end !== undefined && 'pe-12',
          )}
        />
        {end !== undefined && <div className="absolute inset-y-0 end-1 flex items-center">{end}</div>}
      </div>
      {note !== undefined && (
        <p
          id={`${id}-note`}
          className={classes('mt-1.5 text-meta', error === undefined ? 'text-ink-muted' : 'text-danger')}
        >
          {note}
        </p>
      )}
    </div>
  );
}

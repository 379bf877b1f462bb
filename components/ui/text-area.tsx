import { type ComponentProps, useId } from 'react';
import { classes } from './classes';

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'id'> {
  label: string;
  hint?: string;
}

/** Several lines of text under their label. */
export function TextArea({ label, hint, className, ...props }: TextAreaProps) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block font-medium text-ink-2 text-list">
        {label}
      </label>
      <textarea
        rows={4}
        {...props}
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}-note`}
        className={classes(
          'block w-full resize-y rounded-box border border-line bg-raised px-3 py-2 text-ink text-read transition-colors touch:text-title',
          'hover:border-line-strong focus-visible:border-focus',
        )}
      />
      {hint !== undefined && (
        <p id={`${id}-note`} className="mt-1.5 text-ink-muted text-meta">
          {hint}
        </p>
      )}
    </div>
  );
}

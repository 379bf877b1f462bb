import { useId } from 'react';
import { classes } from './classes';

interface SelectFieldProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  /** The label is read, not shown. */
  isBare?: boolean;
  className?: string;
}

/** A choice of many, by the browser's own list. */
export function SelectField<T extends string>({
  label,
  value,
  options,
  onChange,
  isBare,
  className,
}: SelectFieldProps<T>) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className={isBare ? 'sr-only' : 'mb-1.5 block font-medium text-ink-2 text-list'}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value as T)}
        className={classes(
          'w-full rounded-box border border-line bg-raised px-2.5 text-ink hover:border-line-strong touch:h-11 touch:text-title',
          isBare ? 'h-9 text-list' : 'h-11 text-read',
        )}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

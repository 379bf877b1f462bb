import { useId } from 'react';
import { classes } from './classes';

/** A choice of two to four, all in sight: radio buttons drawn as one bar. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  className,
}: {
  label: string;
  value: T;
  options: { value: T; label: string }[];
  onChange: (value: T) => void;
  className?: string;
}) {
  const name = useId();
  return (
    <fieldset className={classes('inline-flex min-w-0 rounded-box border border-line bg-sunken p-0.5', className)}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={classes(
            'relative flex h-7 min-w-0 flex-auto cursor-pointer items-center justify-center rounded-[6px] px-3 text-list transition-colors touch:h-10',
            'has-focus-visible:outline-2 has-focus-visible:outline-focus',
            option.value === value ? 'bg-raised font-semibold text-ink shadow-[0_1px_2px_var(--press)]' : 'text-ink-2',
          )}
        >
          <input
            type="radio"
            className="absolute inset-0 cursor-pointer opacity-0"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span className="truncate">{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

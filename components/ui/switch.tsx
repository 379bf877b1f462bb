import { useId } from 'react';

/** On or off, at once. */
export function Switch({
  label,
  hint,
  isOn,
  onChange,
}: {
  label: string;
  hint?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="flex min-h-9 items-center gap-4 touch:min-h-11">
      <label htmlFor={id} className="min-w-0 flex-1">
        {label}
        {hint !== undefined && <span className="block text-meta text-ink-muted">{hint}</span>}
      </label>
      <button
        type="button"
        id={id}
        role="switch"
        aria-checked={isOn}
        onClick={() => onChange(!isOn)}
        className="relative h-5 w-9 shrink-0 rounded-full bg-line-strong transition-colors after:absolute after:top-0.5 after:left-0.5 after:size-4 after:rounded-full after:bg-paper after:transition-transform aria-checked:bg-accent aria-checked:after:translate-x-4 before:absolute before:-inset-3"
      />
    </div>
  );
}

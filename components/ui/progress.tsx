/** A bar with what it counts in words. `value` is null while the end is not known. */
export function Progress({ label, value, max }: { label: string; value: number | null; max: number }) {
  const share = value === null || max <= 0 ? null : Math.min(1, value / max);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      {...(value === null ? {} : { 'aria-valuenow': value })}
      className="h-1 w-full overflow-hidden rounded-full bg-press"
    >
      <div
        className={`h-full rounded-full bg-accent ${share === null ? 'w-1/4 animate-[slide-over_1.4s_ease-in-out_infinite]' : 'transition-[width]'}`}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}

import { classes, hueClass } from './classes';

/** Initials on a colour that belongs to the address. Decoration: the name always stands beside it. */
export function Avatar({ initials, hue, size = 32 }: { initials: string; hue: number; size?: 32 | 40 | 24 }) {
  return (
    <span
      aria-hidden="true"
      className={classes(
        hueClass(hue),
        'tinted grid shrink-0 select-none place-items-center rounded-full font-semibold',
        size === 40 && 'size-10 text-base',
        size === 32 && 'size-8 text-meta',
        size === 24 && 'size-6 text-[10px]',
      )}
    >
      {initials}
    </span>
  );
}

import type { LabelColor } from '@/lib/mail/model';
import { classes } from './classes';

/** The colour of a label, as a dot in the place of an icon; without one, a ring. Its name always stands beside it. */
export function LabelDot({ color, size = 18 }: { color: LabelColor | null; size?: 16 | 18 }) {
  return (
    <span
      aria-hidden="true"
      className={classes('grid shrink-0 place-items-center', size === 18 ? 'size-4.5' : 'size-4')}
    >
      <span
        className={classes(
          'size-2.5 rounded-full',
          color === null ? 'border border-line-strong' : `label-dot label-${color}`,
        )}
      />
    </span>
  );
}

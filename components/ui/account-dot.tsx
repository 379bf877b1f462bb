import type { LabelColor } from '@/lib/mail/model';
import { classes } from './classes';

/** The colour that a person has given an account, quietly; a ring where they have given none. Its name stands with it. */
export function AccountDot({ color }: { color: LabelColor | null }) {
  return (
    <span
      aria-hidden="true"
      className={classes(
        'block size-2 rounded-full',
        color === null ? 'border border-line-strong' : `label-dot label-${color}`,
      )}
    />
  );
}

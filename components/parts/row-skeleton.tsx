// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be one virtual scroll
// biome-ignore-all lint/a11y/useFocusableInteractive: a row that is not here yet is no stop of the keyboard
import { Skeleton } from '@/components/ui/skeleton';

/** A row that is on its way; its widths differ by index, so that a screenful does not look like a fence. */
export function RowSkeleton({ index, isCompact }: { index: number; isCompact: boolean }) {
  const name = 28 + ((index * 37) % 24);
  const subject = 48 + ((index * 53) % 40);
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-busy="true"
      className="flex h-full items-center gap-3 border-b border-line/60 px-4"
    >
      <div role="gridcell" className="flex w-full items-center gap-3">
        <Skeleton className={isCompact ? 'size-6 rounded-full' : 'size-8 shrink-0 rounded-full!'} />
        <span className={isCompact ? 'flex flex-1 items-center gap-6' : 'flex flex-1 flex-col gap-2.5'}>
          <span className="block" style={{ width: `${name}%` }}>
            <Skeleton className="h-2.5" />
          </span>
          <span className="block" style={{ width: `${subject}%` }}>
            <Skeleton className="h-2.5" />
          </span>
        </span>
      </div>
    </div>
  );
}

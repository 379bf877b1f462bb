import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/components/ui/icon-button';

interface SidebarSectionProps {
  title: string;
  /** Stands behind the title. */
  mark?: ReactNode;
  isRail: boolean;
  manage: string;
  onManage: () => void;
  /** The lines, each an `li`. */
  children: ReactNode;
}

/** What a person has made stands below the folders, under a title with the way to change it. */
export function SidebarSection({ title, mark, isRail, manage, onManage, children }: SidebarSectionProps) {
  return (
    <section aria-label={title} className={isRail ? 'mt-2 border-line border-t pt-2' : 'mt-3'}>
      {!isRail && (
        <div className="flex h-8 items-center gap-1.5 ps-2.5 font-semibold text-ink-muted text-meta touch:h-11">
          <span className="min-w-0 truncate">{title}</span>
          {mark}
          <IconButton
            size="small"
            label={manage}
            icon={<Ellipsis size={16} />}
            className="ms-auto"
            onClick={onManage}
          />
        </div>
      )}
      <ul>{children}</ul>
    </section>
  );
}

import type { MouseEvent, ReactNode } from 'react';
import type { MailboxRole } from '@/lib/mail/model';
import { FolderRow } from './folder-row';

interface PlaceRowProps {
  role_?: MailboxRole | null;
  icon?: ReactNode;
  name: string;
  isCurrent: boolean;
  isRail: boolean;
  count?: { number: number | null; label: string };
  href: string;
  onGo: () => void;
  onMenu?: () => void;
}

/** A line of the sidebar that leads to what is no folder: nothing folds below it, nothing can be dropped on it. */
export function PlaceRow({ role_ = null, icon, count, onGo, onMenu, ...row }: PlaceRowProps) {
  const isElsewhere = ({ metaKey, ctrlKey, shiftKey }: MouseEvent) => metaKey || ctrlKey || shiftKey;
  return (
    <FolderRow
      {...row}
      role_={role_}
      icon={icon}
      depth={0}
      count={count?.number ?? null}
      countLabel={count?.label ?? ''}
      isTarget={false}
      isOpen={null}
      onToggle={() => undefined}
      toggleLabel=""
      draggable={false}
      onClick={(event) => {
        if (isElsewhere(event)) return;
        event.preventDefault();
        onGo();
      }}
      {...(onMenu === undefined
        ? {}
        : {
            onContextMenu: (event: MouseEvent) => {
              event.preventDefault();
              onMenu();
            },
          })}
    />
  );
}

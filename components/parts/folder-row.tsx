'use client';

import {
  Archive,
  ChevronRight,
  CircleAlert,
  File,
  Folder,
  HardDrive,
  Inbox,
  type LucideIcon,
  Mails,
  Send,
  Star,
  Tag,
  Trash2,
} from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from '@/components/ui/classes';
import type { MailboxRole } from '@/lib/mail/model';

const icons: Record<MailboxRole, LucideIcon> = {
  inbox: Inbox,
  sent: Send,
  drafts: File,
  archive: Archive,
  junk: CircleAlert,
  trash: Trash2,
  all: Mails,
  flagged: Star,
  important: Tag,
};

export function FolderIcon({ role, size = 18 }: { role: MailboxRole | null; size?: number }) {
  const Icon = role === null ? Folder : icons[role];
  return <Icon size={size} strokeWidth={1.6} className="shrink-0" aria-hidden="true" />;
}

export interface FolderRowProps extends Omit<ComponentProps<'a'>, 'children'> {
  role_: MailboxRole | null;
  /** In place of the role's. */
  icon?: ReactNode;
  name: string;
  depth: number;
  isCurrent: boolean;
  isRail: boolean;
  /** A number at the end; null: none. */
  count: number | null;
  /** Something is dragged over it that it takes. */
  isTarget: boolean;
  /** Null: it has no children. */
  isOpen: boolean | null;
  onToggle: () => void;
  toggleLabel: string;
  countLabel: string;
  /** That it lives here and not on the server; absent where it does not. */
  placeLabel?: string | undefined;
}

/** A folder in the sidebar: a link, with its fold beside it. */
export function FolderRow({
  role_,
  icon,
  name,
  depth,
  isCurrent,
  isRail,
  count,
  isTarget,
  isOpen,
  onToggle,
  toggleLabel,
  countLabel,
  placeLabel,
  ...link
}: FolderRowProps) {
  return (
    <div
      className={classes(
        'group/folder relative flex h-[34px] items-center rounded-[6px] touch:h-11',
        isCurrent ? 'bg-wash font-semibold text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
        isTarget && 'bg-wash outline-2 outline-accent',
      )}
    >
      {isOpen !== null && !isRail && <Fold depth={depth} isOpen={isOpen} label={toggleLabel} onToggle={onToggle} />}
      <a
        {...link}
        aria-current={isCurrent ? 'page' : undefined}
        aria-description={placeLabel}
        {...(isRail ? { 'data-tip': name } : {})}
        className={classes(
          'flex h-full min-w-0 flex-1 items-center gap-2.5 rounded-[6px] pe-2.5',
          isRail && 'justify-center pe-0',
        )}
        style={isRail ? undefined : { paddingInlineStart: 10 + depth * 16 }}
      >
        {icon ?? <FolderIcon role={role_} />}
        <span className={isRail ? 'sr-only' : 'min-w-0 flex-1 truncate'}>
          <bdi>{name}</bdi>
        </span>
        {placeLabel !== undefined && !isRail && (
          <span data-tip={placeLabel} className="shrink-0 opacity-45">
            <HardDrive size={13} aria-hidden="true" />
          </span>
        )}
        {count !== null && count > 0 && (
          <Count isRail={isRail} isCurrent={isCurrent} count={count} label={countLabel} />
        )}
      </a>
    </div>
  );
}

/** The chevron before a line that others stand below. */
export function Fold({
  depth,
  isOpen,
  label,
  onToggle,
}: {
  depth: number;
  isOpen: boolean;
  label: string;
  onToggle: () => void;
}) {
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-label={label}
      onClick={onToggle}
      className="absolute top-1/2 z-10 grid size-5 -translate-y-1/2 place-items-center rounded-inner text-ink-muted before:absolute before:-inset-2 hover:bg-press hover:text-ink"
      style={{ insetInlineStart: depth * 16 - 9 }}
    >
      <ChevronRight
        size={12}
        strokeWidth={2.2}
        className={classes('transition-transform rtl:-scale-x-100', isOpen && 'rotate-90')}
      />
    </button>
  );
}

function Count({
  isRail,
  isCurrent,
  count,
  label,
}: {
  isRail: boolean;
  isCurrent: boolean;
  count: number;
  label: string;
}): ReactNode {
  if (isRail) return <span className="absolute end-1.5 top-1.5 size-1.5 rounded-full bg-brass" />;
  return (
    <span className={classes('text-meta font-semibold tabular-nums', isCurrent ? 'text-accent' : 'text-ink-muted')}>
      <span aria-hidden="true">{count > 9_999 ? '9999+' : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}

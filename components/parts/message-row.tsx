// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be one virtual scroll
// biome-ignore-all lint/a11y/useFocusableInteractive: the row is the stop of the keyboard, its cells are not
'use client';

import { Check } from 'lucide-react';
import { memo, type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '@/components/ui/avatar';
import { classes } from '@/components/ui/classes';
import { isUnreadRow } from '@/lib/client/list/thread-row';
import type { Account } from '@/lib/contract/operations';
import type { Label, MessageSummary } from '@/lib/mail/model';
import { avatarOf } from '@/lib/text/initials';
import { RowText } from './row-text';

export interface MessageRowProps {
  row: MessageSummary;
  index: number;
  href: string;
  /** Null while the zone is not known: then no time is shown. */
  now: Date | null;
  isCompact: boolean;
  isOpen: boolean;
  isChosen: boolean;
  /** The row that the keyboard is on: the one stop of the Tab key. */
  isCursor: boolean;
  /** Sent and drafts show to whom. */
  showsRecipients: boolean;
  /** The addresses of the person, which are written "me" among others. */
  ownEmails: readonly string[];
  /** Whose it is, where mail of several accounts stands together. */
  account: Pick<Account, 'name' | 'color'> | null;
  /** The folder of a search hit. */
  folder: string | null;
  /** What the person calls which keyword. */
  labels: readonly Label[];
  /** Begins a day: the label on its upper edge. */
  section: string | null;
  onToggle: (id: string) => void;
  quick: (row: MessageSummary) => ReactNode;
}

/** One message of the list. Pointer and keyboard are heard by the list; the row tells its id in `data-id`. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { row, index, isCompact, isOpen, isChosen, isCursor } = props;
  const [isHot, setHot] = useState(false);
  const isUnread = isUnreadRow(row);
  const isDeleted = row.keywords.includes('$deleted');
  return (
    <div
      role="row"
      tabIndex={isCursor ? 0 : -1}
      aria-rowindex={index + 1}
      aria-selected={isChosen}
      draggable={isHot}
      aria-current={isOpen || undefined}
      data-id={row.id}
      data-index={index}
      onPointerEnter={(event) => event.pointerType === 'mouse' && setHot(true)}
      onPointerLeave={() => setHot(false)}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && setHot(true)}
      onBlur={() => setHot(false)}
      className={classes(
        'group relative flex h-full touch-pan-y items-center gap-3 border-b border-line/60 bg-surface ps-4 pe-4 outline-offset-[-2px]',
        isOpen || isChosen ? 'bg-wash' : 'hover:bg-hover',
        isDeleted && 'opacity-60',
      )}
    >
      {isOpen && <span className="absolute inset-y-0 start-0 w-[3px] bg-accent" />}
      {isUnread && (
        <span
          className={classes(
            'absolute start-[5px] size-[7px] rounded-full bg-brass',
            isCompact ? 'top-1/2 -translate-y-1/2' : 'top-[22px]',
          )}
        />
      )}
      {props.section !== null && <SectionLabel>{props.section}</SectionLabel>}
      <Chooser
        row={row}
        isCompact={isCompact}
        isChosen={isChosen}
        onToggle={props.onToggle}
        showsRecipients={props.showsRecipients}
      />
      <div role="gridcell" className="min-w-0 flex-1">
        <a
          href={props.href}
          tabIndex={-1}
          draggable={false}
          className={classes(
            'block outline-none after:absolute after:inset-0',
            isCompact ? 'flex min-w-0 items-center gap-3' : '',
          )}
        >
          <RowText {...props} isUnread={isUnread} isDeleted={isDeleted} />
        </a>
      </div>
      {isHot && (
        <div role="gridcell" className="absolute inset-y-0 end-0">
          {props.quick(row)}
        </div>
      )}
    </div>
  );
});

function SectionLabel({ children }: { children: ReactNode }) {
  return (
    <span className="pointer-events-none absolute start-[60px] top-0 z-10 -translate-y-1/2 rounded-[4px] bg-surface px-1.5 text-tiny font-semibold text-ink-muted max-md:start-[56px]">
      {children}
    </span>
  );
}

/** The avatar, which becomes a tick box under the pointer. */
function Chooser({
  row,
  isCompact,
  isChosen,
  showsRecipients,
  onToggle,
}: Pick<MessageRowProps, 'row' | 'isCompact' | 'isChosen' | 'showsRecipients' | 'onToggle'>) {
  const t = useTranslations('list');
  const person = showsRecipients ? row.to[0] : row.from[0];
  const { initials, hue } = avatarOf(person?.name ?? null, person?.email ?? '');
  const size = isCompact ? 24 : 32;
  return (
    <div role="gridcell" className="relative z-10 shrink-0">
      <button
        type="button"
        tabIndex={-1}
        role="checkbox"
        aria-checked={isChosen}
        aria-label={t('choose')}
        data-choose=""
        onClick={(event) => {
          if (event.shiftKey) return;
          event.stopPropagation();
          onToggle(row.id);
        }}
        className="group/choose relative block rounded-full before:absolute before:-inset-2"
      >
        <Avatar initials={initials} hue={hue} size={size} />
        <span
          className={classes(
            'absolute inset-0 grid place-items-center rounded-full border-2',
            isChosen
              ? 'border-accent bg-accent text-accent-ink'
              : 'border-line-strong bg-raised text-transparent opacity-0 group-hover/choose:opacity-100 group-hover/choose:text-ink-muted',
          )}
        >
          <Check size={isCompact ? 14 : 18} strokeWidth={2.5} />
        </span>
      </button>
    </div>
  );
}

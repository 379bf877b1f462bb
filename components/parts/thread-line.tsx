import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '@/components/ui/avatar';
import { classes } from '@/components/ui/classes';
import type { MessageSummary } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import { avatarOf } from '@/lib/text/initials';
import { LocalTime } from './local-time';
import { usePeople } from './people';

interface ThreadLineProps {
  item: MessageSummary;
  /** The folder of a message that is in another than the open one. */
  folder: string | null;
  isOpen: boolean;
  onPress: () => void;
}

/** One message of a conversation in one line, which opens and closes it. */
export function ThreadLine({ item, folder, isOpen, onPress }: ThreadLineProps) {
  const t = useTranslations('list');
  const name = usePeople(item.from, false);
  const from = item.from[0];
  const { initials, hue } = avatarOf(from?.name ?? null, from?.email ?? '');
  const isUnread = !item.keywords.includes('$seen');
  return (
    <button
      type="button"
      data-thread-stop=""
      aria-expanded={isOpen}
      onClick={onPress}
      className="-mx-2 flex h-10 w-[calc(100%+1rem)] items-center gap-3 rounded-inner px-2 text-start text-list outline-offset-[-2px] hover:bg-hover touch:h-12"
    >
      {isOpen ? (
        <ChevronDown size={16} aria-hidden="true" className="shrink-0 text-ink-muted" />
      ) : (
        <Avatar initials={initials} hue={hue} size={24} />
      )}
      <span className={classes('w-28 shrink-0 truncate @2xl:w-40', isUnread ? 'font-semibold' : 'text-ink-2')}>
        {isUnread && <span className="sr-only">{t('unreadPrefix')} </span>}
        <bdi>{displayText(name)}</bdi>
      </span>
      <bdi className="min-w-0 flex-1 truncate text-ink-muted">{isOpen ? '' : displayText(item.preview ?? '')}</bdi>
      {folder !== null && (
        <span className="max-w-28 shrink-0 truncate rounded-[4px] bg-press px-1.5 text-ink-2 text-tiny">{folder}</span>
      )}
      <LocalTime iso={item.receivedAt} className="shrink-0 text-ink-muted text-meta tabular-nums" />
    </button>
  );
}

/** Lines that stand free, with words in the first: what comes into them moves nothing. */
export function SpareLines({ lines, children }: { lines: number; children?: ReactNode }) {
  return (
    <div
      className="text-ink-muted text-meta [--line:2.5625rem] touch:[--line:3.0625rem]"
      style={{ height: `calc(${lines} * var(--line))` }}
    >
      <p className="flex h-(--line) items-center">{children}</p>
    </div>
  );
}

import { ChevronDown, MessagesSquare } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '@/components/ui/classes';
import type { MessageSummary } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import { LocalTime } from './local-time';
import { usePeople } from './people';

export interface ConversationProps {
  /** Oldest first, the open one among them. */
  items: readonly MessageSummary[];
  openId: string;
  hrefOf: (item: MessageSummary) => string;
  /** The folder of a message that is in another than the open one. */
  folderOf: (item: MessageSummary) => string | null;
  onOpen: (item: MessageSummary) => void;
}

/** The messages that answer one another, under a line that opens them. */
export function Conversation({ items, openId, hrefOf, folderOf, onOpen }: ConversationProps) {
  const t = useTranslations('reader');
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const place = items.findIndex((item) => item.id === openId);
  return (
    <section aria-label={t('conversation')} className="mb-4">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className="-ms-1 inline-flex h-7 items-center gap-1.5 rounded-[6px] px-1.5 text-ink-muted text-meta hover:bg-hover hover:text-ink-2 touch:h-11"
      >
        <MessagesSquare size={16} aria-hidden="true" />
        {t('conversationPlace', { place: place + 1, count: items.length })}
        <ChevronDown size={14} className={`transition-transform ${isOpen ? 'rotate-180' : ''}`} aria-hidden="true" />
      </button>
      {isOpen && (
        <ol id={id} className="mt-1 overflow-hidden rounded-[8px] border border-line">
          {items.map((item) => (
            <li key={item.id} className="border-line border-t first:border-t-0">
              <a
                href={hrefOf(item)}
                aria-current={item.id === openId || undefined}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                  event.preventDefault();
                  onOpen(item);
                }}
                className={classes(
                  'flex items-baseline gap-3 px-3 py-1.5 text-list outline-offset-[-2px] touch:py-3',
                  item.id === openId ? 'bg-wash' : 'hover:bg-hover',
                )}
              >
                <From item={item} />
                <span className="min-w-0 flex-1 truncate text-ink-muted">{displayText(item.preview ?? '')}</span>
                <Folder name={folderOf(item)} />
                <LocalTime iso={item.receivedAt} className="shrink-0 text-ink-muted text-meta tabular-nums" />
              </a>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function From({ item }: { item: MessageSummary }) {
  const name = usePeople(item.from, false);
  const isUnread = !item.keywords.includes('$seen');
  return (
    <span className={classes('w-32 shrink-0 truncate @2xl:w-44', isUnread && 'font-semibold')}>
      {displayText(name)}
    </span>
  );
}

function Folder({ name }: { name: string | null }) {
  if (name === null) return null;
  return <span className="max-w-28 shrink-0 truncate rounded-[4px] bg-press px-1.5 text-ink-2 text-tiny">{name}</span>;
}

import { Forward, HardDrive, Paperclip, Reply, Star } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { AccountDot } from '@/components/ui/account-dot';
import { Tag } from '@/components/ui/chip';
import { classes } from '@/components/ui/classes';
import { formatWhen } from '@/lib/client/format/when';
import { isFlaggedRow } from '@/lib/client/list/thread-row';
import type { MessageSummary } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import type { MessageRowProps } from './message-row';
import { usePeople, useWriters } from './people';
import { RowLabels } from './row-labels';

type TextProps = MessageRowProps & { isUnread: boolean; isDeleted: boolean };

/** Who, when and what: two lines, or one where rows are compact. */
export function RowText(props: TextProps) {
  const { row, isCompact, isUnread } = props;
  const people = usePeople(props.showsRecipients ? row.to : row.from, props.showsRecipients);
  const writers = useWriters(row.thread?.people ?? [], props.ownEmails);
  const who = row.thread === undefined || props.showsRecipients ? people : writers;
  const when = (
    <time
      dateTime={row.receivedAt}
      className={classes(
        'shrink-0 text-meta tabular-nums',
        isUnread ? 'font-semibold text-brass-ink' : 'text-ink-muted',
      )}
    >
      {props.now === null ? '' : formatWhen(row.receivedAt, props.now)}
    </time>
  );
  const mark = props.account !== null && (
    <span className="shrink-0 self-center" data-tip={props.account.name}>
      <AccountDot color={props.account.color} />
      <span className="sr-only">{props.account.name}</span>
    </span>
  );
  const name = (
    <span
      className={classes(
        'min-w-0 truncate text-list',
        isCompact ? 'w-[30%] max-w-44 shrink-0' : 'flex-1',
        isUnread ? 'font-semibold text-ink' : 'text-ink-2',
      )}
    >
      {isUnread && <Unread />}
      <bdi>{who}</bdi>
      {row.thread !== undefined && <Count count={row.thread.count} />}
    </span>
  );
  if (isCompact) {
    return (
      <>
        {name}
        <Subject {...props} />
        {mark}
        {when}
      </>
    );
  }
  return (
    <>
      <span className="flex items-baseline gap-3">
        {name}
        {mark}
        {when}
      </span>
      <Subject {...props} />
    </>
  );
}

function Unread() {
  const t = useTranslations('list');
  return <span className="sr-only">{t('unreadPrefix')} </span>;
}

/** How many messages the conversation has here. */
function Count({ count }: { count: number }) {
  const t = useTranslations('list');
  return (
    <span className="ms-1.5 font-normal text-ink-muted text-meta tabular-nums">
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{t('threadCount', { count })}</span>
    </span>
  );
}

function Subject({ row, labels, isCompact, isUnread, isDeleted, folder }: TextProps) {
  const t = useTranslations('list');
  const subject = displayText(row.subject);
  return (
    <span
      className={classes(
        'flex min-w-0 items-center gap-1.5 text-list text-ink-muted',
        isCompact ? 'flex-1' : 'mt-[3px]',
      )}
    >
      {folder !== null && <Tag>{folder}</Tag>}
      {isDeleted && <Tag>{t('markedDeleted')}</Tag>}
      <bdi
        className={classes(
          'truncate',
          isCompact ? 'min-w-0 @xl:max-w-[60%] @xl:shrink-0' : 'max-w-[72%]',
          isUnread ? 'font-semibold text-ink' : 'text-ink',
          isDeleted && 'line-through',
          subject === '' && 'italic text-ink-muted',
        )}
      >
        {subject === '' ? t('noSubject') : subject}
      </bdi>
      <RowLabels keywords={row.keywords} own={labels} isCompact={isCompact} />
      <bdi className={classes('min-w-0 flex-1 truncate', isCompact && '@max-xl:invisible')}>
        {row.preview === null ? '' : displayText(row.preview)}
      </bdi>
      <Marks {...row} />
    </span>
  );
}

function Marks(row: MessageSummary) {
  const { keywords, hasAttachment, location } = row;
  const t = useTranslations('list');
  return (
    <>
      {keywords.includes('$answered') && <Reply size={14} aria-label={t('answered')} className="shrink-0" />}
      {keywords.includes('$forwarded') && <Forward size={14} aria-label={t('forwarded')} className="shrink-0" />}
      {location === 'here' && <HardDrive size={13} aria-label={t('onlyHere')} className="shrink-0 opacity-70" />}
      {hasAttachment && <Paperclip size={14} aria-label={t('attachment')} className="shrink-0" />}
      {isFlaggedRow(row) && <Star size={14} aria-label={t('flagged')} className="shrink-0 fill-brass text-brass" />}
    </>
  );
}

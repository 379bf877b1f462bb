'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { MessageHeader } from '@/components/parts/message-header';
import { ThreadLine } from '@/components/parts/thread-line';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { asApiError } from '@/lib/client/api-error';
import { messageQuery } from '@/lib/client/app/message-query';
import { sentences } from '@/lib/contract/sentences';
import type { MessageSummary } from '@/lib/mail/model';
import { useAddContact } from './add-contact';
import type { ThreadView } from './conversation';
import { useMarkOnOpen } from './mark-on-open';
import { MessageActions } from './message-actions';
import { OpenedMessage } from './opened-message';

export interface ThreadMessagesProps extends ThreadView {
  accountId: string;
  kind: 'html' | 'plain';
  ownEmails: readonly string[];
  /** Those before the open message, or those after it. */
  part: 'earlier' | 'later';
}

/** So many of the earlier ones stand there before someone asks for all. */
const shownEarlier = 4;

/** The other messages of the open conversation: each a line that opens, the unread ones open. */
export function ThreadMessages(props: ThreadMessagesProps) {
  const { items, openId, opened, part } = props;
  const t = useTranslations('reader');
  const [isUnfolded, setUnfolded] = useState(false);
  const place = items.findIndex(({ id }) => id === openId);
  const own = part === 'earlier' ? items.slice(0, place) : items.slice(place + 1);
  const firstOpen = own.findIndex(({ id }) => opened.has(id));
  const most = Math.max(0, own.length - shownEarlier);
  const folded = part === 'later' || isUnfolded ? 0 : firstOpen === -1 ? most : Math.min(most, firstOpen);
  if (own.length === 0) return null;
  return (
    <ol aria-label={t('conversation')} className={part === 'earlier' ? 'mb-4' : 'mt-6'}>
      {folded > 1 && (
        <li className="border-line border-t py-1.5">
          <Button onClick={() => setUnfolded(true)}>{t('earlierMessages', { count: folded })}</Button>
        </li>
      )}
      {own.slice(folded > 1 ? folded : 0).map((item) => (
        <ThreadMessage key={item.id} {...props} item={item} />
      ))}
    </ol>
  );
}

function ThreadMessage({ item, ...props }: ThreadMessagesProps & { item: MessageSummary }) {
  const [isOpen, setOpen] = useState(props.opened.has(item.id));
  return (
    <li data-thread-message="" className="border-line border-t last:border-b">
      <ThreadLine item={item} folder={props.folderOf(item)} isOpen={isOpen} onPress={() => setOpen(!isOpen)} />
      {isOpen && <OpenMessage {...props} item={item} />}
    </li>
  );
}

/** One of them, open: fetched now, with what can be done to it alone. */
function OpenMessage({ item, accountId, kind, ownEmails, commands }: ThreadMessagesProps & { item: MessageSummary }) {
  const t = useTranslations('reader');
  const common = useTranslations('common');
  const { data, error, refetch } = useQuery(messageQuery(accountId, item.id));
  const addContact = useAddContact();
  useMarkOnOpen(commands, data, item);
  const problem = error === null ? undefined : asApiError(error);
  return (
    <div className="pt-2 pb-6">
      <MessageActions item={item} commands={commands} />
      <MessageHeader
        message={data ?? item}
        isWhole={data !== undefined}
        ownEmails={ownEmails}
        onAddContact={addContact}
      />
      {problem !== undefined && problem.code !== 'offline' && (
        <p role="alert" className="mt-4 text-ink-2">
          {sentences[problem.code].title} {sentences[problem.code].advice}
        </p>
      )}
      {problem !== undefined && (
        <Button className="mt-3" onClick={() => void refetch()}>
          {common('retry')}
        </Button>
      )}
      {data === undefined && problem === undefined && (
        <div role="status" className="late mt-7 space-y-3">
          <span className="sr-only">{t('loading')}</span>
          <Skeleton className="h-3.5 w-11/12" />
          <Skeleton className="h-3.5 w-4/5" />
        </div>
      )}
      {data !== undefined && <OpenedMessage accountId={accountId} message={data} kind={kind} />}
    </div>
  );
}

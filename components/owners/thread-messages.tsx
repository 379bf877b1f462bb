'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { MessageHeader } from '@/components/parts/message-header';
import { SpareLines, ThreadLine } from '@/components/parts/thread-line';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { asApiError } from '@/lib/client/api-error';
import { messageQuery } from '@/lib/client/app/message-query';
import type { EarlierLines } from '@/lib/client/reader/earlier-lines';
import { sentences } from '@/lib/contract/sentences';
import type { MessageSummary } from '@/lib/mail/model';
import { useAddContact } from './add-contact';
import type { ThreadView } from './conversation';
import { useMarkOnOpen } from './mark-on-open';
import { MessageActions } from './message-actions';

const OpenedMessage = dynamic(() => import('./opened-message').then((module) => module.OpenedMessage), { ssr: false });

export interface ThreadMessagesProps extends ThreadView {
  accountId: string;
  kind: 'html' | 'plain';
  ownEmails: readonly string[];
}

/** The messages before the open one, each a line that opens, the unread ones open. */
export function EarlierMessages({
  lines: { folded, shown, spare },
  isLooking,
  onUnfold,
  ...props
}: ThreadMessagesProps & { lines: EarlierLines; isLooking: boolean; onUnfold: () => void }) {
  const t = useTranslations('reader');
  const relatives = useTranslations('relatives');
  if (folded === 0 && shown.length === 0 && spare === 0) return null;
  return (
    <div className="mb-4">
      {(folded > 0 || shown.length > 0) && (
        <ol aria-label={t('conversation')}>
          {folded > 0 && (
            <li className="flex h-[2.5625rem] items-center border-line border-t touch:h-[3.0625rem]">
              <Button size="small" onClick={onUnfold}>
                {t('earlierMessages', { count: folded })}
              </Button>
            </li>
          )}
          {shown.map((item) => (
            <ThreadMessage key={item.id} {...props} item={item} />
          ))}
        </ol>
      )}
      {spare > 0 && (
        <SpareLines lines={spare}>
          <span className={isLooking ? 'sr-only' : ''}>{relatives(isLooking ? 'looking' : 'notHere')}</span>
        </SpareLines>
      )}
    </div>
  );
}

/** The messages after the open one. */
export function LaterMessages(props: ThreadMessagesProps) {
  const t = useTranslations('reader');
  const later = props.items.slice(props.items.findIndex(({ id }) => id === props.openId) + 1);
  if (later.length === 0) return null;
  return (
    <ol aria-label={t('conversation')} className="mt-6">
      {later.map((item) => (
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
function OpenMessage({ item, ...props }: ThreadMessagesProps & { item: MessageSummary }) {
  const { accountId, kind, ownEmails, commands, folderOf, hrefOf, onOpen } = props;
  const t = useTranslations('reader');
  const relatives = useTranslations('relatives');
  const common = useTranslations('common');
  const { data, error, refetch } = useQuery(messageQuery(accountId, item.id));
  const addContact = useAddContact();
  useMarkOnOpen(commands, data, item);
  const problem = error === null ? undefined : asApiError(error);
  const folder = folderOf(item);
  return (
    <div className="pt-2 pb-6">
      <div className="flex items-center">
        {folder !== null && (
          <a
            href={hrefOf(item)}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              onOpen(item);
            }}
            className="truncate text-accent text-meta hover:underline"
          >
            {relatives('openIn', { folder })}
          </a>
        )}
        <span className="flex-1" />
        <MessageActions item={item} commands={commands} />
      </div>
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

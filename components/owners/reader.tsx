'use client';

import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Conversation } from '@/components/parts/conversation';
import { MessageHeader } from '@/components/parts/message-header';
import { MessageLabels } from '@/components/parts/message-labels';
import { AccountDot } from '@/components/ui/account-dot';
import { Skeleton } from '@/components/ui/skeleton';
import { hasAsks } from '@/lib/client/reader/asks';
import { whenIdle } from '@/lib/client/reader/when-idle';
import { displayText } from '@/lib/text/bidi';
import { useAddContact } from './add-contact';
import { MessageActions } from './message-actions';
import { ReaderNotice } from './reader-notice';
import type { ReaderProps } from './reader-props';
import { ReaderTools } from './reader-tools';

// What shows a body (sanitiser, frame, links) comes when the list has been painted, or with the first message.
const ThreadMessages = dynamic(() => import('./thread-messages').then((module) => module.ThreadMessages), {
  ssr: false,
});
const OpenedMessage = dynamic(() => import('./opened-message').then((module) => module.OpenedMessage), { ssr: false });

// Most messages ask for nothing; what does not come with the first of them moves no text.
const loadAsks = () => import('./message-asks').then((module) => module.MessageAsks);
const MessageAsks = dynamic(loadAsks, { ssr: false });

/** One message, or what stands where none is. The caller owns the fetching and the commands; this shows them. */
export function Reader(props: ReaderProps) {
  const { accountId, messageId, summary, message, problem, ownEmails, bodyKind, empty } = props;
  const t = useTranslations('reader');
  const addContact = useAddContact();
  const scroller = useRef<HTMLDivElement>(null);
  const [isWarm, setWarm] = useState(false);
  useEffect(
    () =>
      whenIdle(() => {
        setWarm(true);
        // What fails is told where it is needed.
        void Promise.allSettled([loadAsks()]);
      }),
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another message begins at its beginning
  useEffect(() => {
    // Newer browsers give a promise, which an effect must not.
    void scroller.current?.scrollTo(0, 0);
  }, [messageId]);

  const known = messageId === null || problem !== undefined ? undefined : (message ?? summary);
  const shown = known === undefined ? undefined : message;
  const thread = props.conversation?.isExpanded ? props.conversation : undefined;
  const own = thread?.items.find(({ id }) => id === messageId);
  return (
    <section aria-label={t('region')} className="@container flex h-full min-h-0 min-w-0 flex-col bg-surface">
      {messageId !== null && <ReaderTools {...props} />}
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden overscroll-contain">
        {messageId === null && (empty ?? <ReaderNotice kind="none" {...props} />)}
        {messageId !== null && problem !== undefined && <ReaderNotice kind="problem" {...props} />}
        <article
          aria-busy={messageId !== null && message === undefined && problem === undefined}
          className={`mx-auto max-w-[54rem] px-4 pt-5 pb-[calc(var(--safe-bottom)+2.5rem)] @2xl:px-10 @2xl:pt-6 ${messageId === null || problem !== undefined ? 'hidden' : ''}`}
        >
          {known === undefined ? (
            <ReaderSkeleton label={t('loading')} />
          ) : (
            <>
              <h2 dir="auto" className="mb-4 text-pretty font-semibold text-subject [overflow-wrap:anywhere]">
                {displayText(known.subject) || <span className="text-ink-muted">{t('noSubject')}</span>}
              </h2>
              {props.account != null && (
                <p className="-mt-3 mb-4 flex items-center gap-1.5 text-ink-muted text-meta">
                  <AccountDot color={props.account.color} />
                  {t('inAccount', { name: props.account.name })}
                </p>
              )}
              {props.labels !== undefined && <MessageLabels {...props.labels} />}
              {thread === undefined && props.conversation !== undefined && <Conversation {...props.conversation} />}
              {thread === undefined ? (
                <ThreadPlace count={summary?.thread?.count ?? 1} />
              ) : (
                <ThreadMessages
                  {...thread}
                  accountId={accountId}
                  kind={bodyKind}
                  ownEmails={ownEmails}
                  part="earlier"
                />
              )}
              {thread !== undefined && own !== undefined && (
                <div data-thread-open="">
                  <MessageActions item={own} commands={thread.commands} />
                </div>
              )}
              <MessageHeader
                key={known.id}
                message={known}
                isWhole={shown !== undefined}
                ownEmails={ownEmails}
                onAddContact={addContact}
              />
              {shown !== undefined && hasAsks(shown) && <MessageAsks accountId={accountId} message={shown} />}
              {shown === undefined && <TextSkeleton label={t('loading')} />}
            </>
          )}
          {(isWarm || shown !== undefined) && <OpenedMessage accountId={accountId} message={shown} kind={bodyKind} />}
          {thread !== undefined && known !== undefined && (
            <ThreadMessages {...thread} accountId={accountId} kind={bodyKind} ownEmails={ownEmails} part="later" />
          )}
        </article>
      </div>
    </section>
  );
}

/** The room of the lines above and of what can be done to the message, while the conversation is on its way: the message must not jump when they come. */
function ThreadPlace({ count }: { count: number }) {
  const lines = Math.min(count - 1, 5);
  return lines < 1 ? null : <div aria-hidden="true" className="mb-4" style={{ height: lines * 41 + 37 }} />;
}

function ReaderSkeleton({ label }: { label: string }) {
  return (
    <>
      <Skeleton className="mb-5 h-7 w-3/5" />
      <div className="flex items-center gap-3">
        <Skeleton className="size-10 rounded-full" />
        <div className="flex-1 space-y-2">
          <Skeleton className="h-3.5 w-56 max-w-full" />
          <Skeleton className="h-3 w-32" />
        </div>
      </div>
      <TextSkeleton label={label} />
    </>
  );
}

const lines = ['w-11/12', 'w-full', 'w-4/5', 'w-0', 'w-10/12', 'w-2/3'];

/** Waits a moment before it is seen, so that what comes at once comes without a flicker. */
function TextSkeleton({ label }: { label: string }) {
  return (
    <div role="status" className="late mt-7 space-y-3">
      <span className="sr-only">{label}</span>
      {lines.map((width) => (
        <Skeleton key={`${width}`} className={`h-3.5 ${width}`} />
      ))}
    </div>
  );
}

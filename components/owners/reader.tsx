'use client';

import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Conversation } from '@/components/parts/conversation';
import { MessageHeader } from '@/components/parts/message-header';
import { MessageLabels } from '@/components/parts/message-labels';
import { RelativesFoot } from '@/components/parts/relatives-foot';
import { SpareLines } from '@/components/parts/thread-line';
import { AccountDot } from '@/components/ui/account-dot';
import { MoreWords } from '@/components/ui/more-words';
import { Skeleton } from '@/components/ui/skeleton';
import { useAccount, useMailboxes, useSettings } from '@/lib/client/app/hooks';
import { hasAsks } from '@/lib/client/reader/asks';
import { whenIdle } from '@/lib/client/reader/when-idle';
import { displayText } from '@/lib/text/bidi';
import relativeWords from '@/messages/relatives.en.json';
import { useAddContact } from './add-contact';
import { useAlsoElsewhere } from './also-elsewhere';
import { useMailboxName } from './mailbox-name';
import { MessageActions } from './message-actions';
import { ReaderNotice } from './reader-notice';
import type { ReaderProps } from './reader-props';
import { ReaderTools } from './reader-tools';
import { linesKept, type Relatives, useRelatives } from './relatives';
import { EarlierMessages, LaterMessages } from './thread-messages';

// What shows a body (sanitiser, frame, links) comes when the list has been painted, or with the first message.
const OpenedMessage = dynamic(() => import('./opened-message').then((module) => module.OpenedMessage), { ssr: false });

// Most messages ask for nothing; what does not come with the first of them moves no text.
const loadAsks = () => import('./message-asks').then((module) => module.MessageAsks);
const MessageAsks = dynamic(loadAsks, { ssr: false });

/** One message, or what stands where none is. The caller owns the fetching and the commands; this shows them. */
export function Reader(props: ReaderProps) {
  return (
    <MoreWords words={relativeWords}>
      <ReaderSheet {...props} />
    </MoreWords>
  );
}

function ReaderSheet(props: ReaderProps) {
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
  const relatives = useRelatives(accountId, props.conversation, { message, summary });
  const conversation = relatives?.view;
  const thread = conversation?.isExpanded ? conversation : undefined;
  const own = thread?.items.find(({ id }) => id === messageId);
  const alsoElsewhere = useAlsoElsewhere(relatives);
  const others = thread === undefined && conversation !== undefined && conversation.items.length > 1 && (
    <Conversation {...conversation} />
  );
  const inThread = { accountId, kind: bodyKind, ownEmails };
  return (
    <section aria-label={t('region')} className="@container flex h-full min-h-0 min-w-0 flex-col bg-surface">
      {messageId !== null && <ReaderTools {...props} moreItems={[...alsoElsewhere, ...(props.moreItems ?? [])]} />}
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
              {relatives?.isThread === true && others}
              {relatives === undefined || thread === undefined ? (
                <ThreadPlace summary={summary} message={message} />
              ) : (
                <EarlierMessages
                  {...thread}
                  {...inThread}
                  lines={relatives.earlier}
                  isLooking={relatives.isLooking}
                  onUnfold={relatives.unfold}
                />
              )}
              {thread !== undefined && own !== undefined && (
                <div data-thread-open="">
                  {relatives?.isThread === true && <MessageActions item={own} commands={thread.commands} />}
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
          {thread !== undefined && known !== undefined && <LaterMessages {...thread} {...inThread} />}
          {relatives?.isThread === false && others}
          {relatives !== undefined && shown !== undefined && <Foot relatives={relatives} />}
        </article>
      </div>
    </section>
  );
}

/** The room of the lines above and of what can be done to the message, while the conversation is on its way: the message must not jump when they come. */
function ThreadPlace({ summary, message }: Pick<ReaderProps, 'summary' | 'message'>) {
  const { collapsesThreads, spansMailboxes } = useSettings();
  const count = summary?.thread?.count ?? 1;
  const lines = Math.min(count - 1, 5) + (spansMailboxes ? linesKept(summary, message) : 0);
  if (lines < 1 || !collapsesThreads) return null;
  return (
    <div aria-hidden="true" className="mb-4">
      <SpareLines lines={lines} />
      {count > 1 && <div className="h-[37px]" />}
    </div>
  );
}

/** Where nobody has looked, and what found no room above. */
function Foot({ relatives }: { relatives: Relatives }) {
  const { mailboxes } = useMailboxes(useAccount().id);
  const nameOf = useMailboxName();
  const names = relatives.notLookedAt
    .flatMap((id) => mailboxes?.find((mailbox) => mailbox.id === id) ?? [])
    .map(nameOf);
  return (
    <RelativesFoot
      below={relatives.view.isExpanded ? relatives.earlier.below : 0}
      notLookedAt={names}
      hasFailed={relatives.hasFailed}
      isLooking={relatives.isLooking}
      onUnfold={relatives.unfold}
      onLook={relatives.look}
    />
  );
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

'use client';

import { MoreWords } from '@/components/ui/more-words';
import { calendarPartOf } from '@/lib/client/reader/asks';
import type { Message } from '@/lib/mail/model';
import words from '@/messages/asks.en.json';
import { Invitation } from './invitation';
import { Receipt } from './receipt';
import { ReplyToList } from './reply-to-list';
import { Unsubscribe } from './unsubscribe';

interface MessageAsksProps {
  accountId: string;
  message: Message;
}

/** What a message asks of its reader: to come, to stay, to tell that it was read. Its words come with it. */
export const MessageAsks = (props: MessageAsksProps) => (
  <MoreWords words={words}>
    <Asks {...props} />
  </MoreWords>
);

function Asks({ accountId, message }: MessageAsksProps) {
  const { unsubscribe, receiptTo } = message;
  const postTo = message.list?.postTo ?? null;
  const part = calendarPartOf(message);
  return (
    <>
      {(unsubscribe !== null || postTo !== null) && (
        <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 ps-[3.25rem] text-ink-muted text-meta touch:mt-0">
          {postTo !== null && <ReplyToList accountId={accountId} message={message} to={postTo} />}
          {unsubscribe !== null && (
            <Unsubscribe accountId={accountId} messageId={message.id} unsubscribe={unsubscribe} />
          )}
        </div>
      )}
      {receiptTo !== null && <Receipt key={message.id} accountId={accountId} message={message} to={receiptTo} />}
      {part !== undefined && (
        <Invitation key={`${message.id} ${part.partId}`} accountId={accountId} message={message} part={part} />
      )}
    </>
  );
}

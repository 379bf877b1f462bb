'use client';

import { type ReactNode, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { MoreWords } from '@/components/ui/more-words';
import { warmSanitizer } from '@/lib/client/sanitize/sanitize';
import { warmSites } from '@/lib/client/trust/site';
import type { Message } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import notes from '@/messages/notes.en.json';
import trust from '@/messages/trust.en.json';
import { MessageBody, type MessageBodyProps } from './message-body';
import { MessageHeader } from './message-header';
import { MessageNotes } from './message-notes';
import { ReaderAttachments } from './reader-attachments';

const words = { ...trust, ...notes };

interface MessageContentProps extends MessageBodyProps {
  /** The same of a message in this message. */
  contentOf: (inner: Message) => ReactNode;
}

/** Bodies and attachments. Without a message it waits, unseen, with a frame and a sanitiser that are ready. Its words come with it. */
export function MessageContent({ accountId, message, kind, pictures, contentOf }: MessageContentProps) {
  useEffect(() => {
    // What fails is told where it is needed.
    void Promise.allSettled([warmSanitizer(), warmSites()]);
  }, []);
  return (
    <MoreWords words={words}>
      <div className={message === undefined ? 'hidden' : 'mt-5'}>
        {message !== undefined && <MessageNotes accountId={accountId} message={message} />}
        <MessageBody accountId={accountId} message={message} kind={kind} pictures={pictures} />
        {message !== undefined && (
          <ReaderAttachments
            accountId={accountId}
            message={message}
            kind={kind}
            showMessage={(inner) => <AttachedMessage message={inner}>{contentOf(inner)}</AttachedMessage>}
          />
        )}
      </div>
    </MoreWords>
  );
}

/** A message in a message: who wrote it, its text, and its own files. */
function AttachedMessage({ message, children }: { message: Message; children: ReactNode }) {
  const t = useTranslations('reader');
  return (
    <>
      <h2 dir="auto" className="mb-4 text-pretty font-semibold text-subject [overflow-wrap:anywhere]">
        {displayText(message.subject) || <span className="text-ink-muted">{t('noSubject')}</span>}
      </h2>
      <MessageHeader message={message} isWhole ownEmails={[]} />
      {children}
    </>
  );
}

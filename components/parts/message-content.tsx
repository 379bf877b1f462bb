'use client';

import { useEffect, useMemo } from 'react';
import { IntlProvider, useMessages } from 'use-intl';
import { warmSanitizer } from '@/lib/client/sanitize/sanitize';
import { warmSites } from '@/lib/client/trust/site';
import words from '@/messages/trust.en.json';
import { MessageBody, type MessageBodyProps } from './message-body';
import { ReaderAttachments } from './reader-attachments';

/** Bodies and attachments. Without a message it waits, unseen, with a frame and a sanitiser that are ready. Its words come with it. */
export function MessageContent({ accountId, message, kind }: MessageBodyProps) {
  const known = useMessages();
  const messages = useMemo(() => ({ ...known, ...words }), [known]);
  useEffect(() => {
    // What fails is told where it is needed.
    void Promise.allSettled([warmSanitizer(), warmSites()]);
  }, []);
  return (
    <IntlProvider locale="en" messages={messages}>
      <div className={message === undefined ? 'hidden' : 'mt-5'}>
        <MessageBody accountId={accountId} message={message} kind={kind} />
        {message !== undefined && <ReaderAttachments accountId={accountId} message={message} kind={kind} />}
      </div>
    </IntlProvider>
  );
}

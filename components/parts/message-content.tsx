'use client';

import { useEffect } from 'react';
import { warmSanitizer } from '@/lib/client/sanitize/sanitize';
import { MessageBody, type MessageBodyProps } from './message-body';
import { ReaderAttachments } from './reader-attachments';

/** Bodies and attachments. Without a message it waits, unseen, with a frame and a sanitiser that are ready. */
export function MessageContent({ accountId, message, kind }: MessageBodyProps) {
  useEffect(() => void warmSanitizer(), []);
  return (
    <div className={message === undefined ? 'hidden' : 'mt-5'}>
      <MessageBody accountId={accountId} message={message} kind={kind} />
      {message !== undefined && <ReaderAttachments accountId={accountId} message={message} kind={kind} />}
    </div>
  );
}

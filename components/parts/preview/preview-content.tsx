import type { ReactNode } from 'react';
import { previewOf } from '@/lib/client/reader/attachment-preview';
import { partUrl } from '@/lib/client/reader/message-urls';
import type { Attachment, Message } from '@/lib/mail/model';
import { PreviewMedia } from './preview-media';
import { PreviewMessage } from './preview-message';
import { PreviewPdf } from './preview-pdf';
import { NoPreview } from './preview-problem';
import { PreviewText } from './preview-text';

export interface PreviewContentProps {
  accountId: string;
  messageId: string;
  attachment: Attachment;
  name: string;
  showMessage: (message: Message) => ReactNode;
}

/** The attachment itself, in the way that its kind can be shown. */
export function PreviewContent({ accountId, messageId, attachment, name, showMessage }: PreviewContentProps) {
  const { partId, sizeBytes } = attachment;
  const url = partUrl(accountId, messageId, partId, true);
  const kind = previewOf(attachment);
  switch (kind) {
    case 'pdf':
      return <PreviewPdf url={url} name={name} />;
    case 'picture':
    case 'sound':
    case 'film':
      return <PreviewMedia kind={kind} url={url} name={name} sizeBytes={sizeBytes} />;
    case 'message':
      return <PreviewMessage accountId={accountId} messageId={messageId} partId={partId} showMessage={showMessage} />;
    case 'text':
      return <PreviewText accountId={accountId} messageId={messageId} attachment={attachment} />;
    case null:
      return <NoPreview why="none" />;
  }
}

import type { ReactNode } from 'react';
import { calendarPartOf } from '@/lib/client/reader/asks';
import type { Message } from '@/lib/mail/model';
import { Attachments } from './attachments';

/** The attachments of a message but for the pictures that its HTML shows in their place, and what stands above it as an invitation. */
export function ReaderAttachments({
  accountId,
  message,
  kind,
  showMessage,
}: {
  accountId: string;
  message: Message;
  kind: 'html' | 'plain';
  showMessage: (message: Message) => ReactNode;
}) {
  const html = kind === 'html' ? message.htmlBody.filter(({ type }) => type === 'text/html') : [];
  const isShown = (cid: string | null) => {
    if (cid === null) return false;
    const bare = cid.replace(/^<|>$/g, '');
    return html.some(({ text }) => text.includes(`cid:${bare}`) || text.includes(`cid:${encodeURIComponent(bare)}`));
  };
  const invitation = calendarPartOf(message);
  return (
    <Attachments
      key={`${message.id} ${message.partId ?? ''}`}
      accountId={accountId}
      messageId={message.id}
      within={message.partId}
      showMessage={showMessage}
      attachments={message.attachments.filter((one) => !isShown(one.cid) && !(one === invitation && one.name === null))}
    />
  );
}

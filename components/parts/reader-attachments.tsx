import { calendarPartOf } from '@/lib/client/reader/asks';
import { partUrl } from '@/lib/client/reader/message-urls';
import type { Message } from '@/lib/mail/model';
import { Attachments } from './attachments';

/** The attachments of a message but for the pictures that its HTML shows in their place, and what stands above it as an invitation. */
export function ReaderAttachments({
  accountId,
  message,
  kind,
}: {
  accountId: string;
  message: Message;
  kind: 'html' | 'plain';
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
      attachments={message.attachments.filter((one) => !isShown(one.cid) && !(one === invitation && one.name === null))}
      urlOf={(partId, isInline) => partUrl(accountId, message.id, partId, isInline)}
    />
  );
}

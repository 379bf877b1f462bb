import { partUrl } from '@/lib/client/reader/message-urls';
import type { Message } from '@/lib/mail/model';
import { Attachments } from './attachments';

/** The attachments of a message but for the pictures that its HTML already shows in their place. */
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
  return (
    <Attachments
      attachments={message.attachments.filter(({ cid }) => !isShown(cid))}
      urlOf={(partId, isInline) => partUrl(accountId, message.id, partId, isInline)}
    />
  );
}

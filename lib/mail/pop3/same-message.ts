import type { MaildropHeader } from './maildrop.ts';

/**
 * Whether two headers are of one message: by the Message-IDs that they name and the date; without any, by subject, people
 * and date. Fields that a server writes, adds or reorders do not count, nor whether TOP or RETR gave them.
 */
export function isSameMessage(one: MaildropHeader, other: MaildropHeader): boolean {
  if (one.sentAt !== other.sentAt) return false;
  const [ids = [], otherIds = []] = [one.messageIds, other.messageIds];
  // Some headers were read before their Message-IDs were kept.
  if (one.messageIds && other.messageIds && ids.length + otherIds.length > 0)
    return ids.join('\n') === otherIds.join('\n');
  const words = ({ subject, from, to }: MaildropHeader) => JSON.stringify([subject, from, to]);
  return words(one) === words(other);
}

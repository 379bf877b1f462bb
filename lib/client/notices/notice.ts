import type { MessageSummary } from '../../mail/model.ts';
import { displayText } from '../../text/bidi.ts';
import { emptyLocation, formatLocation } from '../location.ts';
import type { NoticePress } from './worker.ts';

/** What the worker is asked to show: the arguments of `showNotification`. */
export interface Notice {
  title: string;
  options: NotificationOptions & { actions: { action: string; title: string }[]; data: Omit<NoticePress, 'action'> };
}

export interface NoticeWords {
  archive: string;
  read: string;
  noSubject: string;
  many: (count: number) => string;
}

/** Beyond so many at once, one notice says how many. */
const mostAtOnce = 3;

/** A notice for each message that came into a mailbox, or one for all where there are many. */
export function noticesOf(
  came: readonly MessageSummary[],
  { accountId, mailboxId, isSilent }: { accountId: string; mailboxId: string; isSilent: boolean },
  words: NoticeWords,
): Notice[] {
  const notice = (title: string, body: string, messageId: string): Notice => {
    const href = formatLocation({ ...emptyLocation, accountId, mailboxId, messageId });
    const actions = [
      { action: 'archive', title: words.archive },
      { action: 'read', title: words.read },
    ];
    const data = { accountId, mailboxId, messageId, href };
    const tag = `${accountId} ${messageId}`;
    return { title, options: { body, icon: '/icon-192.png', tag, silent: isSilent, data, actions } };
  };
  const [first] = came;
  if (first !== undefined && came.length > mostAtOnce)
    return [notice(words.many(came.length), came.map(senderOf).join(', '), first.id)];
  return came.map((one) => notice(senderOf(one), displayText(one.subject) || words.noSubject, one.id));
}

function senderOf({ from: [sender] }: MessageSummary): string {
  return sender === undefined ? '' : displayText(sender.name || sender.email);
}

import { useQuery } from '@tanstack/react-query';
import type { ConversationProps } from '@/components/parts/conversation';
import { call } from '@/lib/client/api';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useCapabilities, useMailboxes, useMailLocation } from '@/lib/client/app/hooks';
import { emptyLocation, formatLocation } from '@/lib/client/location';
import { queryKeys } from '@/lib/client/query-keys';
import type { MessageSummary } from '@/lib/mail/model';
import { useMailboxName } from './mailbox-name';

/** What answers the open message and what it answers; undefined while it is not known to have any. */
export function useConversation(message: MessageSummary | undefined): ConversationProps | undefined {
  const app = useMail();
  const account = useAccount();
  const { threads } = useCapabilities();
  const { mailboxes } = useMailboxes(account.id);
  const { mailboxId } = useMailLocation();
  const nameOf = useMailboxName();
  const messageId = message?.id ?? '';
  const { data: items } = useQuery({
    queryKey: queryKeys.thread(account.id, message?.threadId ?? messageId),
    queryFn: ({ signal }) => call('getThread', { params: { accountId: account.id, messageId }, signal }),
    select: (answer) => answer.items,
    enabled: threads && message !== undefined,
  });
  if (!items || items.length < 2 || !items.some(({ id }) => id === messageId)) return undefined;
  return {
    items,
    openId: messageId,
    hrefOf: (item) =>
      formatLocation({ ...emptyLocation, accountId: account.id, mailboxId: item.mailboxId, messageId: item.id }),
    folderOf(item) {
      const mailbox =
        item.mailboxId === message?.mailboxId ? undefined : mailboxes?.find(({ id }) => id === item.mailboxId);
      return mailbox === undefined ? null : nameOf(mailbox);
    },
    onOpen(item) {
      const isElsewhere = item.mailboxId !== mailboxId;
      app.navigation.go({
        messageId: item.id,
        ...(isElsewhere ? { mailboxId: item.mailboxId, query: '', filter: null } : {}),
      });
    },
  };
}

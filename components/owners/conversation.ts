import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConversationProps } from '@/components/parts/conversation';
import { call } from '@/lib/client/api';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useCapabilities, useMailboxes, useMailLocation, useSettings } from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import { emptyLocation, formatLocation } from '@/lib/client/location';
import { queryKeys } from '@/lib/client/query-keys';
import { allAccounts, unitedId } from '@/lib/client/united/united-id';
import type { MessageSummary } from '@/lib/mail/model';
import type { MessageCommands } from './commands/use-commands';
import { useMailboxName } from './mailbox-name';

/** The open conversation: what is listed, and which of it are open from the start. */
export interface ThreadView extends ConversationProps {
  commands: MessageCommands;
  opened: ReadonlySet<string>;
  /** All of it is read in place; else its list leads to each. */
  isExpanded: boolean;
}

/** Of a long list of unread messages, the newest so many open by themselves. */
const mostOpened = 10;
const nobody: ReadonlySet<string> = new Set();

/** The open message among those of its folder that answer it or that it answers; undefined while that is not known. */
export function useConversation(
  commands: MessageCommands,
  message: MessageSummary | undefined,
): ThreadView | undefined {
  const app = useMail();
  const account = useAccount();
  const { threads } = useCapabilities();
  const { collapsesThreads } = useSettings();
  const { mailboxes } = useMailboxes(account.id);
  const location = useMailLocation();
  const isUnited = location.accountId === allAccounts;
  const inboxId = mailboxes?.find(({ role }) => role === 'inbox')?.id;
  const mailboxId = isUnited ? inboxId : location.mailboxId;
  const nameOf = useMailboxName();
  const messageId = message?.id ?? '';
  const { data: items } = useQuery({
    queryKey: queryKeys.thread(account.id, message?.threadId ?? messageId),
    queryFn: ({ signal }) => call('getThread', { params: { accountId: account.id, messageId }, signal }),
    select: (answer) => answer.items,
    // Another message of the same one: what is known stands until the answer comes.
    placeholderData: (before) => before,
    enabled: threads && message !== undefined,
  });
  const changes = useValue(app.pendingOf(account.id));
  const staying = items?.filter(({ id }) => !changes.some(({ kind, ids }) => kind === 'remove' && ids.has(id)));
  const known = staying?.some(({ id }) => id === messageId) ? staying : undefined;
  const opened = useOpened(known);
  if (known === undefined) return undefined;
  return {
    commands,
    opened,
    isExpanded: collapsesThreads,
    items: known,
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
      if (isElsewhere)
        app.navigation.go({
          accountId: account.id,
          mailboxId: item.mailboxId,
          messageId: item.id,
          query: '',
          filter: null,
        });
      else app.navigation.go({ messageId: isUnited ? unitedId(account.id, item.id) : item.id });
    },
  };
}

/** What was unread when the conversation came on the screen; what comes later is a line. */
function useOpened(items: readonly MessageSummary[] | undefined): ReadonlySet<string> {
  const [first, setFirst] = useState<{ ids: ReadonlySet<string>; opened: ReadonlySet<string> }>();
  if (items === undefined) return first?.opened ?? nobody;
  if (first !== undefined && items.some(({ id }) => first.ids.has(id))) return first.opened;
  const unread = items.filter(({ keywords }) => !keywords.includes('$seen'));
  const next = {
    ids: new Set(items.map(({ id }) => id)),
    opened: new Set(unread.slice(-mostOpened).map(({ id }) => id)),
  };
  setFirst(next);
  return next.opened;
}

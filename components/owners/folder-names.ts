'use client';

import { useCallback } from 'react';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useMailboxes } from '@/lib/client/app/hooks';
import { queryKeys } from '@/lib/client/query-keys';
import { ownOf } from '@/lib/client/united/united-id';
import type { Mailbox, MessageSummary } from '@/lib/mail/model';
import { useMailboxName } from './mailbox-name';

/** The folder of a hit, where hits come from more than one. */
export function useFolderNames(isOn: boolean): (row: MessageSummary) => string | null {
  const { queries } = useMail();
  const { id: accountId } = useAccount();
  const { mailboxes } = useMailboxes(accountId);
  const nameOf = useMailboxName();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names are in the cache, and drawn again when they come
  return useCallback(
    (row) => {
      if (!isOn) return null;
      const own = ownOf(row.mailboxId, accountId);
      const known = queries.getQueryData<Mailbox[]>(queryKeys.mailboxes(own.accountId));
      const mailbox = known?.find(({ id }) => id === own.id);
      return mailbox === undefined ? null : nameOf(mailbox);
    },
    [queries, accountId, mailboxes, nameOf, isOn],
  );
}

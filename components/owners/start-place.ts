'use client';

import { useEffect } from 'react';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useIsUnited, useMailbox, useMailLocation } from '@/lib/client/app/hooks';

/** `/mail` alone means the inbox of the first account: the address is completed as soon as it is known. */
export function useStartPlace(): void {
  const app = useMail();
  const account = useAccount();
  const mailbox = useMailbox();
  const { accountId, mailboxId } = useMailLocation();
  const isUnited = useIsUnited();
  useEffect(() => {
    if ((accountId === account.id || isUnited) && mailboxId !== null) {
      app.navigation.complete();
      return;
    }
    if (mailbox !== undefined)
      app.navigation.go(
        // A message of an account that has gone may be another one here.
        { accountId: account.id, mailboxId: mailbox.id, ...(accountId === null ? {} : { messageId: null }) },
        { isReplacing: true },
      );
  }, [app, account.id, isUnited, accountId, mailboxId, mailbox]);
}

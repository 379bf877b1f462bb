'use client';

import { useEffect } from 'react';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useMailbox, useMailLocation } from '@/lib/client/app/hooks';

/** `/mail` alone means the inbox of the first account: the address is completed as soon as it is known. */
export function useStartPlace(): void {
  const app = useMail();
  const account = useAccount();
  const mailbox = useMailbox();
  const { accountId, mailboxId } = useMailLocation();
  useEffect(() => {
    if (accountId === account.id && mailboxId !== null) {
      app.navigation.complete();
      return;
    }
    if (mailbox !== undefined)
      app.navigation.go({ accountId: account.id, mailboxId: mailbox.id }, { isReplacing: true });
  }, [app, account.id, accountId, mailboxId, mailbox]);
}

'use client';

import { useMemo } from 'react';
import { useAccount, useMailboxes } from '@/lib/client/app/hooks';
import type { MessageSummary } from '@/lib/mail/model';
import { useMailboxName } from './mailbox-name';

/** The folder of a hit, where hits come from more than one. */
export function useFolderNames(isOn: boolean): (row: MessageSummary) => string | null {
  const { mailboxes } = useMailboxes(useAccount().id);
  const nameOf = useMailboxName();
  return useMemo(() => {
    const names = new Map(mailboxes?.map((mailbox) => [mailbox.id, nameOf(mailbox)]));
    return (row) => (isOn ? (names.get(row.mailboxId) ?? null) : null);
  }, [mailboxes, nameOf, isOn]);
}

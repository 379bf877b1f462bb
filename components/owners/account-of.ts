'use client';

import { useCallback } from 'react';
import { useIsUnited, useSession } from '@/lib/client/app/hooks';
import { ownOf } from '@/lib/client/united/united-id';
import type { Account } from '@/lib/contract/operations';
import { displayText } from '@/lib/text/bidi';

/** What a person calls an account, else its login; in one line and one direction. */
export const accountName = ({ name, username }: Pick<Account, 'name' | 'username'>): string =>
  displayText(name === '' ? username : name);

export interface AccountMark extends Pick<Account, 'color'> {
  name: string;
}

/** Whose a message is, where mail of several accounts stands together; else null. */
export function useAccountOf(): (id: string) => AccountMark | null {
  const { accounts } = useSession();
  const isUnited = useIsUnited();
  return useCallback(
    (id) => {
      const account = isUnited ? accounts.find((one) => one.id === ownOf(id, '').accountId) : undefined;
      return account === undefined ? null : { name: accountName(account), color: account.color };
    },
    [accounts, isUnited],
  );
}

'use client';

import { type ReactNode, useCallback, useMemo } from 'react';
import { MessageRow } from '@/components/parts/message-row';
import { useMail } from '@/lib/client/app/context';
import { listAt, useMailbox, useMailLocation, useSession, useSettings } from '@/lib/client/app/hooks';
import { useNow } from '@/lib/client/app/now';
import { useValue } from '@/lib/client/app/value';
import { isChosen, toggle } from '@/lib/client/list/selection';
import { idsOf } from '@/lib/client/list/thread-row';
import { formatLocation } from '@/lib/client/location';
import type { MessageSummary } from '@/lib/mail/model';
import { useAccountOf } from './account-of';
import type { MessageCommands } from './commands/use-commands';
import { useFolderNames } from './folder-names';
import { useQuickActions } from './quick';

interface RowPlace {
  index: number;
  isCursor: boolean;
  section: string | null;
}

/** Gives the function that draws one row, with all that is the same for every row of the list. */
export function useRowRenderer({ commands, isSearch }: { commands: MessageCommands; isSearch: boolean }) {
  const app = useMail();
  const location = useMailLocation();
  const role = useMailbox()?.role;
  const now = useNow();
  const { density, labels } = useSettings();
  const selection = useValue(app.selection);
  const { accounts } = useSession();
  const ownEmails = useMemo(() => accounts.map(({ username }) => username), [accounts]);
  const folderOf = useFolderNames(isSearch && location.scope === 'account');
  const accountOf = useAccountOf();
  const quick = useQuickActions(commands);
  const onToggle = useCallback(
    (id: string) => {
      const shown = listAt(app, app.navigation.get())?.store.getSnapshot().shown;
      app.selection.set((now) => toggle(now, shown, id));
    },
    [app],
  );
  const hrefOf = useMemo(() => (messageId: string) => formatLocation({ ...location, messageId }), [location]);
  return (row: MessageSummary, { index, isCursor, section }: RowPlace): ReactNode => (
    <MessageRow
      row={row}
      index={index}
      href={hrefOf(row.id)}
      now={now}
      isCompact={density === 'compact'}
      isOpen={location.messageId !== null && idsOf(row).includes(location.messageId)}
      isChosen={selection.isAll || isChosen(selection, row)}
      isCursor={isCursor}
      showsRecipients={role === 'sent' || role === 'drafts'}
      ownEmails={ownEmails}
      account={accountOf(row.id)}
      folder={folderOf(row)}
      labels={labels}
      section={section}
      onToggle={onToggle}
      quick={quick}
    />
  );
}

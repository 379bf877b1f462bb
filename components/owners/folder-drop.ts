'use client';

import { type DragEvent, useState } from 'react';
import { useMail } from '@/lib/client/app/context';
import { useCapabilities } from '@/lib/client/app/hooks';
import type { MailApp } from '@/lib/client/app/mail-app';
import { allAccounts, ownOf } from '@/lib/client/united/united-id';
import type { Mailbox } from '@/lib/mail/model';
import type { MessageCommands } from './commands/use-commands';

/** Mail dropped on a folder is moved to it, to that of another account too; with Ctrl or Alt held, copied within its own. */
export function useDrop(mailbox: Mailbox, accountId: string, commands: MessageCommands) {
  const app = useMail();
  const can = useCapabilities();
  const [isOver, setOver] = useState(false);
  const isCopying = ({ ctrlKey, altKey }: DragEvent) => can.copy && (ctrlKey || altKey);
  const takes = (event: DragEvent) => {
    const owner = ownerOfDragged(app);
    const isNear = owner === accountId || (owner !== null && !isCopying(event));
    return isNear && can.move && mailbox.isSelectable && mailbox.rights.mayAddItems;
  };
  return {
    isOver,
    handlers: {
      onDragOver(event: DragEvent) {
        if (!takes(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = isCopying(event) ? 'copy' : 'move';
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop(event: DragEvent) {
        const dragged = app.dragged.get();
        setOver(false);
        if (dragged === null || !takes(event)) return;
        event.preventDefault();
        const ids = dragged === 'chosen' ? undefined : dragged;
        if (isCopying(event)) commands.copy(ids, { accountId, mailbox });
        else commands.move(ids, { accountId, mailbox });
      },
    },
  };
}

/** Whose all of what is dragged is; null where it is of several, or nothing is. */
function ownerOfDragged(app: MailApp): string | null {
  const dragged = app.dragged.get();
  const { ids, isAll } = app.selection.get();
  const shown = app.navigation.get().accountId ?? '';
  if (dragged === null) return null;
  if (dragged === 'chosen' && isAll) return shown === allAccounts ? null : shown;
  const owners = new Set([...(dragged === 'chosen' ? ids : dragged)].map((id) => ownOf(id, shown).accountId));
  const [owner = null] = owners;
  return owners.size === 1 ? owner : null;
}

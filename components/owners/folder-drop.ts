'use client';

import { type DragEvent, useState } from 'react';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useCapabilities } from '@/lib/client/app/hooks';
import type { Mailbox } from '@/lib/mail/model';
import type { MessageCommands } from './commands/use-commands';

/** Mail dropped on a folder is moved to it; with Ctrl or Alt held, copied. A folder of another account takes none. */
export function useDrop(mailbox: Mailbox, accountId: string, commands: MessageCommands) {
  const app = useMail();
  const can = useCapabilities();
  const [isOver, setOver] = useState(false);
  const isHome = useAccount().id === accountId;
  const takes = () =>
    isHome && app.dragged.get() !== null && can.move && mailbox.isSelectable && mailbox.rights.mayAddItems;
  return {
    isOver,
    handlers: {
      onDragOver(event: DragEvent) {
        if (!takes()) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = event.ctrlKey || event.altKey ? 'copy' : 'move';
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop(event: DragEvent) {
        const dragged = app.dragged.get();
        setOver(false);
        if (dragged === null || !takes()) return;
        event.preventDefault();
        const ids = dragged === 'chosen' ? undefined : dragged;
        if ((event.ctrlKey || event.altKey) && can.copy) commands.copy(ids, mailbox);
        else commands.move(ids, mailbox);
      },
    },
  };
}

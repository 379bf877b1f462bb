'use client';

import { useEffect, useState } from 'react';
import { markMessages } from '@/lib/client/actions/keywords';
import { useSettings } from '@/lib/client/app/hooks';
import type { Message, MessageSummary } from '@/lib/mail/model';
import type { MessageCommands } from './commands/use-commands';

/** Marks the open message read once it has been looked at for as long as the person has chosen; never by opening alone. */
export function useMarkOnOpen(
  commands: MessageCommands,
  message: Message | undefined,
  flags: MessageSummary | undefined,
): void {
  const { markReadDelayMs } = useSettings();
  const id = message?.id;
  // As it was when it was opened: marked unread before its text has come, it stays so.
  const [opened, setOpened] = useState<{ id: string; isUnread: boolean } | null>(null);
  if (flags?.id !== opened?.id)
    setOpened(flags === undefined ? null : { id: flags.id, isUnread: !flags.keywords.includes('$seen') });
  const { env } = commands.place;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each opening, so that what is marked unread stays so
  useEffect(() => {
    if (id === undefined || flags === undefined || markReadDelayMs === null) return;
    if (opened?.id !== id || !opened.isUnread) return;
    const timer = setTimeout(() => {
      const subject = { ids: [id], rows: new Map([[id, flags]]), mailboxId: flags.mailboxId };
      void markMessages(env, subject, 'read', { isQuiet: true });
    }, markReadDelayMs);
    return () => clearTimeout(timer);
  }, [id, markReadDelayMs, env]);
}

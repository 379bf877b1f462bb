'use client';

import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import type { MenuEntry } from '@/components/ui/menu';
import { ask } from '@/components/ui/question';
import { toast } from '@/components/ui/toast';
import type { ActionEnvironment } from '@/lib/client/actions/environment';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { useCapabilities, useMailLocation } from '@/lib/client/app/hooks';
import { queryKeys } from '@/lib/client/query-keys';
import type { Mailbox } from '@/lib/mail/model';
import type { MessageCommands } from './commands/use-commands';
import { goToMailbox } from './commands/use-runner';

/** What can be done with a folder of the shown account; nothing that the server or its rights do not allow. */
export function useFolderMenu(accountId: string, commands: MessageCommands): (mailbox: Mailbox) => MenuEntry[] {
  const app = useMail();
  const can = useCapabilities();
  const isHome = useMailLocation().accountId === accountId;
  const t = useTranslations('sidebar');
  const remove = useRemoveFolder(accountId, commands);
  return useCallback(
    (mailbox) => {
      if (!isHome) return [];
      const { rights, role } = mailbox;
      const items: MenuEntry[] = [];
      if (mailbox.isSelectable && rights.maySetKeywords) {
        items.push({ label: t('markAllRead'), onSelect: () => commands.markAllRead(mailbox.id) });
      }
      if (role === 'trash' || role === 'junk') {
        items.push({ label: t('empty'), isDestructive: true, onSelect: () => commands.empty(mailbox) });
      }
      if (can.mailboxes.create) {
        items.push('separator', {
          label: t('create'),
          onSelect: () => app.overlay.set({ type: 'createMailbox', parentId: null }),
        });
        if (can.mailboxes.nest && rights.mayCreateChild) {
          items.push({
            label: t('createInside'),
            onSelect: () => app.overlay.set({ type: 'createMailbox', parentId: mailbox.id }),
          });
        }
      }
      if (can.mailboxes.rename && rights.mayRename && role === null) {
        items.push({ label: t('rename'), onSelect: () => app.overlay.set({ type: 'renameMailbox', mailbox }) });
      }
      if (can.mailboxes.delete && rights.mayDelete && role === null) {
        items.push({ label: t('remove'), isDestructive: true, onSelect: () => void remove(mailbox) });
      }
      return items[0] === 'separator' ? items.slice(1) : items;
    },
    [app, can, isHome, t, commands, remove],
  );
}

async function removeFromServer(env: ActionEnvironment, { id }: Mailbox, removed: string): Promise<void> {
  try {
    await call('deleteMailbox', { params: { accountId: env.accountId, mailboxId: id } });
    toast({ text: removed });
  } catch (thrown) {
    env.report({ type: 'refused', count: 1, total: 1, error: asApiError(thrown), undo: null });
  }
}

function useRemoveFolder(accountId: string, commands: MessageCommands): (mailbox: Mailbox) => Promise<void> {
  const app = useMail();
  const t = useTranslations('folders');
  return useCallback(
    async (mailbox) => {
      const { name } = mailbox;
      const { env } = commands.place;
      const question = {
        title: t('removeTitle', { name }),
        text: t(mailbox.isLocal ? 'removeTextLocal' : 'removeText', { count: mailbox.totalMessages ?? 0 }),
        confirm: t('removeConfirm'),
        isDestructive: true,
      };
      if (!(await ask(question))) return;
      const key = queryKeys.mailboxes(accountId);
      if (mailbox.isLocal) {
        const { removeLocalMailbox } = await import('@/lib/client/actions/remove-mailbox');
        await removeLocalMailbox(env, mailbox, app.queries.getQueryData<Mailbox[]>(key) ?? []);
      } else await removeFromServer(env, mailbox, t('removed', { name }));
      await app.queries.invalidateQueries({ queryKey: key });
      const inbox = app.queries.getQueryData<Mailbox[]>(key)?.find(({ role }) => role === 'inbox');
      if (app.navigation.get().mailboxId === mailbox.id && inbox !== undefined) goToMailbox(app, accountId, inbox.id);
    },
    [app, t, accountId, commands],
  );
}

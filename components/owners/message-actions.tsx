'use client';

import { Archive, Mail, MailOpen, Reply, Star, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useCapabilities, useMailboxes } from '@/lib/client/app/hooks';
import type { MessageSummary } from '@/lib/mail/model';
import { composeAbout } from './commands/compose';
import type { MessageCommands } from './commands/use-commands';

/** What can be done to one message of a conversation, and not to the others. */
export function MessageActions({ item, commands: { alone } }: { item: MessageSummary; commands: MessageCommands }) {
  const t = useTranslations('list');
  const reader = useTranslations('reader');
  const can = useCapabilities();
  const app = useMail();
  const { id: accountId, sending } = useAccount();
  // It may be of another folder than the one that is shown.
  const role = useMailboxes(accountId).mailboxes?.find(({ id }) => id === item.mailboxId)?.role;
  const ids = [item.id];
  const isRead = item.keywords.includes('$seen');
  const isFlagged = item.keywords.includes('$flagged');
  return (
    <fieldset aria-label={reader('thisMessage')} className="-me-1.5 mb-1 flex justify-end">
      {sending !== null && (
        <IconButton
          size="small"
          label={t('reply')}
          icon={<Reply size={16} />}
          onClick={() => void composeAbout(app, accountId, 'reply', item.id)}
        />
      )}
      <IconButton
        size="small"
        label={t(isFlagged ? 'unflag' : 'flag')}
        icon={<Star size={16} className={isFlagged ? 'fill-brass text-brass' : ''} />}
        onClick={() => alone.flag(ids)}
      />
      <IconButton
        size="small"
        label={t(isRead ? 'markUnread' : 'markRead')}
        icon={isRead ? <Mail size={16} /> : <MailOpen size={16} />}
        onClick={() => alone.toggleRead(ids)}
      />
      {can.move && role !== 'archive' && (
        <IconButton size="small" label={t('archive')} icon={<Archive size={16} />} onClick={() => alone.archive(ids)} />
      )}
      <IconButton
        size="small"
        label={t(role === 'trash' ? 'deleteForGood' : 'delete')}
        icon={<Trash2 size={16} />}
        onClick={() => alone.delete(ids)}
      />
    </fieldset>
  );
}

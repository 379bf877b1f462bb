import { Files, FolderInput, MailOpen, Tag, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { MenuEntry } from '@/components/ui/menu';
import { useCapabilities, useMayLabel } from '@/lib/client/app/hooks';
import type { Relatives } from './relatives';

/** What else acts on the open conversation in this folder alone, for its messages in other folders as well. */
export function useAlsoElsewhere(relatives: Relatives | undefined): MenuEntry[] {
  const t = useTranslations('relatives');
  const list = useTranslations('list');
  const can = useCapabilities();
  const mayLabel = useMayLabel();
  if (relatives === undefined || relatives.foreign.length === 0) return [];
  const { commands, items } = relatives.view;
  const ids = items.map(({ id }) => id);
  const entry = (label: string, icon: MenuEntryIcon, onSelect: () => void) => ({ label, icon, onSelect });
  return [
    {
      label: t('alsoElsewhere', { count: relatives.foreign.length }),
      icon: <Files size={16} />,
      items: [
        entry(list('markRead'), <MailOpen size={16} />, () => commands.markRead(ids)),
        ...(mayLabel ? [entry(list('labels'), <Tag size={16} />, () => commands.label(ids))] : []),
        ...(can.move ? [entry(list('move'), <FolderInput size={16} />, () => commands.move(ids))] : []),
        { ...entry(list('delete'), <Trash2 size={16} />, () => commands.delete(ids)), isDestructive: true },
      ],
    },
  ];
}

type MenuEntryIcon = Extract<MenuEntry, { icon?: unknown }>['icon'];

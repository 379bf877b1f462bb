'use client';

import { HardDrive, SlidersHorizontal } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { ChoiceChip } from '@/components/ui/chip';
import { IconButton } from '@/components/ui/icon-button';
import { type MenuEntry, useMenuButton } from '@/components/ui/menu';
import { useMail } from '@/lib/client/app/context';
import {
  useCapabilities,
  useCurrentList,
  useMailbox,
  useMailLocation,
  useSettings,
  useSnapshot,
} from '@/lib/client/app/hooks';
import { isShownSaved } from '@/lib/client/searches/saved';
import type { ListFilter, SortProperty } from '@/lib/mail/model';
import type { MessageCommands } from './commands/use-commands';
import { flaggedQuery, type Runner } from './commands/use-runner';
import { useMailboxName } from './mailbox-name';
import { useShownLabel } from './shown-label';

/** A finger hits more than it sees. */
const chipReach = 'relative before:absolute before:-inset-y-1.5 before:inset-x-0';

/** What is listed, how much of it, and by which filter and order. */
export function ListHeader({ commands, run }: { commands: MessageCommands; run: Runner }) {
  const t = useTranslations('list');
  const app = useMail();
  const can = useCapabilities();
  const { filter, query } = useMailLocation();
  const options = useMenuButton(t('options'), useOptions(commands, run));
  const choose = (next: ListFilter | null) => app.navigation.go({ filter: next, messageId: null });
  // Two chips are always in sight; a third only where it is chosen, so that the line fits on a phone.
  const chips = can.filter.filter((one) => one !== 'attachment' || filter === 'attachment');
  return (
    <div className="flex min-h-[43px] items-center gap-2 border-line border-b ps-4 pe-2 pb-1.5 touch:min-h-[51px]">
      <Title />
      {query === '' && can.filter.length > 0 && (
        <fieldset className="ms-auto flex shrink-0 gap-1 max-[23rem]:hidden">
          <legend className="sr-only">{t('filters')}</legend>
          <ChoiceChip className={chipReach} isOn={filter === null} onClick={() => choose(null)}>
            {t('filter.all')}
          </ChoiceChip>
          {chips.map((one) => (
            <ChoiceChip
              key={one}
              className={chipReach}
              isOn={filter === one}
              onClick={() => choose(filter === one ? null : one)}
            >
              {t(`filter.${one}`)}
            </ChoiceChip>
          ))}
        </fieldset>
      )}
      <IconButton
        {...options}
        size="small"
        icon={<SlidersHorizontal size={16} />}
        className={query === '' && can.filter.length > 0 ? '' : 'ms-auto'}
      />
    </div>
  );
}

function Title() {
  const t = useTranslations('list');
  const search = useTranslations('search');
  const sidebar = useTranslations('sidebar');
  const nameOf = useMailboxName();
  const mailbox = useMailbox();
  const location = useMailLocation();
  const { query, filter, scope } = location;
  const saved = useSettings().searches.find((one) => query !== '' && isShownSaved(one, location));
  const rows = useSnapshot(useCurrentList()?.store)?.shown.count ?? null;
  // Of conversations, what the folder counts are their messages.
  const count = rows === null || query !== '' || filter !== null ? rows : Math.max(rows, mailbox?.totalMessages ?? 0);
  const isFlagged = query === flaggedQuery && scope === 'account';
  const label = useShownLabel();
  const named = saved ?? label;
  const title = isFlagged
    ? sidebar('flagged')
    : named !== undefined
      ? named.name
      : query !== ''
        ? search('title')
        : mailbox && nameOf(mailbox);
  const unread = mailbox?.unreadMessages ?? 0;
  const parts = (): string[] => {
    if (count === null) return [];
    if (query !== '') return [search('results', { count })];
    if (unread === 0 || filter !== null) return [t('total', { count, total: count })];
    return [t('unread', { unread }), t('ofTotal', { total: count })];
  };
  return (
    <div className="flex min-w-0 flex-1 items-baseline gap-x-2 max-md:flex-col md:flex-wrap">
      <h1 className="max-w-full truncate font-semibold text-read leading-5 md:shrink-0">{title}</h1>
      {/* As much as fits beside the name; where not even the first word does, it goes below. */}
      <p
        aria-live="polite"
        className="flex h-4 min-w-min flex-wrap gap-x-1 overflow-hidden text-ink-muted text-meta tabular-nums max-md:max-w-full md:flex-1"
      >
        {mailbox?.isLocal && query === '' && (
          <HardDrive size={13} aria-label={sidebar('isLocal')} className="mt-px shrink-0 opacity-70" />
        )}
        {parts().map((part) => (
          <span key={part} className="whitespace-nowrap">
            {part}
          </span>
        ))}
      </p>
    </div>
  );
}

/** The menu: order, the other filter, what can be done to the whole folder. */
function useOptions(commands: MessageCommands, run: Runner): () => MenuEntry[] {
  const t = useTranslations('list');
  const app = useMail();
  const can = useCapabilities();
  const mailbox = useMailbox();
  const nameOf = useMailboxName();
  const { sort, isAscending, filter, query } = useMailLocation();
  const order = (property: SortProperty): MenuEntry => ({
    label: t(`sortBy.${property}`),
    isChecked: sort === property,
    // Names begin with A, dates and sizes with the greatest.
    onSelect: () =>
      app.navigation.go({
        sort: property,
        isAscending: property === 'from' || property === 'subject',
        messageId: null,
      }),
  });
  const turn = (ascending: boolean): MenuEntry => ({
    label: t(`${ascending ? 'ascending' : 'descending'}.${sort}`),
    isChecked: isAscending === ascending,
    onSelect: () => app.navigation.go({ isAscending: ascending, messageId: null }),
  });
  return () => {
    const entries: MenuEntry[] = [];
    if (query === '') {
      entries.push(...can.sort.map(order), 'separator', turn(false), turn(true), 'separator');
      if (can.filter.includes('attachment')) {
        const next = filter === 'attachment' ? null : 'attachment';
        entries.push({
          label: t('filter.attachment'),
          isChecked: filter === 'attachment',
          onSelect: () => app.navigation.go({ filter: next, messageId: null }),
        });
      }
      if (run.markAllRead !== undefined) entries.push({ label: t('markAllRead'), onSelect: run.markAllRead });
      if (mailbox !== undefined && (mailbox.role === 'trash' || mailbox.role === 'junk')) {
        const label = t('empty', { folder: nameOf(mailbox) });
        entries.push({ label, isDestructive: true, onSelect: () => commands.empty(mailbox) });
      }
      entries.push('separator');
    } else
      entries.push({ label: t('saveSearch'), onSelect: () => app.overlay.set({ type: 'searches', isSaving: true }) });
    if (run.refresh !== undefined) entries.push({ label: t('refresh'), keys: 'Shift+n', onSelect: run.refresh });
    return entries;
  };
}

'use client';

import { SquarePen } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'use-intl';
import { classes } from '@/components/ui/classes';
import { useMail } from '@/lib/client/app/context';
import { useCurrentList, useMailLocation, useSession } from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import { formatLocation } from '@/lib/client/location';
import type { MessageCommands } from './commands/use-commands';
import type { Runner } from './commands/use-runner';
import { KeptBar } from './kept-bar';
import { ListHeader } from './list-header';
import { loadSearchStatus, loadSelectionBar } from './list-parts';
import { MessageList } from './message-list';
import { OfflineBar } from './offline-bar';
import { PaneDivider } from './pane-divider';
import { SearchBox } from './search-box';

/** IMAP collects nothing. */
const CollectionBar = dynamic(() => import('./collection-bar').then((module) => module.CollectionBar), { ssr: false });
const SearchGaps = dynamic(() => loadSearchStatus().then((module) => module.SearchGaps), { ssr: false });
const FoundWords = dynamic(() => import('./found-words').then((module) => module.FoundWords), { ssr: false });
const SelectionBar = dynamic(() => loadSelectionBar().then((module) => module.SelectionBar), {
  ssr: false,
  loading: () => <div className="min-h-[43px] border-line border-b pb-1.5 touch:min-h-[51px]" />,
});

interface ListPaneProps {
  commands: MessageCommands;
  run: Runner;
  pane: 'right' | 'below' | 'off';
  isReading: boolean;
}

/** The middle pane: search, what is listed and how, the list. On a phone it steps aside for an open message. */
export function ListPane({ commands, run, pane, isReading }: ListPaneProps) {
  const app = useMail();
  const t = useTranslations('sidebar');
  const location = useMailLocation();
  const list = useCurrentList();
  const collects = useSession().accounts.some(({ protocol }) => protocol === 'pop3');
  const width = useValue(app.device.listWidth);
  const height = useValue(app.device.listHeight);
  const hasSelection = useValue(app.selection).ids.size > 0;
  const key = formatLocation({ ...location, messageId: null });
  return (
    <main
      className={classes(
        'relative flex min-w-0 flex-col bg-surface max-md:w-full! max-md:h-auto! max-md:flex-1',
        isReading && 'max-md:hidden',
        isReading && pane === 'off' && 'hidden',
        pane === 'right' && 'shrink-0 border-line min-[75rem]:border-s md:max-w-[55%]',
        pane === 'below' && 'shrink-0 md:max-h-[70%] min-[75rem]:border-line min-[75rem]:border-s',
        pane === 'off' && 'flex-1 min-[75rem]:border-line min-[75rem]:border-s',
      )}
      style={pane === 'right' ? { width } : pane === 'below' ? { height } : undefined}
    >
      <SearchBox />
      {hasSelection ? <SelectionBar commands={commands} /> : <ListHeader commands={commands} run={run} />}
      <OfflineBar />
      {collects && <CollectionBar />}
      {list !== null && <KeptBar list={list} />}
      {list !== null && <MessageList key={key} list={list} commands={commands} />}
      {list?.search != null && <SearchGaps search={list.search} />}
      {location.query !== '' && <FoundWords query={location.query} />}
      {run.compose !== undefined && (
        <button
          type="button"
          aria-label={t('compose')}
          onClick={run.compose}
          className="fixed end-4 bottom-[calc(var(--safe-bottom)+1rem)] z-20 grid size-14 place-items-center rounded-full bg-accent text-accent-ink shadow-float md:hidden"
        >
          <SquarePen size={22} />
        </button>
      )}
      {pane !== 'off' && <PaneDivider pane={pane} />}
    </main>
  );
}

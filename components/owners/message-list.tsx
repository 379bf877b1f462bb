// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be one virtual scroll
'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowUp } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { MessageRow } from '@/components/parts/message-row';
import { RowSkeleton } from '@/components/parts/row-skeleton';
import { SwipeHint } from '@/components/parts/swipe-hint';
import { useMail } from '@/lib/client/app/context';
import { type CurrentList, useMailbox, useMailLocation, useSettings, useSnapshot } from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import { cursorIndex, toggle } from '@/lib/client/list/selection';
import { formatLocation } from '@/lib/client/location';
import type { MessageCommands } from './commands/use-commands';
import { useFolderNames } from './folder-names';
import { useKeepPlace } from './list-place';
import { useListPointer } from './list-pointer';
import { EmptyList, FailedList, RowsFailed } from './list-states';
import { ListStrip } from './list-strip';
import { useQuickActions } from './quick';
import { useSections } from './sections';

const rowHeights = { comfortable: 64, compact: 40 };
const skeletonRows = 14;

/** The list: any length as one scroll, of which only what is looked at exists. */
export function MessageList({ list: { store, search }, commands }: { list: CurrentList; commands: MessageCommands }) {
  const app = useMail();
  const t = useTranslations('list');
  const snapshot = useSnapshot(store) ?? store.getSnapshot();
  const { shown, status, error, arrived } = snapshot;
  const { density } = useSettings();
  const location = useMailLocation();
  const mailbox = useMailbox();
  const selection = useValue(app.selection);
  const scroller = useRef<HTMLDivElement>(null);
  const [now] = useState(() => new Date());
  const [hasTouch] = useState(() => typeof window !== 'undefined' && navigator.maxTouchPoints > 0);
  const rowHeight = rowHeights[density];
  const count = shown.count ?? skeletonRows;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialOffset: app.places.get(store) ?? 0,
  });
  useEffect(() => {
    if (rowHeight > 0) virtual.measure();
  }, [virtual, rowHeight]);
  const first = virtual.range?.startIndex ?? 0;
  const last = virtual.range?.endIndex ?? skeletonRows;
  useEffect(() => {
    app.visible.set({ from: first, to: last });
    store.look(Math.max(0, first - 10), last + 10);
  }, [app, store, first, last]);
  const isAway = useKeepPlace({ app, store, shown, scroller, rowHeight });
  useEffect(() => {
    if (!isAway && arrived > 0) store.acknowledge();
  }, [store, isAway, arrived]);
  const cursor = cursorIndex(selection, shown);
  const pointer = useListPointer({ app, shown, commands, scroller, virtual });
  const sections = useSections(shown, now, search === null && location.sort === 'receivedAt');
  const folderOf = useFolderNames(search !== null && location.scope === 'account');
  const quick = useQuickActions(commands);
  const onToggle = useCallback((id: string) => app.selection.set((s) => toggle(s, id)), [app]);
  const showsRecipients = mailbox?.role === 'sent' || mailbox?.role === 'drafts';
  const hrefOf = useMemo(() => (messageId: string) => formatLocation({ ...location, messageId }), [location]);
  const isChoosing = selection.ids.size > 0;

  if (status === 'failed' && error !== null) return <FailedList error={error} onRetry={store.refresh} />;
  if (shown.count === 0 && status === 'ready') return <EmptyList search={search} />;
  return (
    <div className="@container relative flex min-h-0 flex-1 flex-col" data-choosing={isChoosing || undefined}>
      <ListStrip section={sections.top(first)} />
      {isAway && arrived > 0 && (
        <button
          type="button"
          onClick={() => virtual.scrollToOffset(0)}
          className="float-in absolute start-1/2 top-9 z-30 flex h-8 -translate-x-1/2 items-center gap-1.5 rounded-full bg-accent px-3.5 font-semibold text-accent-ink text-meta shadow-float"
        >
          <ArrowUp size={14} />
          {t('newMail', { count: arrived })}
        </button>
      )}
      <div
        ref={scroller}
        role="grid"
        aria-label={t('label')}
        aria-rowcount={count}
        aria-multiselectable="true"
        aria-busy={status === 'loading'}
        data-list=""
        {...pointer}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain [overflow-anchor:none]"
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = shown.at(index);
            return (
              <div
                key={row?.id ?? `gap-${index}`}
                role="presentation"
                className="group/swipe absolute inset-x-0 data-swipe:overflow-hidden"
                style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              >
                {hasTouch && <SwipeHint />}
                {row === undefined ? (
                  <RowSkeleton index={index} isCompact={density === 'compact'} />
                ) : (
                  <MessageRow
                    row={row}
                    index={index}
                    href={hrefOf(row.id)}
                    now={now}
                    isCompact={density === 'compact'}
                    isOpen={row.id === location.messageId}
                    isChosen={selection.isAll || selection.ids.has(row.id)}
                    isCursor={index === cursor || (cursor === -1 && index === first)}
                    showsRecipients={showsRecipients}
                    folder={folderOf(row)}
                    section={sections.at(index)}
                    onToggle={onToggle}
                    quick={quick}
                  />
                )}
              </div>
            );
          })}
        </div>
      </div>
      {error !== null && <RowsFailed error={error} onRetry={store.refresh} />}
    </div>
  );
}

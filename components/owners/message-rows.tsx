// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be one virtual scroll
'use client';

import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { RowSkeleton } from '@/components/parts/row-skeleton';
import { SwipeHint } from '@/components/parts/swipe-hint';
import { useMail } from '@/lib/client/app/context';
import { useMailLocation, useSettings, useSnapshot } from '@/lib/client/app/hooks';
import { useHydrated } from '@/lib/client/app/hydrated';
import { useValue } from '@/lib/client/app/value';
import type { ListStore } from '@/lib/client/list/list-store';
import { cursorIndex } from '@/lib/client/list/selection';
import type { MessageCommands } from './commands/use-commands';
import { useKeepPlace } from './list-place';
import { useListPointer } from './list-pointer';
import { ListStrip } from './list-strip';
import { NewMailPill } from './new-mail-pill';
import { useRowRenderer } from './row-renderer';
import { useRowWindow } from './row-window';
import { useSections } from './sections';

const rowHeights = { comfortable: 64, compact: 40 };
const skeletonRows = 14;

interface MessageRowsProps {
  store: ListStore;
  isSearch: boolean;
  /** How far it was scrolled when it was last shown. */
  startAt: number;
  commands: MessageCommands;
}

/** The rows: any number as one scroll, of which only what is looked at exists. */
export function MessageRows({ store, isSearch, startAt, commands }: MessageRowsProps) {
  const app = useMail();
  const t = useTranslations('list');
  const { shown, status } = useSnapshot(store) ?? store.getSnapshot();
  const { density } = useSettings();
  const { sort } = useMailLocation();
  const selection = useValue(app.selection);
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = rowHeights[density];
  const count = shown.count ?? skeletonRows;
  const window = useRowWindow({ count, rowHeight, scroller, startAt, fitting: fittingRows(app.visible.get()) });
  const { from, to } = window;
  useEffect(() => {
    app.visible.set({ from, to });
    store.look(Math.max(0, from - 10), to + 10);
  }, [app, store, from, to]);
  const place = useKeepPlace({ app, store, shown, scroller, rowHeight });
  const cursor = cursorIndex(selection, shown);
  const pointer = useListPointer({ app, shown, commands, scroller, window });
  const sections = useSections(shown, !isSearch && sort === 'receivedAt');
  const renderRow = useRowRenderer({ commands, isSearch });
  const hasTouch = useHydrated() && navigator.maxTouchPoints > 0;
  return (
    <div className="@container relative flex min-h-0 flex-1 flex-col">
      <ListStrip section={sections.top(from)} />
      <NewMailPill store={store} {...place} onPress={() => window.scrollTo(0)} />
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
        <div role="presentation" className="relative" style={{ height: count * rowHeight }}>
          {window.indexes.map((index) => {
            const row = shown.at(index);
            const isCursor = index === cursor || (cursor === -1 && index === from);
            return (
              <div
                key={row?.id ?? `gap-${index}`}
                role="presentation"
                className="group/swipe absolute inset-x-0 data-swipe:overflow-hidden"
                style={{ height: rowHeight, transform: `translateY(${index * rowHeight}px)` }}
              >
                {hasTouch && <SwipeHint />}
                {row === undefined ? (
                  <RowSkeleton index={index} isCompact={density === 'compact'} />
                ) : (
                  renderRow(row, { index, isCursor, section: sections.at(index) })
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Undefined before a list was on the screen. */
const fittingRows = ({ from, to }: { from: number; to: number }) => (to > from ? to - from + 1 : undefined);

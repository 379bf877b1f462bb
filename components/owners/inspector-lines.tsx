'use client';

import { ArrowDown } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ExchangeLine } from '@/components/parts/exchange-line';
import { Button } from '@/components/ui/button';
import type { ExchangeRow } from '@/lib/client/inspector/lines';

const nearPx = 24;

const toEnd = (scroller: HTMLElement | null) => scroller?.scrollTo({ top: scroller.scrollHeight });

/** Another connection speaks than before: each POP3 session reads as one. */
const isTurn = (row: ExchangeRow, before: ExchangeRow | undefined) =>
  row.type === 'line' && before?.type !== 'skipped' && before?.connection !== row.connection;

/** The lines, the newest below; they stay where they are while somebody reads further up. */
export function InspectorLines({
  label,
  rows,
  empty,
}: {
  label: string;
  rows: readonly ExchangeRow[];
  empty: ReactNode;
}) {
  const t = useTranslations('inspector');
  const scroller = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const list = useRef<HTMLOListElement>(null);
  const isEmpty = rows.length === 0;
  useLayoutEffect(() => {
    if (!isAtEnd || isEmpty || list.current === null) return;
    // Lines are measured when they come into view: the end moves once more after they have been added.
    const observer = new ResizeObserver(() => toEnd(scroller.current));
    observer.observe(list.current);
    return () => observer.disconnect();
  }, [isAtEnd, isEmpty]);
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setAtEnd(scrollHeight - scrollTop - clientHeight < nearPx)
        }
        className="h-full overflow-y-auto overscroll-contain py-1.5 font-mono text-meta -outline-offset-2"
      >
        {isEmpty ? (
          empty
        ) : (
          <ol ref={list}>
            {rows.map((row, at) => (
              <ExchangeLine key={row.key} row={row} isTurn={isTurn(row, rows[at - 1])} />
            ))}
          </ol>
        )}
      </div>
      {!isAtEnd && !isEmpty && (
        <Button size="small" className="absolute end-5 bottom-3 shadow-float" onClick={() => toEnd(scroller.current)}>
          <ArrowDown size={14} />
          {t('newest')}
        </Button>
      )}
    </div>
  );
}

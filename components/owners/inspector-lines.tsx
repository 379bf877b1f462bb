'use client';

import { ArrowDown } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ExchangeLine } from '@/components/parts/exchange-line';
import { Button } from '@/components/ui/button';
import type { ExchangeRow } from '@/lib/client/inspector/lines';

interface InspectorLinesProps {
  label: string;
  rows: readonly ExchangeRow[];
  empty: ReactNode;
}

/** The lines, the newest below; they stay where they are while somebody reads further up. */
export function InspectorLines({ label, rows, empty }: InspectorLinesProps) {
  const t = useTranslations('inspector');
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const wasAtEnd = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  const isEmpty = rows.length === 0;
  const last = useRef({ top: 0, height: 0 });
  const look = () => {
    const now = placeOf(scroller.current);
    // Only a move upwards leaves the end, and only a person's: lines that shrink or go move it by as much, rounded.
    const shrunk = Math.max(0, last.current.height - now.height);
    const isLeft = last.current.top - now.top > shrunk + 1 || !wasAtEnd.current;
    wasAtEnd.current = isNearEnd(scroller.current) || !isLeft;
    last.current = now;
    setAtEnd(wasAtEnd.current);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` reads refs alone
  useEffect(() => {
    if (isEmpty || list.current === null) return;
    // Lines are measured when they come into view: the end moves once more after they were added or filtered.
    const observer = new ResizeObserver(() => {
      if (!wasAtEnd.current) return look();
      toEnd(scroller.current);
      last.current = placeOf(scroller.current);
    });
    observer.observe(list.current);
    return () => observer.disconnect();
  }, [isEmpty]);
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
        tabIndex={0}
        onScroll={look}
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
        <div className="absolute end-5 bottom-3 rounded-box shadow-float">
          <Button size="small" onClick={() => toEnd(scroller.current)}>
            <ArrowDown size={14} />
            {t('newest')}
          </Button>
        </div>
      )}
    </div>
  );
}

const nearPx = 24;

const placeOf = (scroller: HTMLElement | null) => ({
  top: scroller?.scrollTop ?? 0,
  height: scroller?.scrollHeight ?? 0,
});

const isNearEnd = (scroller: HTMLElement | null) =>
  scroller === null || scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearPx;

const toEnd = (scroller: HTMLElement | null) => scroller?.scrollTo({ top: scroller.scrollHeight });

/** Another connection speaks than before: each POP3 session reads as one. */
const isTurn = (row: ExchangeRow, before: ExchangeRow | undefined) =>
  row.type === 'line' && before?.type !== 'skipped' && before?.connection !== row.connection;

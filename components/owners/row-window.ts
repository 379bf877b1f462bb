'use client';

import { type RefObject, startTransition, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';

/** So many rows beyond each edge are drawn, so that a scroll never shows a gap. */
const overscan = 8;
/** So high is what is drawn, on the server too, before it is known how high the window is, in px. */
const firstHeight = 1_280;

/** Which rows of a list exist: those in sight and some beyond, by arithmetic, as all are of one height. */
export interface RowWindow {
  /** The first and last index in sight. */
  from: number;
  to: number;
  /** The indexes to draw. */
  indexes: number[];
  /** So many rows fit the window. */
  pageRows(): number;
  scrollTo(index: number): void;
  /** Scrolls as little as needed to have a row in sight. */
  reveal(index: number): void;
}

interface RowWindowRequest {
  count: number;
  rowHeight: number;
  scroller: RefObject<HTMLDivElement | null>;
  /** How far it was scrolled when it was last on the screen, in px. */
  startAt: number;
  /** So many rows fitted when a list was last on the screen: they are shown first, and those beyond a moment later. */
  fitting?: number | undefined;
}

export function useRowWindow({ count, rowHeight, scroller, startAt, fitting }: RowWindowRequest): RowWindow {
  const [seen, setSeen] = useState(() => {
    const from = Math.floor(startAt / rowHeight);
    return { from, to: from + (fitting ?? Math.ceil(firstHeight / rowHeight) - overscan) - 1 };
  });
  const [beyond, setBeyond] = useState(fitting === undefined ? overscan : 0);
  useEffect(() => {
    const frame = requestAnimationFrame(() => startTransition(() => setBeyond(overscan)));
    return () => cancelAnimationFrame(frame);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where the list begins to be shown
  useLayoutEffect(() => {
    if (startAt > 0) scroller.current?.scrollTo({ top: startAt });
  }, []);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => {
      if (element.clientHeight === 0) return;
      const from = Math.max(0, Math.floor(element.scrollTop / rowHeight));
      const to = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) - 1;
      setSeen((now) => (now.from === from && now.to === to ? now : { from, to }));
    };
    // Drawn before the scrolled picture is shown, not a frame after it.
    const scrolled = () => flushSync(measure);
    measure();
    element.addEventListener('scroll', scrolled, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', scrolled);
      observer.disconnect();
    };
  }, [rowHeight, scroller]);
  const last = Math.min(count - 1, seen.to);
  const first = Math.min(seen.from, Math.max(0, last));
  return useMemo(() => {
    const drawn = { from: Math.max(0, first - beyond), to: Math.min(count - 1, last + beyond) };
    const page = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight));
    return {
      from: first,
      to: last,
      indexes: Array.from({ length: Math.max(0, drawn.to - drawn.from + 1) }, (_, at) => drawn.from + at),
      pageRows: page,
      scrollTo: (index) => scroller.current?.scrollTo({ top: index * rowHeight }),
      reveal(index) {
        const element = scroller.current;
        if (element === null) return;
        const top = index * rowHeight;
        const lowest = top + rowHeight - element.clientHeight;
        if (element.scrollTop > top) element.scrollTo({ top });
        else if (element.scrollTop < lowest) element.scrollTo({ top: lowest });
      },
    };
  }, [first, last, beyond, count, rowHeight, scroller]);
}

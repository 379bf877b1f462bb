'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { MailApp } from '@/lib/client/app/mail-app';
import type { ListStore } from '@/lib/client/list/list-store';
import type { ShownList } from '@/lib/client/list/shown-list';

interface Place {
  app: MailApp;
  store: ListStore;
  shown: ShownList;
  scroller: RefObject<HTMLDivElement | null>;
  rowHeight: number;
}

const nearTop = 8;
/** So long after the pointer has moved over the list, nothing moves under it. */
const aimingMs = 2_000;

/**
 * Keeps what is read where it is: when rows come or go above, the scroll moves with them. At the very top new mail flows
 * in, unless the pointer is about to press something. Gives whether the list is away from its top, as drawn and as it stands.
 */
export function useKeepPlace({ app, store, shown, scroller, rowHeight }: Place) {
  const top = useRef<{ id: string; index: number } | null>(null);
  const movedAt = useRef(0);
  const [isAway, setAway] = useState(false);

  useLayoutEffect(() => {
    const element = scroller.current;
    const held = top.current;
    if (element === null || held === null || shown.count === null) return;
    const index = shown.indexOf(held.id);
    const isAiming = performance.now() - movedAt.current < aimingMs;
    if (index === -1 || index === held.index || (element.scrollTop <= nearTop && !isAiming)) return;
    element.scrollTop += (index - held.index) * rowHeight;
    top.current = { id: held.id, index };
  }, [shown, scroller, rowHeight]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const remember = () => {
      const index = Math.floor(element.scrollTop / rowHeight);
      const row = store.getSnapshot().shown.at(index);
      top.current = row === undefined ? null : { id: row.id, index };
      app.places.set(store, element.scrollTop);
      setAway(element.scrollTop > nearTop);
    };
    const aim = () => {
      movedAt.current = performance.now();
    };
    remember();
    element.addEventListener('scroll', remember, { passive: true });
    element.addEventListener('pointermove', aim, { passive: true });
    const stop = store.subscribe(() => {
      top.current ?? remember();
    });
    return () => {
      stop();
      element.removeEventListener('scroll', remember);
      element.removeEventListener('pointermove', aim);
    };
  }, [app, store, scroller, rowHeight]);

  const isAtTop = useCallback(() => (scroller.current?.scrollTop ?? 0) <= nearTop, [scroller]);
  return { isAway, isAtTop };
}

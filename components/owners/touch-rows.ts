'use client';

import { type PointerEvent, type RefObject, useRef } from 'react';
import { listAt, useCapabilities } from '@/lib/client/app/hooks';
import type { MailApp } from '@/lib/client/app/mail-app';
import { toggle } from '@/lib/client/list/selection';
import type { MessageCommands } from './commands/use-commands';

const longPressMs = 450;
const slack = 10;
/** A swipe counts from here; before, the row springs back. */
const swipeEnough = 96;

interface Gesture {
  row: HTMLElement;
  id: string;
  x: number;
  y: number;
  isSwipe: boolean;
  timer: ReturnType<typeof setTimeout>;
}

/** Fingers on rows: a long press begins to choose, a swipe to the right archives, to the left deletes. */
export function useTouchRows({
  app,
  commands,
  scroller,
}: {
  app: MailApp;
  commands: MessageCommands;
  scroller: RefObject<HTMLDivElement | null>;
}) {
  const can = useCapabilities();
  const gesture = useRef<Gesture | null>(null);
  const last = useRef({ wasTouch: false, wasGesture: false });

  const end = () => {
    const now = gesture.current;
    if (now === null) return;
    clearTimeout(now.timer);
    gesture.current = null;
    slide(now.row, 0);
    scroller.current?.removeAttribute('data-swiping');
  };

  return {
    isTouch: () => last.current.wasTouch,
    wasGesture: () => last.current.wasGesture,
    handlers: {
      onPointerDown(event: PointerEvent) {
        const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]') : null;
        const id = row?.dataset.id;
        last.current = { wasTouch: event.pointerType === 'touch', wasGesture: false };
        if (event.pointerType !== 'touch' || row === null || id === undefined) return;
        const timer = setTimeout(() => {
          last.current.wasGesture = true;
          gesture.current = null;
          navigator.vibrate?.(10);
          const shown = listAt(app, app.navigation.get())?.store.getSnapshot().shown;
          app.selection.set((now) => toggle(now, shown, id));
        }, longPressMs);
        gesture.current = { row, id, x: event.clientX, y: event.clientY, isSwipe: false, timer };
      },
      onPointerMove(event: PointerEvent) {
        const now = gesture.current;
        if (now === null) return;
        const by = event.clientX - now.x;
        if (!now.isSwipe && Math.abs(event.clientY - now.y) > slack) return end();
        if (!now.isSwipe && Math.abs(by) > slack) {
          now.isSwipe = true;
          last.current.wasGesture = true;
          clearTimeout(now.timer);
          event.currentTarget.setPointerCapture(event.pointerId);
        }
        if (now.isSwipe) slide(now.row, by > 0 && !can.move ? 0 : by);
      },
      onPointerUp(event: PointerEvent) {
        const now = gesture.current;
        const by = now === null ? 0 : event.clientX - now.x;
        const isSwipe = now?.isSwipe === true;
        const id = now?.id;
        end();
        if (!isSwipe || id === undefined || Math.abs(by) < swipeEnough) return;
        if (by < 0) commands.delete([id]);
        else if (can.move) commands.archive([id]);
      },
      onPointerCancel: end,
    },
  };
}

/** Moves the row aside; what is under it tells what will happen. */
function slide(row: HTMLElement, by: number): void {
  const holder = row.parentElement;
  row.style.transform = by === 0 ? '' : `translateX(${by}px)`;
  row.style.transition = by === 0 ? 'transform 160ms' : 'none';
  if (holder === null) return;
  if (by === 0) delete holder.dataset.swipe;
  else holder.dataset.swipe = by > 0 ? 'archive' : 'delete';
  if (by === 0) delete holder.dataset.enough;
  else holder.dataset.enough = String(Math.abs(by) >= swipeEnough);
}

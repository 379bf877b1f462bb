'use client';

import { type DragEvent, type KeyboardEvent, type MouseEvent, type RefObject, useEffect } from 'react';
import { openMenu } from '@/components/ui/menu';
import type { MailApp } from '@/lib/client/app/mail-app';
import { useValue } from '@/lib/client/app/value';
import {
  arriveAtCursor,
  cursorIndex,
  emptySelection,
  extendTo,
  isChosen,
  moveCursor,
  toggle,
} from '@/lib/client/list/selection';
import type { ShownList } from '@/lib/client/list/shown-list';
import type { MessageCommands } from './commands/use-commands';
import { showDragImage } from './drag-image';
import { useRowMenu } from './row-menu';
import type { RowWindow } from './row-window';
import { useTouchRows } from './touch-rows';

interface ListHands {
  app: MailApp;
  shown: ShownList;
  commands: MessageCommands;
  scroller: RefObject<HTMLDivElement | null>;
  window: RowWindow;
}

/** What a pointer, a finger and the arrow keys do on the list. */
export function useListPointer({ app, shown, commands, scroller, window }: ListHands) {
  const rowMenu = useRowMenu(commands);
  const touch = useTouchRows({ app, commands, scroller });
  useFollowCursor({ app, shown, scroller, window });
  const isChosenAt = (index: number): boolean => {
    const row = shown.at(index);
    return row !== undefined && isChosen(app.selection.get(), row);
  };
  return {
    onClick(event: MouseEvent) {
      const row = rowAt(event);
      if (row === null || inside(event.target, '[data-quick]')) return;
      // The end of a gesture may be a click as well: on a link, it would open the message.
      if (touch.wasGesture()) return event.preventDefault();
      if (event.shiftKey) {
        event.preventDefault();
        app.selection.set((now) => extendTo(now, shown, row.index));
      } else if (event.metaKey || event.ctrlKey || (app.selection.get().ids.size > 0 && touch.isTouch())) {
        event.preventDefault();
        app.selection.set((now) => toggle(now, shown, row.id));
      } else if (!inside(event.target, '[data-choose]')) {
        event.preventDefault();
        app.selection.set(moveCursor({ ...emptySelection, anchorId: row.id }, shown, row.index));
        app.navigation.go({ messageId: row.id });
      }
    },
    onContextMenu(event: MouseEvent) {
      const row = rowAt(event);
      if (row === null || touch.isTouch()) return;
      event.preventDefault();
      const { ids: chosen, isAll } = app.selection.get();
      const ids = isAll ? undefined : isChosenAt(row.index) ? [...chosen] : [row.id];
      openMenu({ ...rowMenu(ids), anchor: { x: event.clientX, y: event.clientY } });
    },
    onDragStart(event: DragEvent) {
      const row = rowAt(event);
      if (row === null) return;
      const { ids: chosen, isAll } = app.selection.get();
      const ids = isChosenAt(row.index) ? [...chosen] : [row.id];
      app.dragged.set(isAll ? 'chosen' : ids);
      showDragImage(event, isAll ? (shown.count ?? ids.length) : ids.length);
    },
    onDragEnd: () => app.dragged.set(null),
    onKeyDown(event: KeyboardEvent) {
      const to = arrowTarget(event.key, cursorIndex(app.selection.get(), shown), window.pageRows(), shown.count ?? 0);
      if (to === null || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      window.reveal(to);
      app.selection.set((now) => moveCursor(event.shiftKey ? extendTo(now, shown, to) : now, shown, to));
    },
    ...touch.handlers,
  };
}

/** Keeps the row that the keyboard is on in sight, and gives it the focus while the list has it. */
function useFollowCursor({ app, shown, scroller, window }: Omit<ListHands, 'commands'>): void {
  const { cursor } = useValue(app.selection);
  const id = cursor?.id;
  useEffect(() => app.selection.set((now) => arriveAtCursor(now, shown)), [app, shown]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the cursor moves; mail arriving must not scroll
  useEffect(() => {
    if (id === undefined) return;
    const index = id === '' ? (cursor?.index ?? -1) : shown.indexOf(id);
    if (index === -1) return;
    window.reveal(index);
    const list = scroller.current;
    if (list === null || document.activeElement?.closest('[data-reader], input, dialog') != null) return;
    requestAnimationFrame(() =>
      list.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }),
    );
  }, [id, cursor?.index]);
}

function arrowTarget(key: string, from: number, page: number, count: number): number | null {
  const clamp = (index: number) => Math.min(Math.max(0, index), count - 1);
  if (count === 0) return null;
  if (key === 'ArrowDown') return clamp(from + 1);
  if (key === 'ArrowUp') return clamp(from - 1);
  if (key === 'PageDown') return clamp(from + page);
  if (key === 'PageUp') return clamp(from - page);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

const inside = (target: EventTarget, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null;

function rowAt(event: { target: EventTarget }): { id: string; index: number } | null {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]') : null;
  const id = row?.dataset.id;
  return id === undefined ? null : { id, index: Number(row?.dataset.index) };
}

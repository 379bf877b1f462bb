import type { DragEvent } from 'react';

/** A small pill with the count under the pointer, in place of a picture of the row. */
export function showDragImage(event: DragEvent, count: number): void {
  const pill = document.createElement('div');
  pill.className = 'fixed rounded-full bg-accent px-3 py-1 font-semibold text-accent-ink text-meta';
  pill.style.top = '-100px';
  pill.textContent = String(count);
  document.body.append(pill);
  event.dataTransfer.effectAllowed = 'copyMove';
  event.dataTransfer.setData('text/plain', '');
  event.dataTransfer.setDragImage(pill, 12, 12);
  // The browser takes the picture after this event.
  requestAnimationFrame(() => pill.remove());
}

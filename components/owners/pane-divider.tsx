'use client';

import { useTranslations } from 'use-intl';
import { useMail } from '@/lib/client/app/context';
import { useValue } from '@/lib/client/app/value';

const least = { right: 300, below: 160 };
const most = { right: 720, below: 800 };

/** The line between list and reader: dragged with the pointer, moved with the arrow keys, remembered. */
export function PaneDivider({ pane }: { pane: 'right' | 'below' }) {
  const app = useMail();
  const t = useTranslations('list');
  const remembered = pane === 'right' ? app.device.listWidth : app.device.listHeight;
  const size = useValue(remembered);
  const resize = (next: number) => remembered.set(Math.round(Math.min(most[pane], Math.max(least[pane], next))));
  const isRight = pane === 'right';
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be dragged
    <div
      role="separator"
      tabIndex={0}
      aria-orientation={isRight ? 'vertical' : 'horizontal'}
      aria-label={t('resize')}
      aria-valuenow={size}
      aria-valuemin={least[pane]}
      aria-valuemax={most[pane]}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const list = event.currentTarget.parentElement?.getBoundingClientRect();
        if (list === undefined) return;
        const isMirrored = document.dir === 'rtl';
        resize(
          isRight ? (isMirrored ? list.right - event.clientX : event.clientX - list.left) : event.clientY - list.top,
        );
      }}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -16, ArrowUp: -16, ArrowRight: 16, ArrowDown: 16 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        resize(size + by);
      }}
      onDoubleClick={() => resize(isRight ? 400 : 360)}
      className={
        isRight
          ? 'absolute inset-y-0 -end-px z-20 hidden w-px cursor-col-resize bg-line before:absolute before:inset-y-0 before:-inset-x-1 hover:bg-accent active:bg-accent md:block'
          : 'absolute inset-x-0 -bottom-px z-20 hidden h-px cursor-row-resize bg-line before:absolute before:inset-x-0 before:-inset-y-1 hover:bg-accent active:bg-accent md:block'
      }
    />
  );
}

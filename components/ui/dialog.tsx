'use client';

import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from './classes';
import { IconButton } from './icon-button';

export interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** `edge` slides in from the start edge as a drawer; `bare` draws no heading (the title is still read). */
  kind?: 'box' | 'bare' | 'edge';
  role?: 'dialog' | 'alertdialog';
  className?: string;
  children: ReactNode;
}

/** A modal on the browser's own `<dialog>`: it traps focus, closes on Escape and gives focus back. */
export function Dialog({ isOpen, onClose, title, kind = 'box', role = 'dialog', className, children }: DialogProps) {
  const t = useTranslations('common');
  const ref = useRef<HTMLDialogElement>(null);
  const isPressedBeside = useRef(false);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    if (isOpen && !dialog.open) {
      dialog.showModal();
      // React focuses `autoFocus` while the dialog is still shut, where it has no effect.
      dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    }
    if (!isOpen && dialog.open) dialog.close();
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the browser closes it on Escape; the click is the one beside the box
    <dialog
      ref={ref}
      role={role}
      aria-labelledby={id}
      // One that was opened from within this one closes alone.
      onClose={(event) => event.target === event.currentTarget && onClose()}
      // A press that began in the box, on words that are marked or on a menu that has gone meanwhile, is none beside it.
      onPointerDown={(event) => {
        isPressedBeside.current = event.target === event.currentTarget;
      }}
      onClick={(event) => event.target === event.currentTarget && isPressedBeside.current && onClose()}
      className={classes(
        'modal overflow-clip border border-line bg-surface p-0 text-ink shadow-float',
        kind === 'edge'
          ? 'modal-edge m-0 h-dvh max-h-none w-72 max-w-[85vw] border-y-0 border-s-0 pt-(--safe-top) pb-(--safe-bottom)'
          : 'm-auto max-h-[85dvh] w-full max-w-[min(30rem,calc(100vw-2rem))] rounded-box',
        className,
      )}
    >
      <div className="relative flex h-full max-h-[inherit] flex-col overflow-y-auto overscroll-contain">
        {kind === 'box' ? (
          <header className="sticky top-0 z-20 flex shrink-0 items-center gap-2 bg-surface ps-5 pe-2 pt-2">
            <h2 id={id} className="min-w-0 flex-1 font-semibold text-title">
              {title}
            </h2>
            <IconButton label={t('close')} icon={<X size={18} />} onClick={onClose} />
          </header>
        ) : (
          <h2 id={id} className="sr-only">
            {title}
          </h2>
        )}
        {isOpen && children}
      </div>
    </dialog>
  );
}

/** A drawer from the start edge. */
export function Drawer(props: Omit<DialogProps, 'kind' | 'role'>) {
  return <Dialog {...props} kind="edge" />;
}

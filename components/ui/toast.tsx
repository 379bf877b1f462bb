'use client';

import { X } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from './classes';
import { IconButton } from './icon-button';

export interface Toast {
  text: string;
  /** The second line: the server's own words, or what to do next. */
  detail?: string;
  tone?: 'plain' | 'problem';
  action?: { label: string; onPress: () => void };
  /** 6 s unless told; null stays until it is closed. */
  durationMs?: number | null;
  /** A toast with the same key takes the place of the earlier one. */
  key?: string;
}
interface Shown extends Toast {
  id: number;
}

const limit = 3;
let shown: readonly Shown[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/** Says something in passing, with one action at most. Gives a function that takes it away. */
export function toast(message: Toast): () => void {
  lastId += 1;
  const id = lastId;
  const others = shown.filter((other) => message.key === undefined || other.key !== message.key);
  change([...others, { ...message, id }].slice(-limit));
  return () => dismiss(id);
}

/** Takes away what was said under this key. */
export const endToast = (key: string): void => change(shown.filter((one) => one.key !== key));

/**
 * Mounted in the layout: lower left beside the list, above the thumb on a phone; and once more in a modal dialog that says
 * things with Undo, since nothing outside of it can be pressed.
 */
export function ToastHost() {
  const toasts = useSyncExternalStore(subscribe, current, nothing);
  return (
    <section
      aria-live="polite"
      aria-atomic="false"
      className="pointer-events-none fixed start-6 bottom-12 z-50 flex w-fit max-w-[min(30rem,calc(100vw-3rem))] flex-col items-start gap-2 max-md:inset-x-3 max-md:bottom-[calc(var(--safe-bottom)+0.75rem)] max-md:w-auto max-md:max-w-none max-md:items-stretch"
    >
      {toasts.map((one) => (
        <ToastBox key={one.id} toast={one} />
      ))}
    </section>
  );
}

function ToastBox({ toast: { id, text, detail, tone, action, durationMs = 6_000 } }: { toast: Shown }) {
  const t = useTranslations('common');
  useEffect(() => {
    if (durationMs === null) return;
    const timer = setTimeout(() => dismiss(id), durationMs);
    return () => clearTimeout(timer);
  }, [id, durationMs]);
  return (
    <div className="float-in pointer-events-auto flex min-h-11 items-center gap-1 rounded-box bg-ink py-1 ps-4 pe-1 text-list text-surface shadow-float">
      {tone === 'problem' && <span className="me-2 size-2 shrink-0 rounded-full bg-danger" />}
      <p className="min-w-0 flex-1 py-1.5 pe-3">
        {text}
        {detail !== undefined && <span className="block opacity-75 [overflow-wrap:anywhere]">{detail}</span>}
      </p>
      {action !== undefined && (
        <button
          type="button"
          onClick={() => {
            dismiss(id);
            action.onPress();
          }}
          className="h-9 shrink-0 rounded-inner px-3 font-semibold text-(--toast-accent) hover:bg-surface/10 touch:h-11"
        >
          {action.label}
        </button>
      )}
      <IconButton
        size="small"
        label={t('dismiss')}
        icon={<X size={16} />}
        onClick={() => dismiss(id)}
        className={classes(
          'text-surface/70 hover:bg-surface/10 hover:text-surface',
          // What stays until it is closed can be closed on a phone, too.
          action !== undefined && durationMs !== null && 'max-md:hidden',
        )}
      />
    </div>
  );
}

const current = () => shown;
const none: readonly Shown[] = [];
const nothing = () => none;

function dismiss(id: number) {
  change(shown.filter((one) => one.id !== id));
}

function change(next: readonly Shown[]) {
  shown = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

'use client';

import { useEffect, useState } from 'react';
import { Kbd } from './kbd';

interface Tip {
  text: string;
  keys: string | null;
  left: number;
  top: number;
  isAbove: boolean;
}

/**
 * The one tooltip of the page, mounted once. It shows `data-tip` (and `data-tip-keys`) of what the pointer rests on or the
 * keyboard reaches, so that a list of a thousand buttons pays for none. Decoration: names are on the controls themselves.
 */
export function TooltipHost() {
  const [tip, setTip] = useState<Tip | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let on: Element | null = null;
    const hide = () => {
      clearTimeout(timer);
      on = null;
      setTip(null);
    };
    const show = (target: EventTarget | null, delayMs: number) => {
      const next = target instanceof Element ? target.closest('[data-tip]') : null;
      if (next === on) return;
      hide();
      on = next;
      if (next !== null) timer = setTimeout(() => setTip(place(next)), delayMs);
    };
    const options = { signal: stop.signal, capture: true, passive: true };
    document.addEventListener(
      'pointerover',
      (event) => event.pointerType === 'mouse' && show(event.target, 450),
      options,
    );
    document.addEventListener(
      'focusin',
      (event) => event.target instanceof Element && event.target.matches(':focus-visible') && show(event.target, 250),
      options,
    );
    for (const ending of ['pointerdown', 'keydown', 'scroll', 'focusout'] as const) {
      document.addEventListener(ending, hide, options);
    }
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, []);
  if (tip === null) return null;
  return (
    <div
      aria-hidden="true"
      className="float-in pointer-events-none fixed z-50 flex w-max max-w-72 items-center gap-2 rounded-inner bg-ink px-2 py-1 text-meta text-surface [overflow-wrap:anywhere]"
      style={{
        left: tip.left,
        top: tip.top,
        transform: `translateX(clamp(${8 - tip.left}px, -50%, calc(100vw - ${tip.left + 8}px - 100%))) ${tip.isAbove ? 'translateY(-100%)' : ''}`,
      }}
    >
      {tip.text}
      {tip.keys !== null && <Kbd keys={tip.keys} />}
    </div>
  );
}

function place(target: Element): Tip | null {
  const text = target.getAttribute('data-tip');
  if (text === null || !target.isConnected) return null;
  const box = target.getBoundingClientRect();
  const isAbove = box.bottom + 40 > window.innerHeight;
  return {
    text,
    keys: target.getAttribute('data-tip-keys'),
    left: Math.max(8, box.left + Math.min(box.width, 320) / 2),
    top: isAbove ? box.top - 6 : box.bottom + 6,
    isAbove,
  };
}

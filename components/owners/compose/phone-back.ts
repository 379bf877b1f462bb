'use client';

import { useEffect, useRef } from 'react';

/** On a phone a composer is a place of its own: the system's Back leaves it, and not the message below it. */
export function usePhoneBack(id: number, close: () => void): void {
  const leave = useRef(close);
  leave.current = close;
  useEffect(() => {
    if (!window.matchMedia('(width < 48rem)').matches) return;
    const name = `composer ${id}`;
    let isLeft = false;
    window.history.pushState({ posthorn: name }, '', window.location.href);
    const back = () => {
      isLeft = true;
      leave.current();
    };
    window.addEventListener('popstate', back, { once: true });
    return () => {
      window.removeEventListener('popstate', back);
      if (!isLeft && window.history.state?.posthorn === name) window.history.back();
    };
  }, [id]);
}

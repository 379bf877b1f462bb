'use client';

import { useEffect, useRef } from 'react';

/** Once the place of a composer that was closed is left: the browser takes its time, and would leave the next one's instead. */
let leaving: Promise<unknown> = Promise.resolve();

/** On a phone a composer is a place of its own: the system's Back leaves it, and not the message below it. */
export function usePhoneBack(id: number, close: () => void): void {
  const leave = useRef(close);
  leave.current = close;
  useEffect(() => {
    if (!window.matchMedia('(width < 48rem)').matches) return;
    const name = `composer ${id}`;
    let isGone = false;
    let isLeft = false;
    const back = () => {
      isLeft = true;
      leave.current();
    };
    void leaving.then(() => {
      if (isGone) return;
      window.history.pushState({ posthorn: name }, '', window.location.href);
      window.addEventListener('popstate', back, { once: true });
    });
    return () => {
      isGone = true;
      window.removeEventListener('popstate', back);
      if (isLeft || window.history.state?.posthorn !== name) return;
      leaving = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
      window.history.back();
    };
  }, [id]);
}

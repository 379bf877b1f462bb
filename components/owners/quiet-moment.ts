'use client';

import { useEffect, useState } from 'react';
import { whenIdle } from '@/lib/client/reader/when-idle';

const settleMs = 400;

/** False until the browser has nothing better to do, or `isNow`: for code that the first paint can do without. */
export function useQuietMoment(isNow: boolean): boolean {
  const [isQuiet, setQuiet] = useState(false);
  useEffect(() => {
    let stop: (() => void) | undefined;
    const timer = setTimeout(() => {
      stop = whenIdle(() => setQuiet(true));
    }, settleMs);
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, []);
  return isQuiet || isNow;
}

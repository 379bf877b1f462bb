import { useEffect, useState } from 'react';
import { useHydrated } from './hydrated.ts';

/** The present moment as far as days go: new after each midnight; null on the server, which is in another zone. */
export function useNow(): Date | null {
  const isHydrated = useHydrated();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
    const timer = setTimeout(() => setNow(new Date()), midnight - Date.now() + 500);
    return () => clearTimeout(timer);
  }, [now]);
  return isHydrated ? now : null;
}

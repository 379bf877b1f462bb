import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** False while the server's HTML is taken over, true after: for what only the browser knows (zone, region, touch). */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

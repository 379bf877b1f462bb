import { formatLocation, type MailLocation, parseLocation } from './location.ts';

/** The place that is shown, kept in the address bar: the first state of the app. */
export interface Navigation {
  get(): MailLocation;
  subscribe(listener: () => void): () => void;
  /** Goes to `change` of the present place; `isReplacing` leaves no step for Back. */
  go(change: Partial<MailLocation>, options?: { isReplacing?: boolean }): void;
  /** Writes the place into the address bar, where the address that was opened left something out. */
  complete(): void;
}

/**
 * Navigation by `history.pushState`: no request, and the screen changes in the same frame. Next wraps pushState, so its own
 * router stays in step and Back works across a reload.
 */
export function createNavigation(initialHref: string): Navigation {
  let location = parseLocation(initialHref);
  let isListening = false;
  const listeners = new Set<() => void>();
  const show = (next: MailLocation) => {
    location = next;
    for (const listener of listeners) listener();
  };
  const listen = () => {
    if (isListening || typeof window === 'undefined') return;
    isListening = true;
    window.addEventListener('popstate', () => show(parseLocation(window.location.href)));
  };
  return {
    get: () => location,
    subscribe(listener) {
      listen();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    go(change, { isReplacing = false } = {}) {
      const next = { ...location, ...change };
      const href = formatLocation(next);
      if (href === formatLocation(location)) return;
      if (isReplacing) window.history.replaceState(null, '', href);
      else window.history.pushState(null, '', href);
      show(next);
    },
    complete() {
      const href = formatLocation(location);
      if (href !== window.location.pathname + window.location.search) window.history.replaceState(null, '', href);
    },
  };
}

import { formatLocation, type MailLocation, parseLocation } from './location.ts';

/** The place that is shown, kept in the address bar: the first state of the app. */
export interface Navigation {
  get(): MailLocation;
  /** The place of the document. */
  getFirst(): MailLocation;
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
  const first = parseLocation(initialHref);
  let location = first;
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
    const here = parseLocation(window.location.href);
    // Back was pressed before anybody listened. An address without a folder is one that is completed.
    if (here.mailboxId !== null && hasLeftDocument()) location = here;
  };
  return {
    get: () => location,
    getFirst: () => first,
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

/** Whether the address is another one than that of which the document was asked for. */
function hasLeftDocument(): boolean {
  const [asked] = performance.getEntriesByType('navigation');
  const [here] = window.location.href.split('#');
  return asked !== undefined && asked.name.split('#')[0] !== here;
}

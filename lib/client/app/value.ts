import { useSyncExternalStore } from 'react';

/** One value that changes, outside of React: the state of the screen that is neither in the URL nor on the server. */
export interface Value<T> {
  get(): T;
  /** What it was when it was made: what the server's HTML shows. */
  getFirst(): T;
  set(next: T | ((now: T) => T)): void;
  subscribe(listener: () => void): () => void;
}

export function createValue<T>(initial: T): Value<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    getFirst: () => initial,
    set(next) {
      const changed = typeof next === 'function' ? (next as (now: T) => T)(value) : next;
      if (Object.is(changed, value)) return;
      value = changed;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Reads a value and follows it. React may take over a part of the server's HTML after the value has changed: it agrees with the first. */
export function useValue<T>(value: Pick<Value<T>, 'get' | 'subscribe'> & Partial<Pick<Value<T>, 'getFirst'>>): T {
  return useSyncExternalStore(value.subscribe, value.get, value.getFirst ?? value.get);
}

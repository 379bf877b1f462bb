import { createValue, type Value } from './value.ts';

const prefix = 'posthorn:';

/**
 * A value that this device remembers (pane width, folded folders). On the server and where storage is forbidden it is
 * `initial`; `restore` reads it after the first paint, so that the page and its HTML agree.
 */
export function createRemembered<T>(name: string, initial: T): Value<T> & { restore(): void } {
  const value = createValue(initial);
  return {
    ...value,
    set(next) {
      value.set(next);
      write(name, value.get());
    },
    restore() {
      const text = read(name);
      if (text !== null) value.set(JSON.parse(text) as T);
    },
  };
}

function read(name: string): string | null {
  try {
    return window.localStorage.getItem(prefix + name);
  } catch {
    // Storage may be forbidden by the browser's settings; then nothing is remembered, and all else works.
    return null;
  }
}

function write(name: string, value: unknown): void {
  try {
    window.localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // As above; or it is full, which must not stop a pane from being dragged.
  }
}

import { createValue, type Value } from './value.ts';

const prefix = 'posthorn:';

export interface Remembered<T> extends Value<T> {
  restore(): void;
  /** Takes what other tabs of this browser set, and tells it, until what this gives is called. */
  follow(onSet: () => void): () => void;
}

/**
 * A value that this device remembers (pane width, folded folders). On the server and where storage is forbidden it is
 * `initial`; `restore` reads it after the first paint, so that the page and its HTML agree.
 */
export function createRemembered<T>(name: string, initial: T): Remembered<T> {
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
    follow(onSet) {
      const onStorage = ({ key, newValue }: StorageEvent) => {
        if (key !== prefix + name) return;
        value.set(newValue === null ? initial : (JSON.parse(newValue) as T));
        onSet();
      };
      window.addEventListener('storage', onStorage);
      return () => window.removeEventListener('storage', onStorage);
    },
  };
}

/** For whoever comes next to this browser. */
export function forgetRemembered(name: string): void {
  try {
    window.localStorage.removeItem(prefix + name);
  } catch {
    // Where storage is forbidden nothing was kept.
  }
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

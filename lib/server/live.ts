const room = Symbol.for('posthorn.live');

/**
 * The one thing of this name in the process, made at first use. Next loads a module once per bundle and again at every
 * reload in development; what holds connections, keys or counts must not be doubled by that.
 */
export function live<T>(name: string, make: () => T): T {
  const things = all();
  if (!things.has(name)) things.set(name, make());
  return things.get(name) as T;
}

/** Lets go of one, so that the next `live` makes it anew. */
export const forget = (name: string): boolean => all().delete(name);

function all(): Map<string, unknown> {
  const holder = globalThis as { [room]?: Map<string, unknown> };
  holder[room] ??= new Map();
  return holder[room];
}

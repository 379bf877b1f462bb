import type { ComposerStore } from './composer-store.ts';

type Insert = (text: string, html: string) => void;

const inserters = new WeakMap<ComposerStore, Insert>();

/** Tells how something is put where the cursor is, as long as an editor stands there. */
export function setInserter(store: ComposerStore, insert: Insert): () => void {
  inserters.set(store, insert);
  return () => {
    if (inserters.get(store) === insert) inserters.delete(store);
  };
}

/** Puts a text, plain or as HTML by the kind of the message, where the cursor is. */
export const insertInto = (store: ComposerStore, text: string, html: string): void =>
  inserters.get(store)?.(text, html);

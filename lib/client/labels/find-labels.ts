import type { ShownLabel } from './shown.ts';

/** A name as it is compared: whatever its case, and however its letters are composed. */
export const foldName = (name: string): string => name.normalize('NFC').trim().toLowerCase();

/** Those whose name has every typed word, the ones that begin with what was typed first. */
export function findLabels(labels: readonly ShownLabel[], typed: string): ShownLabel[] {
  const wanted = foldName(typed);
  const words = wanted.split(/\s+/);
  const found = labels.filter(({ name }) => words.every((word) => foldName(name).includes(word)));
  const begins = ({ name }: ShownLabel) => foldName(name).startsWith(wanted);
  return [...found.filter(begins), ...found.filter((label) => !begins(label))];
}

import { type Label, labelColors } from '../../mail/model.ts';
import { keywordFromName } from '../../text/keyword-from-name.ts';
import { isLabel } from './shown.ts';

/** As many labels as a person can have, and as long as their names can be. */
export const maxLabels = 100;
export const maxNameLength = 64;

/** A label of this name among the others: a keyword that is none of theirs and no program's, and a colour that is still free. */
export function newLabel(name: string, own: readonly Label[]): Label {
  const base = keywordFromName(name);
  const isFree = (keyword: string) => isLabel(keyword) && !own.some((label) => label.keyword === keyword);
  let keyword = base;
  for (let count = 2; !isFree(keyword); count++) keyword = `${base.slice(0, 46)}-${count}`;
  const used = new Set(own.map(({ color }) => color));
  const color = labelColors.find((one) => !used.has(one)) ?? labelColors[own.length % labelColors.length] ?? 'grey';
  return { keyword, name: name.trim(), color };
}

import type { Keyword, Label, LabelColor } from '../../mail/model.ts';

/** A label as it is shown: null for the colour of one that the person has not made. */
export interface ShownLabel extends Omit<Label, 'color'> {
  color: LabelColor | null;
}

/** The five of Thunderbird, in its order and close to its colours; their names are words of the catalogue. */
export const usualLabels = [
  { keyword: '$label1', color: 'red' },
  { keyword: '$label2', color: 'orange' },
  { keyword: '$label3', color: 'green' },
  { keyword: '$label4', color: 'blue' },
  { keyword: '$label5', color: 'purple' },
] as const satisfies readonly Omit<Label, 'name'>[];

export type UsualKeyword = (typeof usualLabels)[number]['keyword'];

/** What programs write for each other without a `$`: the marks of junk filters, of mutt, Evolution and older clients. */
const ofPrograms = new Set([
  'junk',
  'nonjunk',
  'notjunk',
  'forwarded',
  'redirected',
  'mdnsent',
  'receipt-handled',
  'old',
]);

/** Whether a keyword is for people: what begins with `$` is not, but for Thunderbird's five. */
export const isLabel = (keyword: Keyword): boolean =>
  keyword.startsWith('$') ? usualLabels.some((usual) => usual.keyword === keyword) : !ofPrograms.has(keyword);

/** The labels of a message: the person's own in their order, then Thunderbird's, then others by their keyword. */
export function labelsOn(
  keywords: readonly Keyword[],
  own: readonly Label[],
  usualName: (keyword: UsualKeyword) => string,
): ShownLabel[] {
  const known = [...own, ...usualLabels.map((usual) => ({ ...usual, name: usualName(usual.keyword) }))];
  const named = known.filter(
    ({ keyword }, at) => isOn(keyword) && known.findIndex((one) => one.keyword === keyword) === at,
  );
  const others = keywords
    .filter((keyword) => isLabel(keyword) && !known.some((one) => one.keyword === keyword))
    .map((keyword) => ({ keyword, name: keyword, color: null }));
  return [...named, ...others];

  function isOn(keyword: Keyword): boolean {
    return keywords.includes(keyword);
  }
}

import ICAL from 'ical.js';

/** A property as jCard has it (RFC 7095 §3.3): name, parameters, type, values. */
export type JcardProperty = [string, Record<string, string | string[]>, string, ...unknown[]];

/** What a kept property says, for people: its name as vCard has it, its values in one line. Null where it is none. */
export function textOfProperty(property: unknown): { name: string; text: string } | null {
  if (!Array.isArray(property) || typeof property[0] !== 'string') return null;
  const [name, parameters, , ...values] = property as JcardProperty;
  // A split name is the name once more.
  if (name === 'n') return null;
  const label = name === fieldName ? parameters.label : undefined;
  const text = wordsOf(values);
  return text === '' ? null : { name: typeof label === 'string' ? label : name, text };
}

/** A column of a CSV file that vCard has no property for. */
export const fieldName = 'x-posthorn-field';

const wordsOf = (values: unknown[]): string =>
  values
    .flat(2)
    .map((value) => String(value).trim())
    .filter((value) => value !== '')
    .join(', ')
    .slice(0, 1_000);

/** A kept property as a line of vCard 4.0, folded. ical.js leaves line ends in values of types that it does not know. */
export function propertyLine(property: JcardProperty): string {
  const line = new ICAL.Property(property, new ICAL.Component('vcard')).toICALString();
  return ICAL.helpers.foldline(line.replace(/[\r\n]+/g, ' '));
}

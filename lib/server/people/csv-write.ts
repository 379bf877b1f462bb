import { stringify } from 'csv-stringify/sync';
import type { StoredContact } from '../../store/contact.ts';
import { splitName } from './vcard-write.ts';

/** As many columns each; what is more goes into the last, as Google writes it. */
const many = 3;

const numbered = (what: string) =>
  Array.from({ length: many }, (_, at) => [`${what} ${at + 1} - Label`, `${what} ${at + 1} - Value`]).flat();

/** The head of what Google, and with their own names for it others, read. */
export const csvHead = (): string =>
  row([
    'Name',
    'First Name',
    'Last Name',
    'Organization Name',
    ...numbered('E-mail'),
    ...numbered('Phone'),
    'Labels',
    'Notes',
  ]);

/** A contact as a row. What a spreadsheet would run as a formula gets a mark before it, which importing takes off. */
export function writeCsv({ name, organization, card }: StoredContact, groups: string[]): string {
  const [family, given] = splitName(name);
  return row([
    name,
    given,
    family,
    organization,
    ...columnsOf(card.emails.map(({ kind, email }) => [kind, email])),
    ...columnsOf(card.phones.map(({ kind, number }) => [kind, number])),
    groups.join(' ::: '),
    card.note,
  ]);
}

function columnsOf(values: [kind: string, value: string][]): string[] {
  const rest = values.slice(many - 1);
  const last = rest.length === 0 ? [] : [[rest[0]?.[0] ?? '', rest.map(([, value]) => value).join(' ::: ')]];
  const cells = [...values.slice(0, many - 1), ...last].flat();
  return [...cells, ...Array.from({ length: many * 2 - cells.length }, () => '')];
}

const row = (cells: string[]): string => stringify([cells], { escape_formulas: true, record_delimiter: '\r\n' });

import { type Info, parse } from 'csv-parse';
import { makeCard, type NotRead, type ReadCard } from './card.ts';
import { fieldName, type JcardProperty } from './jcard.ts';

/** More than any contact. */
const maxRowLength = 200_000;

/** The rows of a CSV file with a head, as Google, Outlook, Thunderbird and others write it. The head is row 1. */
export async function* readCsv(file: string): AsyncGenerator<ReadCard | NotRead> {
  // A quote that is never closed: told by how many good rows stand before.
  const skippedAfter: number[] = [];
  const parser = parse(file, {
    delimiter: delimiterOf(file),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
    skip_records_with_error: true,
    on_skip: (error) => void skippedAfter.push(Number(error?.records ?? 0)),
  });
  let columns: Column[] | null = null;
  let skipped = 0;
  function* skippedBefore(records: number): Generator<NotRead> {
    for (let after = skippedAfter[skipped]; after !== undefined && after < records; after = skippedAfter[skipped]) {
      skipped += 1;
      yield { number: after + skipped, name: '', reason: 'unreadable' };
    }
  }
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
    yield* skippedBefore(info.records);
    if (columns === null) columns = record.map((name) => columnOf(name.trim()));
    else if (record.join('').length > maxRowLength)
      yield { number: info.records + skipped, name: '', reason: 'tooLarge' };
    else yield readRow(info.records + skipped, columns, record.map(withoutGuard));
  }
  yield* skippedBefore(Number.POSITIVE_INFINITY);
}

/** What separates the cells is the mark that the head has most of: Outlook takes the one of its country. */
function delimiterOf(file: string): string {
  const head = file.slice(0, 20_000).split(/\r|\n/, 1)[0] ?? '';
  const countOf = (mark: string) => head.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (countOf(mark) > countOf(best) ? mark : best));
}

/** The mark that we, as others, put before what a spreadsheet would take for a formula. */
const withoutGuard = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r])/, '').trim();

type Meaning =
  | 'name'
  | 'before'
  | 'given'
  | 'middle'
  | 'family'
  | 'after'
  | 'organization'
  | 'email'
  | 'phone'
  | 'kind'
  | 'note'
  | 'groups'
  | 'picture'
  | 'nothing'
  | 'other';

interface Column {
  name: string;
  meaning: Meaning;
}

/** The first that fits. Numbers in names are `E-mail 2 Address` or `Phone 1 - Value`; a few words of other languages. */
const meanings: [Meaning, RegExp][] = [
  ['kind', /^(?:e-?mail|phone) \d+ - (?:type|label)$/i],
  ['nothing', /^(?:e-?mail.*(?:type|display name)|gender|priority|sensitivity|private|initials)$/i],
  [
    'email',
    /^(?:(?:primary|secondary|work|home|other|personal)[ _]?)?e-?mail(?:[ -]?address(?:es)?|[ -]?adresse| \d+:?(?: - value| address| ?adresse)?| - value)?$/i,
  ],
  ['email', /^(?:correo electrónico|adresse (?:e-?mail|de messagerie)|mail)$/i],
  [
    'phone',
    /^(?:(?:home|work|business|company|mobile|primary|other|car|cell)[ _]?)?(?:tele?phone|phone|mobile|cell)(?: number)?(?: \d+)?(?: - value)?$/i,
  ],
  ['phone', /^(?:mobile number|mobiltelefon|telefon(?: \(?(?:privat|geschäftlich)\)?)?|teléfono|téléphone)$/i],
  ['given', /^(?:first|given)[ _]?name$|^vorname$|^prénom$|^nombre$/i],
  ['middle', /^(?:middle|additional)[ _]?name$|^weitere vornamen$/i],
  ['family', /^(?:last|family)[ _]?name$|^(?:sur|nach)name$|^nom$|^apellidos$/i],
  ['before', /^(?:name )?prefix$|^title$|^anrede$/i],
  ['after', /^(?:name )?suffix$/i],
  ['name', /^(?:full[ _]?|display[ _]?)?name$/i],
  ['organization', /^(?:organi[sz]ation(?: \d+ - name| name)?|company|firma|société|empresa)$/i],
  ['note', /^(?:notes?|notizen|remarques|notas)$/i],
  ['groups', /^(?:labels|group membership|categories|groups|kategorien)$/i],
  ['picture', /^photo$/i],
];

const columnOf = (name: string): Column => ({
  name,
  meaning: meanings.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other',
});

function readRow(number: number, columns: Column[], cells: string[]): ReadCard | NotRead {
  const found = (meaning: Meaning) =>
    columns.flatMap((column, at) => {
      const text = cells[at] ?? '';
      // Google has several values in a cell, with this between them.
      const values = meaning === 'note' || meaning === 'other' ? [text] : text.split(' ::: ');
      return column.meaning === meaning
        ? values.filter(Boolean).map((value) => ({ column: column.name, at, value }))
        : [];
    });
  const wordsOf = (...wanted: Meaning[]) => wanted.flatMap((meaning) => found(meaning).map(({ value }) => value));
  // The kind stands in the column before, or in the name of the column itself.
  const kindOf = (at: number) =>
    `${columns[at - 1]?.meaning === 'kind' ? cells[at - 1] : ''} ${columns[at]?.name ?? ''}`;
  const card = makeCard(number, {
    name: wordsOf('name')[0] ?? wordsOf('before', 'given', 'middle', 'family', 'after').join(' '),
    organization: wordsOf('organization')[0] ?? '',
    emails: found('email').map(({ at, value }) => ({ kind: kindOf(at), email: value })),
    phones: found('phone').map(({ at, value }) => ({ kind: kindOf(at), number: value })),
    note: wordsOf('note').join('\n\n'),
    groups: wordsOf('groups')
      .flatMap((value) => value.split(';'))
      .map((group) => group.trim())
      .filter((group) => !/^\*|^mycontacts$/i.test(group)),
    others: found('other').map(({ column, value }): JcardProperty => [fieldName, { label: column }, 'text', value]),
  });
  const isEmpty = card.name === '' && card.organization === '' && card.emails.length === 0;
  if (!isEmpty) return { ...card, hasPicture: found('picture').length > 0 };
  const first = card.phones[0]?.number;
  return first === undefined
    ? { number, name: '', reason: card.hasBadAddress ? 'unreadable' : 'empty' }
    : { ...card, name: first };
}

import ICAL from 'ical.js';
import { makeCard, type NotRead, type ReadCard } from './card.ts';
import type { JcardProperty } from './jcard.ts';
import { type CardText, cardsOf } from './vcard-cards.ts';

/** The cards of a vCard file (RFC 6350, RFC 2426, and vCard 2.1 as Outlook writes it). */
export function* readVcards(file: string): Generator<ReadCard | NotRead> {
  for (const card of cardsOf(file)) yield readVcard(card);
}

/** What becomes fields of a contact, what says nothing of a person, and what is a picture or a sound. */
const understood = new Set(['version', 'fn', 'org', 'email', 'tel', 'note', 'categories', 'uid', 'kind', 'member']);
const ofThePrograms = new Set(['prodid', 'rev', 'x-ablabel', 'x-abshowas', 'x-abuid', 'source', 'clientpidmap']);
const pictures = new Set(['photo', 'logo', 'sound', 'key']);

function readVcard({ number, text }: CardText): ReadCard | NotRead {
  const properties = parse(text);
  if (properties === null) return { number, name: nameIn(text), reason: text === null ? 'tooLarge' : 'unreadable' };
  const all = (name: string) => properties.filter((property) => property[0] === name);
  const first = (name: string) => textOf(all(name)[0]);
  const labels = new Map(all('x-ablabel').map((property) => [String(property[1].group), textOf(property)]));
  // iCloud names the kinds of its own beside them: `item1.X-ABLabel`.
  const kindOf = (property: JcardProperty) =>
    [property[1].type ?? '', labels.get(String(property[1].group)) ?? ''].flat().join(' ');
  const isFirst = (property: JcardProperty) => property[1].pref === '1' || /\bpref\b/i.test(kindOf(property));
  const emails = all('email').sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)));
  const card = makeCard(number, {
    name: first('fn') || nameOfParts(all('n')[0]),
    organization: textOf(all('org')[0], ', '),
    emails: emails.map((property) => ({ kind: kindOf(property), email: textOf(property) })),
    phones: all('tel').map((property) => ({ kind: kindOf(property), number: textOf(property) })),
    note: all('note')
      .map((property) => textOf(property))
      .join('\n\n'),
    groups: all('categories')
      .flatMap((property) => property.slice(3).flat().map(String))
      .filter((group) => !/^(?:mycontacts|starred)$/i.test(group)),
    others: properties.filter(isKept).map(withoutGroup),
  });
  const isGroup = /^group$/i.test(first('kind') || first('x-addressbookserver-kind'));
  const members = [...all('member'), ...all('x-addressbookserver-member')].map((property) => bareUid(textOf(property)));
  const hasPicture = properties.some(([name]) => pictures.has(name));
  const uid = first('uid') === '' ? null : bareUid(first('uid'));
  const read: ReadCard = { ...card, uid, members: isGroup ? members : null, hasPicture };
  const isEmpty = read.name === '' && read.organization === '' && read.emails.length === 0;
  if (!isEmpty) return read;
  // A telephone number alone is a person too.
  const number1 = read.phones[0]?.number;
  return number1 === undefined ? { number, name: '', reason: 'empty' } : { ...read, name: number1 };
}

function parse(text: string | null): JcardProperty[] | null {
  if (text === null) return null;
  try {
    const [name, properties] = ICAL.parse(text) as unknown as [string, JcardProperty[]];
    return name === 'vcard' ? properties : null;
  } catch {
    // ical.js throws at the first line that it cannot read; which one, nobody could use.
    return null;
  }
}

function isKept([name]: JcardProperty): boolean {
  const isOfPrograms = ofThePrograms.has(name) || name.startsWith('x-addressbookserver-');
  return !understood.has(name) && !isOfPrograms && !pictures.has(name);
}

/** Of the group of lines that it stood in, nothing else is left. */
const withoutGroup = ([name, { group: _, ...parameters }, ...rest]: JcardProperty): JcardProperty =>
  [name, parameters, ...rest] as JcardProperty;

const textOf = (property: JcardProperty | undefined, joint = ' '): string =>
  (property?.slice(3) ?? [])
    .flat(2)
    .map((value) => String(value).trim())
    .filter((value) => value !== '')
    .join(joint);

/** Family; given; additional; before; after (RFC 6350 §6.2.2), as people say it. */
function nameOfParts(property: JcardProperty | undefined): string {
  const value = property?.[3];
  const [family, given, additional, before, after] = (Array.isArray(value) ? value : [value ?? '']).map((part) =>
    [part].flat().map(String).join(' ').trim(),
  );
  return [before, given, additional, family, after].filter((part) => part !== undefined && part !== '').join(' ');
}

const bareUid = (uid: string): string => uid.replace(/^urn:uuid:/i, '').toLowerCase();

/** For the report of a card that could not be read. */
const nameIn = (text: string | null): string =>
  /^FN[^:\n]*:(.{1,100})/im.exec(text ?? '')?.[1]?.replace(/\p{Cc}/gu, '') ?? '';

import type { StoredContact } from '../../store/contact.ts';
import { type JcardProperty, propertyLine } from './jcard.ts';

/** A contact as vCard 4.0 (RFC 6350), with what its card said besides. */
export function writeVcard({ id, name, organization, card, updatedAtMs }: StoredContact, groups: string[]): string {
  const fullName = name || organization || card.emails[0]?.email || '';
  const keptName = card.others.find((property) => (property as JcardProperty)[0] === 'n') as JcardProperty | undefined;
  const isSame = keptName !== undefined && wordsOf(keptName.slice(3).flat(2).join(' ')) === wordsOf(name);
  const parts: JcardProperty = isSame ? keptName : ['n', {}, 'text', splitName(name)];
  const properties: JcardProperty[] = [
    ['version', {}, 'text', '4.0'],
    ['uid', {}, 'text', id],
    ['fn', {}, 'text', fullName],
    parts,
    ...(organization === '' ? [] : [['org', {}, 'text', [organization]] as JcardProperty]),
    ...card.emails.map(
      ({ kind, email }, position): JcardProperty => [
        'email',
        { ...typeOf(kind), ...(position === 0 && card.emails.length > 1 ? { pref: '1' } : {}) },
        'text',
        email,
      ],
    ),
    ...card.phones.map(
      ({ kind, number }): JcardProperty => ['tel', kind === 'mobile' ? { type: 'cell' } : typeOf(kind), 'text', number],
    ),
    ...(card.note === '' ? [] : [['note', {}, 'text', card.note] as JcardProperty]),
    ...(groups.length === 0 ? [] : [['categories', {}, 'text', ...groups] as JcardProperty]),
    ...(card.others as JcardProperty[]).filter(([other]) => other !== 'n'),
    ['rev', {}, 'text', new Date(updatedAtMs).toISOString().replace(/[-:]|\.\d+/g, '')],
  ];
  const lines = properties.map(propertyLine);
  return ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');
}

const typeOf = (kind: string): Record<string, string> => (kind === 'other' ? {} : { type: kind });

/** A name as most write it: the last word is the family's. */
export function splitName(name: string): [family: string, given: string, ...rest: string[]] {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const family = words.length > 1 ? (words.pop() ?? '') : '';
  return [family, words.join(' '), '', '', ''];
}

const wordsOf = (text: string): string => text.split(/\s+/).filter(Boolean).sort().join(' ');

import { describe, expect, test } from 'vitest';
import type { NotRead, ReadCard } from './card.ts';
import { readCsv } from './csv-read.ts';
import { readVcards } from './vcard-read.ts';

const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');
const rows = async (file: string) => {
  const read: (ReadCard | NotRead)[] = [];
  for await (const one of readCsv(file)) read.push(one);
  return read;
};

describe('vCard', () => {
  test('as iCloud exports it: kinds by labels of its own, the preferred address first, pictures counted, a group of cards', () => {
    const file =
      card(
        'VERSION:3.0',
        'PRODID:-//Apple Inc.//iCloud Web Address Book//EN',
        'N:Lovelace;Ada;King;Lady;',
        'FN:Lady Ada King Lovelace',
        'ORG:Analytical;Engines;',
        'EMAIL;type=INTERNET;type=HOME:ada@home.example',
        'item1.EMAIL;type=INTERNET;type=pref:ada@engines.example',
        'item1.X-ABLabel:_$!<Work>!$_',
        'TEL;type=CELL;type=VOICE;type=pref:+44 20 1234',
        'item2.ADR;type=HOME:;;1 St James;London;;SW1;UK',
        'item2.X-ABADR:gb',
        'NOTE:one\\ntwo\\, three',
        'BDAY:1815-12-10',
        'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ',
        ' SkZJRg==',
        'UID:AB-1',
      ) +
      card('VERSION:3.0', 'FN:Engineers', 'X-ADDRESSBOOKSERVER-KIND:group', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:AB-1');
    const [ada, group] = readVcards(file);
    expect(ada).toMatchObject({
      number: 1,
      name: 'Lady Ada King Lovelace',
      organization: 'Analytical, Engines',
      emails: [
        { kind: 'work', email: 'ada@engines.example' },
        { kind: 'home', email: 'ada@home.example' },
      ],
      phones: [{ kind: 'mobile', number: '+44 20 1234' }],
      note: 'one\ntwo, three',
      uid: 'ab-1',
      members: null,
      hasPicture: true,
      hasBadAddress: false,
    });
    expect((ada as ReadCard).others.map(([name]) => name)).toEqual(['n', 'adr', 'x-abadr', 'bday']);
    expect(group).toMatchObject({ number: 2, name: 'Engineers', members: ['ab-1'] });
  });

  test('as Google exports it, and in version 4.0', () => {
    const [first, second] = readVcards(
      card('VERSION:3.0', 'FN:Jo', 'N:;Jo;;;', 'EMAIL;TYPE=INTERNET:jo@x.org', 'CATEGORIES:myContacts,Choir') +
        card(
          'VERSION:4.0',
          'FN:Zoé',
          'EMAIL;PREF=2:b@x.org',
          'EMAIL;PREF=1;TYPE=work:a@x.org',
          'TEL;VALUE=uri;TYPE="voice,home":tel:+49-1',
        ),
    );
    expect(first).toMatchObject({ name: 'Jo', groups: ['Choir'], emails: [{ email: 'jo@x.org' }] });
    expect(second).toMatchObject({
      name: 'Zoé',
      emails: [
        { kind: 'work', email: 'a@x.org' },
        { kind: 'other', email: 'b@x.org' },
      ],
      phones: [{ kind: 'home', number: '+49-1' }],
    });
  });

  test('as Outlook exports it: version 2.1, quoted-printable in a charset of its own, types without a name', () => {
    const [read] = readVcards(
      card(
        'VERSION:2.1',
        'N;LANGUAGE=de;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg',
        'FN;CHARSET=Windows-1252;QUOTED-PRINTABLE:J=F6rg M=FCller',
        'ORG:Firma, GmbH',
        'TEL;WORK;VOICE:+49 (30) 1',
        'NOTE;ENCODING=QUOTED-PRINTABLE:first=0D=0Asecond =',
        'goes on',
        'EMAIL;PREF;INTERNET:joerg@firma.example',
      ),
    );
    expect(read).toMatchObject({
      name: 'Jörg Müller',
      organization: 'Firma, GmbH',
      phones: [{ kind: 'work', number: '+49 (30) 1' }],
      note: 'first\nsecond goes on',
      emails: [{ email: 'joerg@firma.example' }],
    });
  });

  test('a card that cannot be read spoils no other, and each is told by its number', () => {
    const read = [
      ...readVcards(
        `${card('VERSION:3.0', 'FN:Good One')}${card('VERSION:3.0', 'FN:Broken', 'no colon here')}${card('VERSION:3.0', 'FN:')}` +
          `${card('VERSION:3.0', 'FN:Two', 'EMAIL:not an address', 'EMAIL:evil@x.org\\nBcc: y@x.org', 'EMAIL:two@x.org')}` +
          `${card('VERSION:3.0', 'TEL:112')}BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cut off`,
      ),
    ];
    expect(read.map((one) => ('reason' in one ? [one.number, one.reason] : [one.number, one.name]))).toEqual([
      [1, 'Good One'],
      [2, 'unreadable'],
      [3, 'empty'],
      [4, 'Two'],
      [5, '112'],
      [6, 'tooLarge'],
    ]);
    expect(read[1]).toMatchObject({ name: 'Broken' });
    expect(read[3]).toMatchObject({ emails: [{ email: 'two@x.org' }], hasBadAddress: true });
  });

  test('what is longer than a contact may be is cut, and no control character stays in a name', () => {
    const [read] = readVcards(card('VERSION:3.0', `FN:A\\nB\u0007${'x'.repeat(900)}`, `X-LONG:${'y'.repeat(30_000)}`));
    expect(read).toMatchObject({ name: `A B ${'x'.repeat(296)}`, others: [] });
  });
});

describe('CSV', () => {
  test('as Google exports it, several values in a cell', async () => {
    const file =
      'First Name,Middle Name,Last Name,Organization Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value\r\n' +
      'Ada,,Lovelace,Engines,1815-12-10,"two\nlines",Choir ::: * myContacts,* Work,ada@work.example ::: ada2@work.example,Home,ada@home.example,Mobile,+44 1\r\n';
    expect(await rows(file)).toMatchObject([
      {
        number: 2,
        name: 'Ada Lovelace',
        organization: 'Engines',
        note: 'two\nlines',
        groups: ['Choir'],
        emails: [
          { kind: 'work', email: 'ada@work.example' },
          { kind: 'work', email: 'ada2@work.example' },
          { kind: 'home', email: 'ada@home.example' },
        ],
        phones: [{ kind: 'mobile', number: '+44 1' }],
        others: [['x-posthorn-field', { label: 'Birthday' }, 'text', '1815-12-10']],
      },
    ]);
  });

  test('as older Google, Outlook, Outlook in German with semicolons, and Thunderbird write it', async () => {
    const google =
      'Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value\nBo B,Bo,B,* myContacts ::: Crew,* Home,bo@x.org,Work,1';
    const outlook =
      'First Name,Last Name,Company,Categories,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,Business Phone,Mobile Phone,Gender\nBo,B,Firm,Crew;Old,bo@x.org,SMTP,Bo B (bo@x.org),bo2@x.org,1,2,Unspecified';
    const german = 'Vorname;Nachname;Firma;E-Mail-Adresse;E-Mail 2: Adresse;Mobiltelefon\nJörg;Müller;Firma;j@x.org;;3';
    const thunderbird =
      'First Name\tLast Name\tDisplay Name\tPrimary Email\tSecondary Email\tWork Phone\tOrganization\nBo\tB\tBo B\tbo@x.org\tbo2@x.org\t1\tFirm';
    const read = await Promise.all([google, outlook, german, thunderbird].map(rows));
    const [a, b, c, d] = read.map(([first]) => first);
    expect(a).toMatchObject({
      name: 'Bo B',
      groups: ['Crew'],
      emails: [{ kind: 'home', email: 'bo@x.org' }],
      phones: [{ kind: 'work', number: '1' }],
    });
    expect(b).toMatchObject({
      name: 'Bo B',
      organization: 'Firm',
      groups: ['Crew', 'Old'],
      emails: [{ email: 'bo@x.org' }, { email: 'bo2@x.org' }],
      phones: [{ kind: 'work' }, { kind: 'mobile', number: '2' }],
      others: [],
    });
    expect(c).toMatchObject({
      name: 'Jörg Müller',
      organization: 'Firma',
      emails: [{ email: 'j@x.org' }],
      phones: [{ kind: 'mobile', number: '3' }],
    });
    expect(d).toMatchObject({
      name: 'Bo B',
      emails: [{ email: 'bo@x.org' }, { email: 'bo2@x.org' }],
      phones: [{ kind: 'work' }],
    });
  });

  test('rows that hold nobody are told by their number in the file, rows of another length are read', async () => {
    const read = await rows('Name,E-mail\nBo,bo@x.org,more\n,\n,not an address\nEd\n"Cut, ed@x.org');
    expect(read.map((one) => ('reason' in one ? [one.number, one.reason] : [one.number, one.name]))).toEqual([
      [2, 'Bo'],
      [3, 'empty'],
      [4, 'unreadable'],
      [5, 'Ed'],
      [6, 'unreadable'],
    ]);
  });

  test('a row longer than any contact is told, and those behind it are read', async () => {
    const read = await rows(`Name,E-mail\nBo,bo@x.org\nLong,${'x'.repeat(300_000)}\nEd,ed@x.org\n`);
    expect(read.map((one) => [one.number, one.name, 'reason' in one])).toEqual([
      [2, 'Bo', false],
      [3, '', true],
      [4, 'Ed', false],
    ]);
  });

  test('a file that is no list of people gives nobody', async () => {
    for (const file of ['', '\0\0\0', '<html><body>no</body></html>', '{"a":[1,2]}'])
      expect(
        (await rows(file)).filter((one) => !('reason' in one)),
        file,
      ).toEqual([]);
  });
});

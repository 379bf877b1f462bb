import { pdf } from '../files/pdf.ts';
import type { Flag, SampleMail } from '../mail.ts';
import type { Random } from '../random.ts';
import * as cast from './cast.ts';
import { notes } from './notes.ts';

type Made = Pick<SampleMail, 'from' | 'subject'> & Partial<SampleMail>;

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Gives mail that comes again and again: builds, school, club, tickets, notes of colleagues. It does not repeat itself soon. */
export function createRoutine(
  random: Random,
  from: 'everybody' | 'people' = 'everybody',
): (number: number, at: Date) => SampleMail {
  const recent: string[] = [];
  const makers =
    from === 'people' ? [note] : [build, build, note, note, note, note, note, schoolNote, club, ticket, list, list];
  return (number, at) => {
    const mail = freshest(number, at, random, recent, makers);
    recent.unshift(mail.subject);
    recent.length = Math.min(recent.length, 40);
    return mail;
  };
}

/** The letters of a month that come on a day of their own: the statement on the first, the electricity on the ninth. */
export function monthly(now: Date, count: number, random: Random): SampleMail[] {
  return Array.from({ length: count }, (_, back) => {
    const month = (dayOfMonth: number, hour: number) =>
      new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, dayOfMonth, hour, 12));
    const made = [
      { receivedAt: month(1, 5), ...statement(month(0, 5)) },
      { receivedAt: month(9, 6), ...bill(back, month(9, 6), random) },
    ];
    return made.map((mail): SampleMail => ({ to: [cast.ines], flags: ['S'], ...mail }));
  })
    .flat()
    .filter((mail) => mail.receivedAt < now);
}

type Maker = (number: number, at: Date, random: Random) => Made;

function freshest(number: number, at: Date, random: Random, recent: string[], makers: Maker[]): SampleMail {
  for (let attempt = 0; ; attempt += 1) {
    const make = random.pick(makers);
    const made = make(number, at, random);
    if (recent.includes(made.subject) && attempt < 8) continue;
    const byPerson = make === note;
    const answered = byPerson && random.chance(0.4);
    const flags: Flag[] = random.chance(0.06) ? ['S', 'F'] : answered ? ['S', 'R'] : ['S'];
    return { to: [cast.ines], flags, receivedAt: byPerson ? byDay(at) : at, ...made };
  }
}

/** People write by day: what would come at night comes nine hours earlier. */
function byDay(at: Date): Date {
  return at.getUTCHours() < 6 ? new Date(at.getTime() - 9 * 3_600_000) : at;
}

function build(number: number, _at: Date, random: Random): Made {
  const project = random.pick(['gauge-firmware', 'tide-tables', 'ferry-board', 'mooring-map']);
  const branch = random.pick(['main', 'main', 'winter-time', 'fix/sleepy-logger', 'green-railing']);
  const passed = random.chance(0.75);
  const tests = random.int(180, 412);
  const failed = random.int(1, 4);
  return {
    from: cast.builds,
    subject: `[${project}] ${passed ? 'Passed' : 'Failed'}: ${branch} #${2_400 - number}`,
    text: `${project} · ${branch} · build ${2_400 - number}

${passed ? `All ${tests} tests passed` : `${failed} of ${tests} tests failed`} in ${random.int(1, 6)} min ${random.int(10, 59)} s.
${passed ? '' : '\nFirst failure:\n  keeps counting when the beam crosses the cell\n  expected 144 readings, got 143\n'}
https://pontoon-ci.example/${project}/${2_400 - number}`,
    headers: { 'List-Id': `${project} builds <${project}.pontoon-ci.example>`, 'Auto-Submitted': 'auto-generated' },
  };
}

function note(_number: number, _at: Date, random: Random): Made {
  const [from, subject, text] = random.pick(notes);
  const ending = random.pick([
    '',
    '\n\nNo hurry.',
    '\n\nMore when I see you.',
    '\n\nPlease say yes or no by Friday.',
    '\n\nThe rest can wait.',
  ]);
  return { from, subject, text: `Ines,\n\n${text}${ending}\n\n${from.name.split(' ')[0]}` };
}

function bill(number: number, at: Date, random: Random): Made {
  const month = months[at.getUTCMonth()] ?? '';
  const amount = (random.int(3_100, 9_900) / 100).toFixed(2);
  const name = `skerry-${at.getUTCFullYear()}-${String(at.getUTCMonth() + 1).padStart(2, '0')}.pdf`;
  return {
    from: cast.power,
    subject: `Your electricity for ${month}: ${amount} EUR`,
    text: `Hello Ines Lindqvist,\n\nyour invoice for ${month} is attached. ${amount} EUR will be taken from your account on the tenth.\n\n${random.int(50, 96)} % of it was wind, the rest was other people's wind.\n\nSkerry Energy`,
    attachments: [
      {
        filename: name,
        content: pdf('Skerry Energy', [`Invoice ${40_000 - number}`, month, `${amount} EUR`]),
        contentType: 'application/pdf',
      },
    ],
  };
}

function schoolNote(_number: number, _at: Date, random: Random): Made {
  const [subject, text] = random.pick([
    [
      'Boat trip of class 4',
      'The children need wool, waterproofs and something to eat that is not only biscuits. We leave at eight, whatever the sky says.',
    ],
    ['Lost property', 'Eleven left mittens have gathered on the shelf. If you own the right ones, please come.'],
    ['Swimming on Mondays', 'The pool is warm again. Towels, please; last week we dried nine children with a curtain.'],
    ['Parents’ evening', 'Chairs are small, talks are short. The list of times hangs at the door.'],
    ['Library day', 'Every child may bring one book that nobody at home wants to read aloud again.'],
  ] as const);
  return {
    from: cast.school,
    subject,
    text: `Dear parents,\n\n${text}\n\nWith kind regards\nThe office, Saltwind School`,
  };
}

function club(_number: number, _at: Date, random: Random): Made {
  const [subject, text] = random.pick([
    ['Crews for Saturday', 'Boat one: Ines, Tomas, Farid, Lotte. Boat two: whoever comes. Cox: the loudest.'],
    ['The oars are back', 'Sanded, oiled, and painted at the tips. Please do not use them to push off from the swans.'],
    [
      'Club supper',
      'Pea soup, pancakes, and the film of last year’s regatta, in which we can be seen for almost a second.',
    ],
    ['Wind warning', 'Six from the west after noon. We stay in and mend things.'],
  ] as const);
  return {
    from: cast.rowing,
    subject: `[crew] ${subject}`,
    text: `${text}\n\n-- \nSkarholm Rowing Club\nhttps://skarholmrowing.example`,
    headers: {
      'List-Id': 'Skarholm Rowing Club <crew.skarholmrowing.example>',
      'List-Post': '<mailto:crew@skarholmrowing.example>',
    },
  };
}

function ticket(number: number, at: Date, random: Random): Made {
  const from = random.pick([cast.ferries, cast.trains]);
  const place = random.pick(['Outer Skerries', 'Port Alder', 'Wien', 'Gull Island', 'Hamnvik', 'Lisboa']);
  const code = `${String.fromCharCode(65 + (number % 26))}${random.int(10_000, 99_999)}`;
  return {
    from,
    subject: `Your booking ${code}: ${place}`,
    html: `<div style="font:15px/22px Arial,sans-serif;color:#222;max-width:520px"><h2 style="color:#0b4a6f;margin:0 0 8px">${place}</h2><p>Thank you, Ines. Your booking is <b>${code}</b>.</p><table cellpadding="8" style="border-collapse:collapse;border:1px solid #cdd8df"><tr style="background:#eef4f7"><th align="left">Leaves</th><th align="left">From</th><th align="left">Seat</th></tr><tr><td>${at.toISOString().slice(0, 10)} 08:15</td><td>Skarholm, pier 2</td><td>${random.int(1, 40)} B</td></tr></table><p><a href="https://${from.address.split('@')[1]}/b/${code}">Change or cancel</a></p></div>`,
    text: `${place}\n\nThank you, Ines. Your booking is ${code}.\nLeaves ${at.toISOString().slice(0, 10)} 08:15 from Skarholm, pier 2.`,
  };
}

function list(_number: number, _at: Date, random: Random): Made {
  const from = random.pick([
    cast.farid,
    cast.priya,
    { name: 'Lotte Vesterby', address: 'lotte@estuary.example' },
    { name: 'Caspar Holm', address: 'caspar@estuary.example' },
  ]);
  const subject = random.pick([
    'Datum of the old tide boards',
    'Barnacles on the float',
    'How do you log a surge?',
    'Battery at minus ten',
    'Harmonics of a small harbour',
    'Paint that keeps gulls off',
  ]);
  const isReply = random.chance(0.6);
  return {
    from,
    subject: `[tidegauge] ${isReply ? 'Re: ' : ''}${subject}`,
    // What began the matter came before Ines joined the list.
    ...(isReply && { references: [`${subject.replace(/\W+/g, '-').toLowerCase()}@lists.estuary.example`] }),
    text: `${random.pick(['We had the same at the pier.', 'It depends on what you call mean.', 'I measured it twice and trust neither.', 'The manual is wrong here, page 31.'])} ${random.pick(['A longer tube helped.', 'In the end it was a snail.', 'I can send the readings.', 'Has anyone tried copper?'])}\n\n${from.name.split(' ')[0]}\n_______________________________________________\ntidegauge mailing list\nhttps://lists.estuary.example/tidegauge`,
    headers: {
      'List-Id': 'People who measure tides <tidegauge.lists.estuary.example>',
      'List-Post': '<mailto:tidegauge@lists.estuary.example>',
      'List-Unsubscribe': '<mailto:tidegauge-leave@lists.estuary.example>',
    },
  };
}

function statement(at: Date): Made {
  const month = months[at.getUTCMonth()] ?? '';
  return {
    from: cast.bank,
    subject: `Your statement for ${month} is ready`,
    text: `Dear Ines Lindqvist,\n\nyour statement for ${month} is in your letter box at Harbour Mutual. ${12 + ((at.getUTCMonth() * 7) % 31)} entries, none of them odd.\n\nWe never ask for your password by mail.\n\nHarbour Mutual`,
  };
}

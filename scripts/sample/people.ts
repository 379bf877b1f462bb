import { composeAll } from './compose-all.ts';
import * as cast from './content/cast.ts';
import { junk } from './content/junk.ts';
import { letters } from './content/letters.ts';
import { newsletter } from './content/newsletters.ts';
import { occasions } from './content/occasions.ts';
import { oldLists } from './content/old-lists.ts';
import { createRoutine, monthly } from './content/routine.ts';
import { conversations } from './content/threads.ts';
import { world } from './content/world.ts';
import type { Person, SampleFolder, SampleMail } from './mail.ts';
import type { StoredMail } from './maildir.ts';
import { createRandom } from './random.ts';

/** A sign-in of the sample servers, with all of its mail. */
export interface SamplePerson {
  username: string;
  password: string;
  protocol: 'imap' | 'pop3';
  folders(): Promise<{ path: string; mails: StoredMail[] }[]>;
}

export interface SampleSize {
  /** Messages of "Archive/Old lists". */
  oldLists: number;
  /** Messages that come again and again, in the inbox. */
  routine: number;
}

const day = 86_400_000;

/** The three people of the demo. Dates are relative to `now`; everything else is always the same. */
export function samplePeople(now: Date, size: SampleSize = { oldLists: 20_000, routine: 520 }): SamplePerson[] {
  return [
    {
      username: cast.ines.address,
      password: 'harbour',
      protocol: 'imap',
      folders: async () => [
        ...(await composeAll(folders(now, size))),
        { path: 'Archive/Old lists', mails: oldLists(size.oldLists, now, cast.ines.address) },
      ],
    },
    { username: cast.tomas.address, password: 'lantern', protocol: 'imap', folders: () => composeAll(smaller(now)) },
    { username: cast.old.address, password: 'boathouse', protocol: 'pop3', folders: () => composeAll(pop(now)) },
  ];
}

function folders(now: Date, size: SampleSize): SampleFolder[] {
  const random = createRandom(7);
  return [
    {
      path: 'INBOX',
      mails: [
        ...letters(now),
        ...world(now),
        ...occasions(now),
        ...stream(now, size.routine, random),
        ...monthly(now, 14, random),
      ],
    },
    ...conversations(now),
    { path: 'Sent', mails: again(140, now, 1.4, random, 'people').map(answered) },
    { path: 'Drafts', mails: drafts(now) },
    { path: 'Archive', mails: again(60, now, 6, random) },
    { path: 'Archive/2026', mails: again(260, now, 1.2, random) },
    {
      path: 'Junk',
      mails: Array.from({ length: 41 }, (_, index) => junk(new Date(now.getTime() - index * 0.6 * day), random)),
    },
    { path: 'Trash', mails: again(34, now, 0.8, random) },
    {
      path: 'Projects/Ferry terminal',
      mails: again(90, now, 3, random).map((mail) => ({ ...mail, keywords: ['Project'] })),
    },
    { path: 'Projects/Pump house', mails: again(22, now, 9, random) },
    {
      path: 'Lists/Tidal History',
      mails: Array.from({ length: 48 }, (_, index) =>
        newsletter(index * 5, new Date(now.getTime() - (index * 14 + 2) * day)),
      ),
    },
    { path: '100% done', mails: again(18, now, 11, random) },
    { path: 'Ünïcode ✓', mails: world(new Date(now.getTime() - 90 * day)) },
  ];
}

/** The inbox's routine, thinner the older it is, with a newsletter now and then. */
function stream(now: Date, count: number, random: ReturnType<typeof createRandom>): SampleMail[] {
  const routine = createRoutine(random);
  let hours = 2;
  return Array.from({ length: count }, (_, index) => {
    hours += random.int(1, 6) + index * 0.09;
    const at = new Date(now.getTime() - hours * 3_600_000 - random.int(0, 3_500) * 1_000);
    const mail = index % 9 === 4 ? newsletter(Math.floor(index / 9), at) : routine(index, at);
    return index < 14 && random.chance(0.45) ? { ...mail, flags: [] } : mail;
  });
}

function again(
  count: number,
  now: Date,
  everyDays: number,
  random: ReturnType<typeof createRandom>,
  from: 'everybody' | 'people' = 'everybody',
): SampleMail[] {
  const routine = createRoutine(random, from);
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(now.getTime() - (index + 1 + random.next()) * everyDays * day);
    return routine(600 + index, at);
  });
}

function answered(mail: SampleMail): SampleMail {
  const replies = [
    'Thank you, that helps.',
    'Agreed. I shall tell the others.',
    'Yes, gladly. Thursday is good.',
    'Not before the tide tables are out, I am afraid.',
  ];
  const text = replies[mail.receivedAt.getTime() % replies.length] ?? '';
  const { from, subject, receivedAt } = mail;
  return {
    from: cast.ines,
    to: [from],
    subject: `Re: ${subject.replace(/^Re: /, '')}`,
    text: `${text}\n\nInes`,
    receivedAt,
    flags: ['S'],
  };
}

function drafts(now: Date): SampleMail[] {
  const draft = (hoursAgo: number, to: Person, subject: string, text: string): SampleMail => ({
    from: cast.ines,
    to: [to],
    subject,
    text,
    receivedAt: new Date(now.getTime() - hoursAgo * 3_600_000),
    flags: ['D', 'S'],
  });
  return [
    draft(
      2.5,
      cast.marta,
      'Re: The harbour drawings, third round',
      'Dear Marta,\n\nyes to the stairs, and yes to the green, if',
    ),
    draft(70, cast.beatriz, 'Visita em abril?', 'Querida Beatriz,\n\n'),
  ];
}

function smaller(now: Date): SampleFolder[] {
  const random = createRandom(11);
  const mine = (mail: SampleMail): SampleMail => ({ ...mail, to: [cast.tomas] });
  const greeting = (mail: SampleMail): SampleMail =>
    mail.text === undefined ? mail : { ...mail, text: mail.text.replace(/\bInes\b/g, 'Tomas') };
  return [
    { path: 'INBOX', mails: stream(now, 60, random).map(mine).map(greeting) },
    {
      path: 'Sent',
      mails: again(12, now, 3, random, 'people')
        .map(answered)
        .map((mail) => ({ ...mail, from: cast.tomas, text: 'Thank you!\n\nTomas' })),
    },
    { path: 'Boats', mails: again(15, now, 5, random).map(mine).map(greeting) },
  ];
}

function pop(now: Date): SampleFolder[] {
  const random = createRandom(13);
  const before = new Date(now.getTime() - 6 * 3_600_000);
  const mails = [...stream(before, 150, random), ...world(before), ...letters(before)].slice(0, 180);
  return [{ path: 'INBOX', mails: mails.map((mail) => (mail.raw ? mail : { ...mail, to: [cast.old] })) }];
}

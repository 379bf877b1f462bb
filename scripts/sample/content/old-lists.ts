import type { Flag } from '../mail.ts';
import type { StoredMail } from '../maildir.ts';
import { createRandom, type Random } from '../random.ts';

const writers = [
  'Lotte Vesterby',
  'Caspar Holm',
  'Farid Rahimi',
  'Priya Raman',
  'Dag Ullern',
  'Mirela Stan',
  'Yusuf Kaya',
  'Eleni Vassos',
  'Tuomas Salo',
  'Grace Adeyemi',
  'Ravi Menon',
  'Ingrid Solheim',
  'Pavel Havran',
  'Chloe Martin',
  'Owen Pryce',
  'Sunniva Lie',
];
const things = [
  'tide board',
  'float gauge',
  'pressure cell',
  'mooring ring',
  'sluice gate',
  'harbour light',
  'fog bell',
  'sea wall',
  'pilot ladder',
  'mud berth',
  'chart datum',
  'spring tide',
  'storm surge',
  'slipway',
  'lock chamber',
  'buoy chain',
];
const asks = [
  'Who still has a',
  'Drawings of the',
  'Painting the',
  'Strange readings at the',
  'Insurance for the',
  'History of the',
  'A photograph of the',
  'Moving the',
  'Ice around the',
  'Money for the',
];
const places = [
  'Skarholm',
  'Hamnvik',
  'Port Alder',
  'Gull Island',
  'the outer skerries',
  'the tide mill',
  'the customs house',
  'pier 2',
];
const sentences = [
  'We tried that in the winter of the big ice and would not do it again.',
  'My grandfather kept a book about it, in pencil, from 1921 to 1958.',
  'The harbour master of the time said no, twice, and then it was built.',
  'I measured from the brass plate, not from the painted line, because the line has moved.',
  'If somebody has a boat on Sunday I can show the place.',
  'There is a drawing in the library, third drawer, under the theatre bills.',
  'It held for forty years, so I would not be too clever now.',
  'The gulls have opinions about this too.',
  'Please note the time in UTC, or we shall argue about it again in October.',
  'A bucket, a rope and patience gave a better value than the instrument.',
];

/** `count` messages of old mailing lists over eleven years, newest last; written by template because there are so many. */
export function oldLists(count: number, now: Date, recipient: string): StoredMail[] {
  const random = createRandom(1_904);
  const start = now.getTime() - 11 * 365 * 86_400_000;
  const step = (now.getTime() - 45 * 86_400_000 - start) / count;
  const threads: { subject: string; root: string; last: string }[] = [];
  return Array.from({ length: count }, (_, index) => {
    const receivedAt = new Date(start + index * step + random.int(0, Math.floor(step * 0.8)));
    const id = `${index.toString(36)}.${receivedAt.getTime().toString(36)}@lists.estuary.example`;
    const open = random.chance(0.66) ? threads.at(-1 - random.int(0, Math.min(11, threads.length - 1))) : undefined;
    const thread = open ?? {
      subject: `${random.pick(asks)} ${random.pick(things)} at ${random.pick(places)}`,
      root: id,
      last: id,
    };
    const bytes = Buffer.from(letter(random, { id, receivedAt, recipient, thread, isReply: open !== undefined }));
    if (open === undefined) threads.push(thread);
    thread.last = id;
    const flags: Flag[] = index > count - 40 && random.chance(0.4) ? [] : random.chance(0.02) ? ['F', 'S'] : ['S'];
    return { bytes, receivedAt, flags };
  });
}

interface Letter {
  id: string;
  receivedAt: Date;
  recipient: string;
  thread: { subject: string; root: string; last: string };
  isReply: boolean;
}

function letter(random: Random, { id, receivedAt, recipient, thread, isReply }: Letter): string {
  const name = random.pick(writers);
  const address = `${name.toLowerCase().replace(/\s/g, '.')}@estuary.example`;
  const body = Array.from({ length: random.int(2, 5) }, () => random.pick(sentences)).join(' ');
  const quote = isReply ? `\r\n\r\n> ${random.pick(sentences)}` : '';
  const references = isReply
    ? `In-Reply-To: <${thread.last}>\r\nReferences: <${thread.root}>${thread.root === thread.last ? '' : ` <${thread.last}>`}\r\n`
    : '';
  return `From: ${name} <${address}>\r
To: tidegauge@lists.estuary.example\r
Delivered-To: ${recipient}\r
Subject: [tidegauge] ${isReply ? 'Re: ' : ''}${thread.subject}\r
Date: ${receivedAt.toUTCString().replace('GMT', '+0000')}\r
Message-ID: <${id}>\r
${references}List-Id: People who measure tides <tidegauge.lists.estuary.example>\r
List-Unsubscribe: <mailto:tidegauge-leave@lists.estuary.example>\r
MIME-Version: 1.0\r
Content-Type: text/plain; charset=utf-8\r
Content-Transfer-Encoding: 8bit\r
\r
${body}${quote}\r
\r
${name.split(' ')[0]}\r
`;
}

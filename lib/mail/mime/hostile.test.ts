import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { MailError } from '../errors.ts';
import { processorMs } from '../testing/held.ts';
import { chooseBodies, hasAttachment } from './choose.ts';
import { parseHeaders } from './headers.ts';
import { openPartOf } from './open-part.ts';
import { previewOf } from './preview.ts';
import { readMessage } from './read-message.ts';

/** Mails mutated at random, the same ones in every run: nothing but MailError may come out, and in good time. */

const seeds = [
  [
    'From: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= <a@example.org>, "x, y" (z) <b@example.org>',
    'To: team: c@example.org, d@example.org;, undisclosed-recipients:;',
    'Subject: =?iso-2022-jp?B?GyRCOzMbKEI=?= =?x?Q?_?=',
    'Date: Mon, 23 Nov 2026 08:00:00 +0100 (CET)',
    'List-Unsubscribe: <mailto:a@b>, <https://example.org>',
    'Content-Type: multipart/mixed; boundary="a b"; x*0*=utf-8\'\'%C3; x*1=y',
    '',
    '--a b',
    'Content-Type: multipart/alternative; boundary=c',
    '',
    '--c',
    'Content-Type: text/plain; charset=iso-2022-jp; format=flowed',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '=1B$B;3=1B(B =',
    '> quoted \0 =FF',
    '--c',
    'Content-Type: text/html; charset=utf-16',
    'Content-Transfer-Encoding: base64',
    '',
    'PABwAD4A4gCsAA==',
    '--c--',
    '--a b',
    "Content-Type: message/rfc822; name*=koi8-r''%D0%D2",
    'Content-Disposition: attachment; filename="=?utf-8?B?w6k=?="',
    '',
    'Subject: x',
    '',
    'y',
    '--a b--',
  ].join('\r\n'),
  'Subject: hello\n\n> a\n\nOn Monday, x wrote:\n> b\n-- \nme\n',
];
const pieces = [
  ...[
    '\r',
    '\n',
    '\r\n',
    '\0',
    '\xff',
    '\x80',
    '\x1b$B',
    '"',
    '(',
    ')',
    '<',
    '>',
    ';',
    ':',
    ',',
    '=',
    '=?',
    '?=',
    '--',
    '--c',
    '--a b--',
  ],
  ...[
    '=?utf-8?B?',
    '%',
    '*',
    "''",
    '{',
    '\\',
    ' ',
    '\t',
    'boundary=',
    'charset=utf-7',
    'base64',
    'multipart/digest',
    '<!--',
    '&#x',
  ],
];

function createRandom(start: number) {
  let state = start;
  /** A whole number below `limit` (mulberry32). */
  return (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

function mutate(text: string, random: (limit: number) => number): string {
  let out = text;
  for (let times = 1 + random(8); times > 0; times--) {
    const at = random(out.length + 1);
    const length = random(4) === 0 ? random(200) : random(4);
    const piece = random(5) === 0 ? out.slice(at, at + random(300)) : (pieces[random(pieces.length)] ?? '');
    const repeated = random(20) === 0 ? piece.repeat(random(400)) : piece;
    out = (out.slice(0, at) + repeated + out.slice(at + length)).slice(0, 60_000);
  }
  return out;
}

it.each([1, 2, 3, 4])('250 mutated mails of series %i are read, each in good time', async (series) => {
  const random = createRandom(series);
  let text = '';
  for (let round = 0; round < 250; round++) {
    text = mutate(round % 20 === 0 ? (seeds[random(seeds.length)] ?? '') : text, random);
    const bytes = Buffer.from(text, 'latin1');
    const started = process.cpuUsage();
    await readAll(bytes).catch((error: unknown) => {
      throw new Error(`series ${series}, round ${round}: ${JSON.stringify(text)}`, { cause: error });
    });
    expect(processorMs(started), `series ${series}, round ${round}`).toBeLessThan(3_000);
  }
});

async function readAll(bytes: Buffer): Promise<void> {
  const read = await readMessage(bytes);
  expect(parseHeaders(bytes).subject).toBe(read.headers.subject);
  expect(chooseBodies(read.root).textBody).toHaveLength(read.textBody.length);
  hasAttachment(read.root);
  for (const { text, type } of [...read.textBody, ...read.htmlBody]) {
    expect(text).not.toContain('\0');
    expect(previewOf(text, type).length).toBeLessThanOrEqual(200);
  }
  for (const { partId, name } of read.attachments.slice(0, 5)) {
    expect(name ?? '').not.toMatch(/[\0\r\n]/);
    await buffer((await openPartOf(bytes, partId)).stream);
  }
  await openPartOf(bytes, '0').then(
    () => expect.unreachable(),
    (error: unknown) => expect(error).toBeInstanceOf(MailError),
  );
}

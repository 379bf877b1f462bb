import { login, names } from './mailbox.ts';

/** Of a hundred messages of `mixedMessage`; sizes run evenly over the orders of magnitude between their ends. */
const plainOfHundred = 45;
const newslettersOfHundred = 45;
const newsletterBytes = [20_000, 80_000] as const;
const attachmentBytes = [100_000, 1_000_000] as const;

/**
 * A message as mailboxes hold them, always the same for an index: plain answers of 2 to 5 kB, HTML newsletters of 20 to
 * 80 kB (half of them with a plain text beside it), and some with a file of 100 kB to 1 MB; about 60 kB on average.
 */
export function mixedMessage(index: number, date: Date): Buffer {
  const chance = createChance(index);
  const kind = chance() * 100;
  if (kind < plainOfHundred) return plainAnswer(index, date, chance);
  if (kind < plainOfHundred + newslettersOfHundred) return newsletter(index, date, chance);
  return withFile(index, date, chance);
}

type Chance = () => number;

/** Mulberry32: numbers in [0, 1) that are the same in every run. */
function createChance(seed: number): Chance {
  let state = (seed + 1) * 0x9e3779b1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const between = (chance: Chance, [from, to]: readonly [number, number]): number => from * (to / from) ** chance();

const syllables =
  'ba be bo da de di ka ke ko la le li lo ma me mi na ne no pa pe ra re ri ro sa se ta te ti to va ve'.split(' ');
/** Words by how often they are used, as in a language: the second half as often as the first, of 20,000. */
const words = Array.from({ length: 20_000 }, (_, index) => {
  let word = syllables[index % syllables.length] ?? '';
  for (let rest = Math.floor(index / syllables.length) + 1; rest > 0; rest = Math.floor(rest / syllables.length))
    word += syllables[rest % syllables.length];
  return word;
});

const wordOf = (chance: Chance): string => words[Math.floor(words.length ** chance()) - 1] ?? '';
const sentence = (chance: Chance, length: number): string =>
  `${Array.from({ length }, () => wordOf(chance)).join(' ')}.`;
const code = (chance: Chance, length: number): string =>
  Array.from({ length }, () => Math.floor(chance() * 36).toString(36)).join('');

/** What servers put in front: where it came through, and that it was signed. */
function header(index: number, date: Date, chance: Chance, own: string[]): string {
  const name = names[Math.floor(chance() * names.length)] ?? '';
  const domain = `${wordOf(chance)}.example`;
  return [
    'Return-Path: <sender@quay.example>',
    ...Array.from({ length: 4 }, (_, hop) =>
      [
        `Received: from mx${hop}.${domain} (mx${hop}.${domain} [192.0.2.${hop}])`,
        `\tby mail${hop}.quay.example with ESMTPS id ${code(chance, 12)}`,
        `\tfor <${login.username}>; ${date.toUTCString()}`,
      ].join('\r\n'),
    ),
    `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=${code(chance, 8)};`,
    ...Array.from({ length: 5 }, () => `\t${code(chance, 70)}`),
    `From: ${name} <${name.toLowerCase().replace(' ', '.')}@${domain}>`,
    `To: ${login.username}`,
    `Subject: ${sentence(chance, 6)}`,
    `Date: ${date.toUTCString()}`,
    `Message-ID: <${index}.mix@quay.example>`,
    'MIME-Version: 1.0',
    ...own,
    '',
    '',
  ].join('\r\n');
}

function plainAnswer(index: number, date: Date, chance: Chance): Buffer {
  const before = Array.from(
    { length: Math.min(index, Math.floor(chance() * 8)) },
    (_, step) => `<${index - 1 - step}.mix@quay.example>`,
  );
  const references =
    before.length === 0 ? [] : [`In-Reply-To: ${before[0]}`, `References: ${before.toReversed().join('\r\n ')}`];
  const head = header(index, date, chance, [...references, 'Content-Type: text/plain; charset=utf-8']);
  const size = between(chance, [2_000, 5_000]) - head.length;
  let body = '';
  while (body.length < size) body += `${chance() < 0.4 ? '> ' : ''}${sentence(chance, 10)}\r\n`;
  return Buffer.from(head + body);
}

function newsletter(index: number, date: Date, chance: Chance): Buffer {
  const size = between(chance, newsletterBytes);
  const [html, text]: [string[], string[]] = [[style], []];
  for (let length = style.length; length < size * 0.85; ) {
    const link = `https://click.quay.example/ls/click?upn=${code(chance, 160)}`;
    const words = sentence(chance, 12 + Math.floor(chance() * 24));
    const row = `<tr><td align="center" style="padding:0 24px 16px 24px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:24px;color:#333333"><a href="${link}" style="color:#1a73e8;text-decoration:none"><img src="https://img.quay.example/${code(chance, 24)}.png" width="552" alt="" style="display:block;border:0"></a><h2 style="margin:0;font-size:20px">${sentence(chance, 4)}</h2><p style="margin:0 0 12px 0">${words}&nbsp;<b>${wordOf(chance)}</b></p></td></tr>`;
    html.push(
      `<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tbody>${row}</tbody></table>`,
    );
    text.push(`${words}\r\n${link}\r\n`);
    length += html.at(-1)?.length ?? 0;
  }
  html.push('</body></html>');
  const parts = [part('text/html', quotedPrintable(html.join('\r\n')))];
  if (chance() < 0.5) parts.unshift(part('text/plain', quotedPrintable(text.join('\r\n'))));
  return whole(index, date, chance, 'multipart/alternative', parts);
}

const style = `<!DOCTYPE html><html><head><title>News</title><style>${'.c0 td{padding:0!important;mso-line-height-rule:exactly} @media only screen and (max-width:600px){.c0{width:100%!important}}\r\n'.repeat(20)}</style></head><body>`;

const noise = Buffer.alloc(1_000_000);
const noiseChance = createChance(0);
for (let at = 0; at < noise.length; at += 4) noise.writeUInt32LE(Math.floor(noiseChance() * 2 ** 32), at);

function withFile(index: number, date: Date, chance: Chance): Buffer {
  const size = between(chance, attachmentBytes);
  const at = Math.floor((chance() * noise.length) / 4);
  const file = noise.toString('base64', at, at + Math.floor((size * 3) / 4)).replace(/.{76}/g, '$&\r\n');
  const text = Array.from({ length: 12 }, () => `${sentence(chance, 10)}\r\n`).join('');
  const disposition = 'Content-Disposition: attachment; filename="report.pdf"\r\n';
  const attached = `Content-Type: application/pdf\r\n${disposition}Content-Transfer-Encoding: base64\r\n\r\n${file}`;
  return whole(index, date, chance, 'multipart/mixed', [part('text/plain', quotedPrintable(text)), attached]);
}

const part = (type: string, body: string): string =>
  `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${body}`;

function whole(index: number, date: Date, chance: Chance, type: string, parts: string[]): Buffer {
  const boundary = `=_${code(chance, 24)}`;
  const head = header(index, date, chance, [`Content-Type: ${type}; boundary="${boundary}"`]);
  return Buffer.from(`${head}${parts.map((one) => `--${boundary}\r\n${one}\r\n`).join('')}--${boundary}--\r\n`);
}

/** Lines of at most 76 characters, no escape cut in two (RFC 2045 §6.7); the texts here are ASCII. */
const quotedPrintable = (text: string): string =>
  text.replaceAll('=', '=3D').replace(/[^\r\n]{70}(?:[^=\r\n]{2}|[^=\r\n](?==)|(?==))(?=[^\r\n])/g, '$&=\r\n');

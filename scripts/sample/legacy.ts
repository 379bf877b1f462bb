import iconv from 'iconv-lite';
import { messageIdOf } from './compose.ts';
import type { Person, SampleMail } from './mail.ts';

interface LegacyMail {
  charset: string;
  from: Person;
  to: Person;
  subject: string;
  text: string;
  receivedAt: Date;
  encoding?: 'base64' | 'quoted-printable' | '8bit' | '7bit';
}

/** A message as programs of another time wrote it: one text part in a national charset, words of RFC 2047 in the same. */
function composeLegacy(mail: LegacyMail): Buffer {
  const body = encodeText(mail.text.replace(/\r?\n/g, '\r\n'), mail.charset);
  const encoding = mail.encoding ?? 'base64';
  const head = [
    `From: ${encodedWord(mail.from.name, mail.charset)} <${mail.from.address}>`,
    `To: ${encodedWord(mail.to.name, mail.charset)} <${mail.to.address}>`,
    `Subject: ${encodedWord(mail.subject, mail.charset)}`,
    `Date: ${mail.receivedAt.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${messageIdOf(mail)}>`,
    'MIME-Version: 1.0',
    `Content-Type: text/plain; charset=${mail.charset}`,
    `Content-Transfer-Encoding: ${encoding}`,
  ];
  return Buffer.concat([
    Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'),
    transfer(body, encoding),
    Buffer.from('\r\n'),
  ]);
}

export function legacy(mail: LegacyMail, rest: Partial<SampleMail> = {}): SampleMail {
  const { from, to, subject, receivedAt } = mail;
  return { from, to: [to], subject, receivedAt, raw: composeLegacy(mail), ...rest };
}

function transfer(body: Buffer, encoding: NonNullable<LegacyMail['encoding']>): Buffer {
  if (encoding === 'base64') return Buffer.from(body.toString('base64').replace(/.{76}/g, '$&\r\n'), 'latin1');
  if (encoding !== 'quoted-printable') return body;
  const quoted = [...body].map((byte) =>
    (byte >= 33 && byte <= 126 && byte !== 61) || byte === 32 || byte === 13 || byte === 10
      ? String.fromCharCode(byte)
      : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return Buffer.from(softBreaks(quoted).join(''), 'latin1');
}

/** Lines of at most 76 characters (RFC 2045 §6.7), never within an escape. */
function softBreaks(units: string[]): string[] {
  let width = 0;
  return units.flatMap((unit) => {
    if (unit === '\n') width = 0;
    else if (width + unit.length > 75) {
      width = unit.length;
      return ['=\r\n', unit];
    } else width += unit.length;
    return [unit];
  });
}

function encodedWord(text: string, charset: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII is what needs no encoding
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  // Characters are cut into words of at most 75 bytes, never inside one (RFC 2047 §2).
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (encodeText(word + character, charset).length > 36) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return words.map((part) => `=?${charset}?B?${encodeText(part, charset).toString('base64')}?=`).join('\r\n ');
}

function encodeText(text: string, charset: string): Buffer {
  return charset === 'iso-2022-jp' ? encodeJis(text) : iconv.encode(text, charset);
}

/** ISO-2022-JP (RFC 1468) from EUC-JP: two-byte characters lose their high bits and stand between escapes. */
function encodeJis(text: string): Buffer {
  let isKanji = false;
  const parts: number[] = [];
  for (const character of text) {
    const euc = [...iconv.encode(character, 'euc-jp')];
    if ((euc.length === 2) !== isKanji) {
      isKanji = !isKanji;
      parts.push(0x1b, ...(isKanji ? [0x24, 0x42] : [0x28, 0x42]));
    }
    parts.push(...euc.map((byte) => byte & 0x7f));
  }
  if (isKanji) parts.push(0x1b, 0x28, 0x42);
  return Buffer.from(parts);
}

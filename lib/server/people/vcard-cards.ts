import iconv from 'iconv-lite';

/** The cards of a file, each with its lines unfolded (RFC 6350 §3.2); `text` is null for one that has no end, or is too long. */
export interface CardText {
  number: number;
  text: string | null;
}

/** More than any card without its picture; what is longer is told. */
const maxCardLength = 2_000_000;

/** Takes a vCard file apart, so that a broken card spoils no other. Version 2.1 becomes what later ones would say. */
export function* cardsOf(file: string): Generator<CardText> {
  let number = 0;
  for (const piece of file.split(/^BEGIN:VCARD[^\S\n]*$/im).slice(1)) {
    number += 1;
    const end = /^END:VCARD[^\S\n]*$/im.exec(piece);
    if (end === null || end.index > maxCardLength) {
      yield { number, text: null };
      continue;
    }
    const lines = piece.slice(0, end.index).split(/\r\n|\r|\n/);
    const isOld = lines.some((line) => /^VERSION:2\.1\s*$/i.test(line));
    const unfolded = isOld ? modern(lines) : unfold(lines);
    const version = unfolded.find((line) => /^VERSION:/i.test(line)) ?? 'VERSION:3.0';
    // It comes first (RFC 6350 §3.3): by it the rest is read.
    const rest = unfolded.filter((line) => line.trim() !== '' && !/^VERSION:/i.test(line));
    yield { number, text: ['BEGIN:VCARD', isOld ? 'VERSION:3.0' : version, ...rest, 'END:VCARD', ''].join('\r\n') };
  }
}

function unfold(lines: string[]): string[] {
  const unfolded: string[] = [];
  for (const line of lines) {
    if (/^[ \t]/.test(line) && unfolded.length > 0) unfolded.push(`${unfolded.pop()}${line.slice(1)}`);
    else unfolded.push(line);
  }
  return unfolded;
}

/**
 * vCard 2.1 in the form of 3.0: parameters without a name are types or encodings, text is quoted-printable in a charset
 * of its own and goes on over lines by its soft breaks, and a comma means nothing.
 */
function modern(lines: string[]): string[] {
  const joined: string[] = [];
  let goesOn = false;
  for (const line of unfold(lines)) {
    if (goesOn) joined.push(`${joined.pop()?.slice(0, -1)}${line}`);
    else joined.push(line);
    const whole = joined.at(-1) ?? '';
    goesOn = /^[^:]*QUOTED-PRINTABLE[^:]*:/i.test(whole) && whole.endsWith('=');
  }
  return joined.map(modernLine);
}

function modernLine(line: string): string {
  const colon = line.indexOf(':');
  if (colon === -1) return line;
  const [name = '', ...parameters] = line.slice(0, colon).split(';');
  const value = line.slice(colon + 1);
  const types: string[] = [];
  const kept: string[] = [];
  let charset = 'utf-8';
  let isQuoted = false;
  for (const parameter of parameters) {
    const [key = '', given] = parameter.split('=', 2);
    const isEncoding = /^(?:encoding)?$/i.test(given === undefined ? '' : key);
    const word = given ?? key;
    if (/^charset$/i.test(key) && given !== undefined) charset = given;
    else if (isEncoding && /^quoted-printable$/i.test(word)) isQuoted = true;
    else if (isEncoding && /^(?:base64|b|8bit|7bit)$/i.test(word))
      kept.push(...(/^b/i.test(word) ? ['ENCODING=b'] : []));
    else if (given === undefined || /^type$/i.test(key)) types.push(word);
    else kept.push(parameter);
  }
  const text = isQuoted ? unquote(value, charset).replace(/\r?\n/g, '\\n') : value;
  // In 2.1 a comma stands for itself; later ones would cut the value there.
  const escaped = text.replace(/(?<!\\),/g, '\\,');
  const all = [name, ...(types.length > 0 ? [`TYPE=${types.join(',')}`] : []), ...kept];
  return `${all.join(';')}:${escaped}`;
}

function unquote(value: string, charset: string): string {
  const binary = value.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  // Characters beyond a byte were no quoted-printable: they are what they are.
  if (/[^\0-\xff]/.test(binary)) return binary;
  return iconv.decode(Buffer.from(binary, 'latin1'), iconv.encodingExists(charset) ? charset : 'utf-8');
}

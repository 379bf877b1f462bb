import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { EmailAddress } from '../model.ts';
import { processorMs } from '../testing/held.ts';
import type { MimePart } from './content.ts';
import { parseHeaders } from './headers.ts';
import { openPartOf } from './open-part.ts';
import { readMessage } from './read-message.ts';
import { parseStructure } from './structure.ts';

/**
 * Mails of other parsers' tests, read in place: stalwart-mail-parser, mime4j and espoofer. They are no part of this
 * repository; without the folder these tests say so and are skipped.
 */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const corpora = resolve(root, process.env.POSTHORN_CORPORA ?? '../shared/corpora');
const filesOf = (corpus: string, ending: string): string[] => {
  const folder = join(corpora, corpus);
  if (!existsSync(folder)) return [];
  return (readdirSync(folder, { recursive: true, encoding: 'utf8' }) as string[])
    .filter((file) => file.endsWith(ending))
    .sort();
};

describe.skipIf(existsSync(corpora))('the corpora', () => {
  it.skip(`are not at ${corpora}: set POSTHORN_CORPORA to where they are`, () => undefined);
});

const stalwart = filesOf('stalwart-mail-parser', '.eml');
describe.skipIf(stalwart.length === 0)('stalwart-mail-parser', () => {
  /** Where we differ, knowing why. The others agree in subject, addresses, texts and names of attachments. */
  const differs = new Map([
    ['legacy/010', '8-bit header: they give U+FFFD, we read windows-1252'],
    ['legacy/016', '8-bit name'],
    ['legacy/017', '8-bit header'],
    ['legacy/020', '8-bit header'],
    ['legacy/022', '8-bit header'],
    ['legacy/023', '8-bit name'],
    ['legacy/026', '8-bit name'],
    ['legacy/027', '8-bit header'],
    ['legacy/033', '8-bit text without charset'],
    ['legacy/041', 'an empty text: HTML stands for it'],
    ['legacy/045', 'the same'],
    ['legacy/052', '8-bit header and text'],
    ['malformed/001', 'an empty text: we leave it out of the bodies'],
    ['malformed/002', 'a boundary that never comes: we show the text'],
    ['malformed/003', 'the same'],
    ['malformed/004', 'the same'],
    ['malformed/006', 'the same'],
    ['malformed/007', 'an empty text'],
    ['malformed/008', 'a closing boundary forgotten: we show the texts after it'],
    ['malformed/009', 'the same'],
    ['malformed/011', 'the same'],
    ['malformed/012', 'the same, with messages'],
    ['malformed/016', 'an outer boundary ends inner multiparts (RFC 2046 §5.1.2), as it does over IMAP'],
    ['malformed/017', 'a semicolon forgotten: we find the picture'],
    ['malformed/019', 'an empty text: HTML stands for it'],
    ['malformed/020', 'two Content-Type fields: the first counts'],
    ['malformed/021', 'the same'],
    ['thirdparty/002', 'damaged base64: we keep what decodes'],
    ['thirdparty/005', 'a boundary inside of a line is text'],
    ['thirdparty/011', 'an empty text: HTML stands for it'],
    ['thirdparty/012', 'a text of another kind alone: we show it'],
    ['thirdparty/015', 'names of attached messages: we list all'],
  ]);

  /** Fields of all mails but those that their own authors call one parser's opinion. */
  const fields: Fields = { strict: 0, kept: 0, differing: [] };
  /** Every field of those that is not equal, and why ours stays as it is. */
  const differingFields = new Map([
    ['malformed/002 names', 'a boundary that never comes: we show the text, they list a file without a name'],
    ['malformed/002 text', 'the same'],
    ['malformed/017 names', 'a semicolon forgotten: we find the name of the picture, they give it none'],
    ['malformed/019 text', 'a line without a colon where a header should be: we show it, they drop it'],
    ['malformed/020 text', 'two Content-Type fields: we show the HTML, they show its source between boundaries'],
    ['malformed/021 text', 'the same'],
    ['thirdparty/005 text', 'a boundary at the end of a line of text is text (RFC 2046 §5.1.1), they cut it off'],
    ['thirdparty/012 text', 'text/x-myown alone: we show and list it (RFC 2046 §4.1.4), they list it only'],
    ['thirdparty/015 names', 'three mails attached, of which the outer boundary ends two: they find the first alone'],
  ]);
  const strict = stalwart.length === 0 ? new Set<string>() : strictMails();

  it.each(stalwart)('reads %s whole, in good time', async (file) => {
    const bytes = readFileSync(join(corpora, 'stalwart-mail-parser', file));
    const started = process.cpuUsage();
    const ours = await readMessage(bytes);
    expect(processorMs(started)).toBeLessThan(2_000);
    const files: string[] = [];
    for (const { partId } of ours.attachments)
      files.push(comparable(await buffer((await openPartOf(bytes, partId)).stream)));
    const expectation = file.replace(/eml$/, 'json');
    const parsed = JSON.parse(readFileSync(join(corpora, 'stalwart-mail-parser', expectation), 'utf8'));
    const isRead = expected(parsed);
    const short = file.replace(/^.*\/(\w+\/\d+)\.eml$/, '$1');
    const difference = differs.get(short);
    const shown = {
      subject: ours.headers.subject,
      from: ours.headers.from.map(shownAddress),
      to: ours.headers.to.map(shownAddress),
      text: ours.textBody.map(({ text }) => normalised(text)),
      html: ours.htmlBody.map(({ text }) => normalised(text)),
      attachments: ours.attachments.map(({ name }) => name).sort(),
    };
    // Files are equal byte for byte, but for the line ends that their copy of the mail had.
    for (const bytes of filesOfParsed(parsed)) expect(files).toContain(bytes);
    const read = {
      subject: isRead.subject,
      from: isRead.from,
      text: textThatIsShown(isRead),
      attachments: isRead.attachments,
      files: filesOfParsed(parsed),
    };
    if (strict.has(file)) countFields(fields, short, { ...shown, files }, read);
    if (difference) expect(shown, 'it agrees now: take it off the list').not.toEqual(isRead);
    else expect(shown).toEqual(isRead);
  });

  it('reads 98 of 100 fields of the strict mails as expected, and keeps in 98 all that is', () => {
    expect(fields.strict).toBe(5 * 94);
    expect(fields.differing.sort()).toEqual([...differingFields.keys()]);
    expect(1 - fields.differing.length / fields.strict).toBeGreaterThanOrEqual(0.98);
    expect(fields.kept / fields.strict).toBeGreaterThanOrEqual(0.98);
  });
});

/** The mails of the index whose expectation is not marked as one parser's opinion. */
function strictMails(): Set<string> {
  const lines = readFileSync(join(corpora, 'stalwart-mail-parser', 'index.tsv'), 'latin1')
    .split('\n')
    .slice(1);
  return new Set(lines.filter((line) => !line.includes('ENCODING_PROBLEM')).map((line) => line.split('\t')[0] ?? ''));
}

interface Fields {
  strict: number;
  kept: number;
  /** Mail and field of each that is not equal. */
  differing: string[];
}
interface ReadFields {
  subject: string;
  from: string[];
  text: string[];
  attachments: (string | null)[];
  files: string[];
}

/** Subject, From, texts, names and bytes of files: equal, or all that is expected and more. U+FFFD stands for any character. */
function countFields(fields: Fields, mail: string, shown: ReadFields, read: ReadFields): void {
  const pairs: Record<string, [(string | null)[], (string | null)[]]> = {
    subject: [[shown.subject], [read.subject]],
    from: [shown.from, read.from],
    text: [shown.text.filter(isSaid), read.text.filter(isSaid)],
    names: [shown.attachments, read.attachments],
    bytes: [shown.files.filter((bytes) => read.files.includes(bytes)), read.files],
  };
  for (const [field, [ours, theirs]] of Object.entries(pairs)) {
    const isKept = theirs.every((value) => ours.some((one) => isSame(one, value)));
    fields.strict += 1;
    fields.kept += isKept ? 1 : 0;
    if (!isKept || ours.length !== theirs.length) fields.differing.push(`${mail} ${field}`);
  }
}

/** Who reads plain text and is sent an empty one reads the HTML: in ours it stands for it, in theirs beside it. */
const textThatIsShown = ({ text, html }: { text: string[]; html: string[] }) => (text.some(isSaid) ? text : html);
const isSaid = (text: string) => text !== '';

function isSame(ours: string | null, theirs: string | null): boolean {
  if (ours === null || theirs === null) return ours === theirs;
  const [one, other] = [[...ours], [...theirs]];
  return one.length === other.length && other.every((char, at) => char === '\ufffd' || char === one[at]);
}

/** The bytes of what is no text, no message and no multipart. */
function filesOfParsed({ parts }: StalwartMessage): string[] {
  const bytesOf = ({ body }: StalwartPart) => body.Binary ?? body.InlineBinary;
  return parts.flatMap((part) => {
    const bytes = bytesOf(part);
    return bytes === undefined ? [] : [comparable(Buffer.from(bytes))];
  });
}

const normalised = (text: string) => text.replace(/\r\n?/g, '\n').replaceAll('\0', '').trimEnd();
const shownAddress = ({ name, email }: EmailAddress) => `${name ?? ''}<${email}>`;

interface StalwartPart {
  headers: { name: string; value: Record<string, unknown> | null }[];
  body: { Text?: string; Html?: string; Binary?: number[]; InlineBinary?: number[] };
}
interface StalwartMessage {
  parts: StalwartPart[];
  text_body: number[];
  html_body: number[];
  attachments: number[];
}
type StalwartAddress = { name?: string | null; address?: string | null };

/** What the expectation of stalwart-mail-parser says, in our words. */
function expected(message: StalwartMessage) {
  const headers = message.parts[0]?.headers ?? [];
  const values = (name: string) => headers.filter((header) => header.name === name).map((header) => header.value);
  const bodies = (indexes: number[]) => indexes.flatMap((index) => textOf(message.parts[index]));
  const isFile = (index: number) => textOf(message.parts[index]).length === 0;
  const files = new Set([...message.attachments, ...[...message.text_body, ...message.html_body].filter(isFile)]);
  return {
    subject: String(values('subject')[0]?.Text ?? '')
      .replace(/\s+/g, ' ')
      .trim(),
    from: values('from').flatMap(addressesOf),
    to: values('to').flatMap(addressesOf),
    text: bodies(message.text_body),
    html: bodies(message.html_body),
    attachments: [...files].map((index) => nameOf(message.parts[index])).sort(),
  };
}

function textOf(part: StalwartPart | undefined): string[] {
  const text = part?.body.Text ?? part?.body.Html;
  return text === undefined ? [] : [normalised(text)];
}

function nameOf(part: StalwartPart | undefined): string | null {
  const attribute = (header: string, name: string) => {
    const value = part?.headers.find((candidate) => candidate.name === header)?.value?.ContentType;
    const { attributes } = (value ?? {}) as { attributes?: { name: string; value: string }[] | null };
    return attributes?.find((candidate) => candidate.name === name)?.value;
  };
  return attribute('content_disposition', 'filename') ?? attribute('content_type', 'name') ?? null;
}

function addressesOf(value: unknown): string[] {
  const of = (addresses: StalwartAddress[]) => addresses.map(({ name, address }) => `${name ?? ''}<${address ?? ''}>`);
  const { Address } = (value ?? {}) as {
    Address?: { List?: StalwartAddress[]; Group?: { name: string; addresses: StalwartAddress[] }[] };
  };
  const groups = (Address?.Group ?? []).flatMap(({ name, addresses }) =>
    addresses.length > 0 ? of(addresses) : [`${name}<>`],
  );
  return [...of(Address?.List ?? []), ...groups];
}

const mime4j = filesOf('mime4j', '.msg');
describe.skipIf(mime4j.length === 0)('mime4j', () => {
  const differs = new Map([
    ['badbound', 'a boundary that never comes: we show the text'],
    ['missing-boundary', 'the same'],
    ['missing-inner-boundary', 'the same'],
    ['missing-inner-start-boundary', 'the same'],
    ['multipartnopart', 'the same'],
    ['mime4j-219-new-date-time-format', 'it comes without decoded parts'],
    ['frag', 'base64 that ends early: we keep the last bytes'],
    ['multi-frag', 'the same'],
    ['ending-boundaries', 'text after a boundary: RFC 2046 §5.1.1 allows white space only'],
    ['malformedHeader-noheader', 'no header: we show the text'],
    ['malformedHeaderStartsBody-noheader', 'the same; they lose the first line'],
    ['malformedHeaderStartsBody-nocrlfcrlf', 'a broken line between fields: the fields after it count'],
    ['multipartemptypart', 'the epilogue is no part'],
    ['multipartnestedemptyparts', 'the same'],
  ]);

  it.each(mime4j)('cuts %s into the same parts, and decodes them to the same bytes', async (file) => {
    const path = join(corpora, 'mime4j', file);
    const ours = (await leavesOf(readFileSync(path))).map(comparable);
    const isRead = decodedParts(path).map(comparable);
    const difference = differs.get(file.replace(/^.*\/|\.msg$/g, ''));
    if (difference) expect(ours, 'it agrees now: take it off the list').not.toEqual(isRead);
    else expect(ours).toEqual(isRead);
  });
});

const comparable = (bytes: Buffer) => bytes.toString('latin1').replace(/\r\n?/g, '\n').trimEnd();

/** The decoded leaves in order, those of attached messages in their place. */
async function leavesOf(bytes: Buffer): Promise<Buffer[]> {
  const leaves = (part: MimePart): MimePart[] => (part.partId === null ? part.subParts.flatMap(leaves) : [part]);
  const out: Buffer[] = [];
  for (const { partId, type } of leaves((await parseStructure(bytes)).root)) {
    const body = await buffer((await openPartOf(bytes, partId ?? '')).stream);
    out.push(...(type === 'message/rfc822' ? await leavesOf(body) : [body]));
  }
  return out;
}

/** The files `…_decoded_1_2.txt` beside a mail, in the order of their numbers. */
function decodedParts(path: string): Buffer[] {
  const stem = `${path.replace(/^.*\/|\.msg$/g, '')}_decoded_`;
  const numbersOf = (name: string) => name.slice(stem.length).split(/[_.]/).map(Number);
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(stem) && /^[\d_]+\.(txt|bin)$/.test(name.slice(stem.length)))
    .sort((a, b) => compareNumbers(numbersOf(a), numbersOf(b)))
    .map((name) => readFileSync(join(dirname(path), name)));
}

function compareNumbers(a: number[], b: number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return (a[at] || 0) - (b[at] || 0);
}

const espoofer = filesOf('espoofer', '.eml');
describe.skipIf(espoofer.length === 0)('espoofer', () => {
  /** The addresses that must be seen as the sender, in order; a star: and the message is marked as malformed. */
  const senders: Record<string, string> = {
    client_a1: 'attacker@example.com admin@example.com *',
    client_a2: 'attacker@example.com admin@example.com',
    client_a3: 'admin@example.com',
    server_a1: 'admin@legitimate.com',
    server_a8: 'first@attack.com admin@legitimate.com *',
    server_a9: 'first@attack.com admin@legitimate.com *',
    server_a10: 'first@attack.com admin@legitimate.com *',
    server_a11: 'first@attack.com admin@legitimate.com *',
    server_a12: 'first@attack.com',
    server_a13: 'first@attack.com',
    server_a14: 'first@attack.com admin@legitimate.com',
    server_a15: 'second@attack.com ',
    server_a16: 'admin@legitimate.com *',
    server_a17: 'admin@legitimate.com second@attack.com',
    server_a18: 'admin@legitimate.com second@attack.com',
    server_a19: 'any@attack.com',
  };

  it.each(espoofer)('shows the true sender of %s', (file) => {
    const { from, warnings } = parseHeaders(readFileSync(join(corpora, 'espoofer', file)));
    const shown = [...from.map(({ email }) => email), ...(warnings.includes('malformed') ? ['*'] : [])].join(' ');
    expect(shown).toBe(senders[file.replace(/^.*\/|\.eml$/g, '')]);
  });
});

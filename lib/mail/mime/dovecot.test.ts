import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Dovecot, startDovecot } from '../testing/dovecot.ts';
import type { MimePart } from './content.ts';
import { parseStructure } from './structure.ts';

/** Our tree of a message against the BODYSTRUCTURE (RFC 9051 §7.5.2) that a real server makes of the same bytes. */

const crlf = (...lines: string[]) => lines.join('\r\n');
const ours: Record<string, string> = {
  plain: crlf('Subject: x', '', 'hello', ''),
  nothing: crlf('Subject: x', ''),
  html: crlf(
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: Quoted-Printable',
    '',
    '<p>=C3=BC',
    '',
  ),
  nested: crlf(
    'Content-Type: multipart/mixed; boundary="a b"',
    '',
    'preamble',
    '--a b',
    'Content-Type: multipart/alternative; boundary=i',
    '',
    '--i',
    '',
    'one',
    '',
    '--i',
    'Content-Type: TEXT/HTML',
    '',
    '',
    '--i--',
    'epilogue',
    '--a b',
    'Content-Type: application/pdf',
    'Content-Disposition: attachment; filename=a.pdf',
    'Content-Transfer-Encoding: base64',
    '',
    'JVBERg==',
    '--a b--',
    'end',
    '',
  ),
  forwarded: crlf(
    'Content-Type: multipart/mixed; boundary=a',
    '',
    '--a',
    'Content-Type: message/rfc822',
    '',
    'Subject: inner',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    '',
    'one',
    '--b--',
    '',
    '--a--',
    '',
  ),
  digest: crlf('Content-Type: multipart/digest; boundary=a', '', '--a', '', 'Subject: x', '', 'y', '--a--', ''),
  unclosed: crlf('Content-Type: multipart/mixed; boundary=a', '', '--a', '', 'one', '--a', '', 'two', ''),
  inline: crlf('Content-Type: image/png; name=x.png', 'Content-Disposition: inline', 'Content-ID: <x@y>', '', 'x', ''),
};

/** Where we keep text that the server loses, read a boundary more strictly, or count a line break less. */
const differs = new Set([
  ...['badbound', 'double-semicolon'].map((name) => `mimetools-testmsgs/${name}.msg`),
  ...['missing-boundary', 'missing-inner-boundary', 'missing-inner-start-boundary', 'multipartnopart'].map(
    (name) => `testmsgs/${name}.msg`,
  ),
  ...['malformedHeader-noheader', 'malformedHeaderStartsBody-noheader', 'ending-boundaries'].map(
    (name) => `testmsgs/${name}.msg`,
  ),
  ...['very-long-boundary', 'very-very-long-boundary'].map((name) => `testmsgs/${name}.msg`),
  ...['001', '002', '004', '007', '016', '017', '019', '022'].map((name) => `malformed/${name}.eml`),
  ...['rfc/008', 'thirdparty/004', 'thirdparty/007', 'thirdparty/015'].map((name) => `${name}.eml`),
]);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const corpora = resolve(root, process.env.POSTHORN_CORPORA ?? '../shared/corpora');
const foreign = ['mime4j', 'stalwart-mail-parser', 'espoofer', 'httpleaks']
  .map((corpus) => join(corpora, corpus))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    (readdirSync(folder, { recursive: true, encoding: 'utf8' }) as string[])
      .filter((file) => /\.(msg|eml)$/.test(file))
      .sort()
      .map((file) => join(folder, file)),
  );

let dovecot: Dovecot;
let structures: Map<string, { tree: string; raw: Buffer }>;

beforeAll(async () => {
  dovecot = await startDovecot({ users: [{ username: 'ann', password: 'secret' }] });
  const cur = join(dovecot.maildirOf('ann'), 'cur');
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(cur, '..', name), { recursive: true });
  const files = [...Object.entries(ours), ...foreign.map((file) => [file, readFileSync(file)] as const)];
  for (const [index, [, bytes]] of files.entries())
    writeFileSync(join(cur, `${1_700_000_000 + index}.M${index}.x:2,S`), bytes);
  dovecot.own(dovecot.maildirOf('ann'));
  const answers = await fetchAll(dovecot.ports.imap);
  structures = new Map(files.map(([name], index) => [name, answers[index] ?? { tree: 'none', raw: Buffer.alloc(0) }]));
});
afterAll(() => dovecot?.stop());

describe('the tree of a message', () => {
  it.each(Object.keys(ours))('is what Dovecot says: %s', async (name) => {
    const { tree, raw } = structures.get(name) ?? {};
    expect(formatTree((await parseStructure(raw ?? Buffer.alloc(0))).root)).toBe(tree);
  });

  it.skipIf(foreign.length === 0)(
    'is what Dovecot says for the mails of the corpora, but for damaged ones',
    async () => {
      const different: string[] = [];
      for (const file of foreign) {
        const { tree, raw } = structures.get(file) ?? {};
        if (formatTree((await parseStructure(raw ?? Buffer.alloc(0))).root) !== tree) different.push(file);
      }
      expect(different.map((file) => file.split('/').slice(-2).join('/')).sort()).toEqual([...differs].sort());
    },
  );
});

const formatTree = (part: MimePart): string =>
  part.partId === null
    ? `${part.type}(${part.subParts.map(formatTree).join(' ')})`
    : `${part.partId} ${part.type} ${part.encoding} ${part.sizeBytes} ${part.disposition ?? '-'}`;

type Item = string | null | Item[];

/** BODYSTRUCTURE in the words of `formatTree`; message/rfc822 is a leaf, as it is for us. */
function formatStructure(item: Item[], number = ''): string {
  if (Array.isArray(item[0])) {
    const children = item.filter(
      (child, index): child is Item[] => Array.isArray(child) && item.slice(0, index + 1).every(Array.isArray),
    );
    const prefix = number === '' ? '' : `${number}.`;
    const subtype = String(item[children.length]).toLowerCase();
    return `multipart/${subtype}(${children.map((child, index) => formatStructure(child, `${prefix}${index + 1}`)).join(' ')})`;
  }
  const [type, subtype, , , , encoding, size] = item.map((value) => String(value).toLowerCase());
  const extensions = type === 'text' ? 9 : `${type}/${subtype}` === 'message/rfc822' ? 11 : 8;
  const disposition = item[extensions];
  const kind = Array.isArray(disposition) ? String(disposition[0]).toLowerCase() : '-';
  return `${number || '1'} ${type}/${subtype} ${encoding} ${size} ${kind}`;
}

async function fetchAll(port: number): Promise<{ tree: string; raw: Buffer }[]> {
  const socket = connect(port, '127.0.0.1');
  socket.write('a LOGIN ann secret\r\nb SELECT INBOX\r\nc FETCH 1:* (BODYSTRUCTURE BODY.PEEK[])\r\nd LOGOUT\r\n');
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const wire = Buffer.concat(chunks).toString('latin1');
  const answers: { tree: string; raw: Buffer }[] = [];
  const starts = /\* \d+ FETCH /g;
  for (let match = starts.exec(wire); match; match = starts.exec(wire)) {
    const { item, end } = readItem(wire, starts.lastIndex);
    starts.lastIndex = end;
    const pairs = item as Item[];
    const value = (name: string) => pairs[pairs.indexOf(name) + 1];
    answers.push({
      tree: formatStructure(value('BODYSTRUCTURE') as Item[]),
      raw: Buffer.from(String(value('BODY[]')), 'latin1'),
    });
  }
  return answers;
}

/** One item of an IMAP answer: a list, a quoted string, a literal, or an atom (RFC 9051 §9). */
function readItem(wire: string, start: number): { item: Item; end: number } {
  let at = start;
  while (wire[at] === ' ') at++;
  if (wire[at] === '(') {
    const items: Item[] = [];
    for (at++; wire[at] !== ')'; ) {
      const { item, end } = readItem(wire, at);
      items.push(item);
      at = end;
      while (wire[at] === ' ') at++;
    }
    return { item: items, end: at + 1 };
  }
  if (wire[at] === '"') {
    const quoted = /"((?:[^"\\]|\\.)*)"/y;
    quoted.lastIndex = at;
    const match = quoted.exec(wire);
    return { item: (match?.[1] ?? '').replace(/\\(.)/g, '$1'), end: quoted.lastIndex };
  }
  const literal = /\{(\d+)\}\r\n/y;
  literal.lastIndex = at;
  const length = literal.exec(wire)?.[1];
  if (length)
    return {
      item: wire.slice(literal.lastIndex, literal.lastIndex + Number(length)),
      end: literal.lastIndex + Number(length),
    };
  const atom = /[^ ()]+/y;
  atom.lastIndex = at;
  const text = atom.exec(wire)?.[0] ?? '';
  return { item: text === 'NIL' ? null : text, end: at + text.length };
}

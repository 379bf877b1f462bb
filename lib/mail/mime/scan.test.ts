import { describe, expect, it } from 'vitest';
import { processorMs } from '../testing/held.ts';
import type { MimePart } from './content.ts';
import { createScanner } from './scan.ts';

interface Scanned {
  /** `1.2 text/plain "body"` for each leaf, in order. */
  leaves: string[];
  warnings: string[];
  root: MimePart;
}

function scan(...chunks: string[]): Scanned {
  const bodies = new Map<MimePart, string>();
  const scanner = createScanner({
    onBody: (part, bytes) => void bodies.set(part, (bodies.get(part) ?? '') + bytes.toString('latin1')),
  });
  for (const chunk of chunks) scanner.write(Buffer.from(chunk, 'latin1'));
  const root = scanner.end();
  const leavesOf = (part: MimePart): MimePart[] => (part.partId === null ? part.subParts.flatMap(leavesOf) : [part]);
  const leaves = leavesOf(root).map((part) => `${part.partId} ${part.type} ${JSON.stringify(bodies.get(part) ?? '')}`);
  for (const part of leavesOf(root)) expect(part.sizeBytes).toBe(bodies.get(part)?.length ?? 0);
  return { leaves, warnings: [...scanner.warnings], root };
}

const nested = [
  'Subject: x\r\nContent-Type: multipart/mixed;\r\n boundary="a b"\r\n\r\npreamble\r\n--a b\r\n\r\none\r\n\r\n--a b \t\r\n',
  'Content-Type: multipart/alternative; boundary=i\r\n\r\n--i\r\nContent-Type: text/html\r\n\r\n--not\r\n-- i\r\n--i\r\n\r\n\r\n--i--\r\nepilogue\r\n',
  '--a b\r\nContent-Type: message/rfc822\r\n\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\n\r\nin\r\n--q--\r\n--a b--\r\nend',
].join('');
const nestedLeaves = [
  '1 text/plain "one\\r\\n"',
  '2.1 text/html "--not\\r\\n-- i"',
  '2.2 text/plain ""',
  '3 message/rfc822 "Content-Type: multipart/mixed; boundary=q\\r\\n\\r\\n--q\\r\\n\\r\\nin\\r\\n--q--"',
];

describe('createScanner', () => {
  it('numbers parts as IMAP does, and gives line breaks before a boundary to the boundary', () => {
    expect(scan(nested)).toMatchObject({ leaves: nestedLeaves, warnings: [] });
  });

  it('gives the same wherever the bytes are cut, and byte by byte', () => {
    for (let at = 0; at <= nested.length; at++)
      expect(scan(nested.slice(0, at), nested.slice(at)).leaves, String(at)).toEqual(nestedLeaves);
    expect(scan(...nested).leaves).toEqual(nestedLeaves);
    expect(scan(...nested.replaceAll('\r\n', '\n')).leaves).toEqual(
      nestedLeaves.map((leaf) => leaf.replaceAll('\\r', '')),
    );
  });

  it.each<[string, string, string[]]>([
    ['an empty message', '', ['1 text/plain ""']],
    ['a header alone', 'Subject: x', ['1 text/plain ""']],
    ['a text without header', '\r\nhello', ['1 text/plain "hello"']],
    ['text where a header should be', 'Dear Ann,\r\n\r\nhello', ['1 text/plain "Dear Ann,\\r\\n\\r\\nhello"']],
    ['an mbox line', 'From ann Mon Jan 1\r\nSubject: x\r\n\r\nhello', ['1 text/plain "hello"']],
    ['a body that looks like a boundary', 'Subject: x\r\n\r\n--a\r\nb', ['1 text/plain "--a\\r\\nb"']],
    ['a multipart without boundary', 'Content-Type: multipart/mixed\r\n\r\nhello', ['1 text/plain "hello"']],
    ['a boundary that never comes', 'Content-Type: multipart/mixed; boundary=a\r\n\r\nhello', ['1 text/plain "hello"']],
    [
      'a semicolon forgotten',
      'Content-Type: multipart/mixed boundary=a\r\n\r\n--a\r\n\r\nhello\r\n--a--',
      ['1 text/plain "hello"'],
    ],
    [
      'a closing boundary forgotten',
      'Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\nhello',
      ['1 text/plain "hello"'],
    ],
    [
      'an inner multipart that is not closed',
      'Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\n--a\r\n\r\ntwo\r\n--a--',
      ['1.1 text/plain "one"', '2 text/plain "two"'],
    ],
    [
      'an inner multipart with the boundary of the outer',
      'Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\none\r\n--a--',
      ['1.1 text/plain "one"'],
    ],
    [
      'a digest',
      'Content-Type: multipart/digest; boundary=a\r\n\r\n--a\r\n\r\nSubject: x\r\n\r\ny\r\n--a--',
      ['1 message/rfc822 "Subject: x\\r\\n\\r\\ny"'],
    ],
    [
      'boundaries that begin alike',
      'Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\n--ab\r\n--a-\r\n--a\r\n\r\nx',
      ['1 text/plain "--ab\\r\\n--a-"', '2 text/plain "x"'],
    ],
  ])('reads %s', (_, text, leaves) => {
    expect(scan(text).leaves).toEqual(leaves);
    expect(scan(...text).leaves).toEqual(leaves);
  });

  it('finds the boundary right after a part that has text in place of a header', () => {
    const mail =
      'Content-Type: multipart/mixed; boundary=b\n\n--b\n no field\n\n--b\n\ntwo\n--b\nno field\n--not\n--b--\n';
    const leaves = ['1 text/plain " no field\\n\\n"', '2 text/plain "two"', '3 text/plain "no field\\n--not"'];
    expect(scan(mail).leaves).toEqual(leaves);
    for (let cut = 1; cut < mail.length; cut++)
      expect(scan(mail.slice(0, cut), mail.slice(cut)).leaves, String(cut)).toEqual(leaves);
  });

  it('stops at 1,000 parts', () => {
    const message = (count: number) =>
      `Content-Type: multipart/mixed; boundary=a\r\n\r\n${'--a\r\n\r\nx\r\n'.repeat(count)}--a--\r\n`;
    expect(scan(message(1_000))).toMatchObject({ leaves: { length: 1_000 }, warnings: [] });
    expect(scan(message(100_000))).toMatchObject({ leaves: { length: 1_000 }, warnings: ['tooManyParts'] });
  });

  it('stops at depth 50, and keeps the rest as one thing to download', () => {
    let message = '';
    for (let depth = 0; depth < 200; depth++)
      message += `Content-Type: multipart/mixed; boundary=b${depth}x\r\n\r\n--b${depth}x\r\n`;
    const { leaves, warnings } = scan(`${message}\r\ndeep\r\n`);
    expect(leaves).toHaveLength(1);
    expect(leaves[0]).toMatch(/^1(\.1){49} application\/octet-stream .*deep/);
    expect(warnings).toEqual(['tooDeep']);
  });

  it('cuts a header at a mebibyte', () => {
    const { leaves, warnings } = scan(`Subject: x\r\nX: ${'y'.repeat(2_000_000)}\r\n\r\n`, 'hello');
    expect(leaves).toEqual(['1 text/plain "hello"']);
    expect(warnings).toEqual(['malformed']);
  });

  it.each(['--\r\n', '--a-\r\n', '\n--', '-', '\r', '\r\n', '--a', 'a:\n', '\0'])(
    'stays linear on megabytes of %j',
    (piece) => {
      const text = piece.repeat(1_000_000 / piece.length);
      for (const header of ['', 'Content-Type: multipart/mixed; boundary=a\r\n\r\n']) {
        const chunks = (header + text).match(/[\s\S]{1,65536}/g) ?? [];
        const scanner = createScanner({});
        const started = process.cpuUsage();
        for (const chunk of chunks) scanner.write(Buffer.from(chunk));
        scanner.end();
        expect(processorMs(started)).toBeLessThan(3_000);
      }
    },
  );
});

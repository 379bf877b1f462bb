import { describe, expect, it } from 'vitest';
import type { Part } from '../model.ts';
import { attachmentOf, chooseBodies, hasAttachment } from './choose.ts';

let count = 0;
const leaf = (type: string, more: Partial<Part> = {}): Part => ({
  partId: String(++count),
  type,
  charset: null,
  disposition: null,
  name: null,
  cid: null,
  sizeBytes: 1,
  subParts: [],
  ...more,
});
const multipart = (kind: string, ...subParts: Part[]): Part => ({
  ...leaf(`multipart/${kind}`),
  partId: null,
  subParts,
});
const chosen = (root: Part) => {
  const { textBody, htmlBody, attachments } = chooseBodies(root);
  const types = (parts: Part[]) => parts.map((part) => part.name ?? part.type).join(' ');
  return [types(textBody), types(htmlBody), types(attachments)];
};

const text = () => leaf('text/plain');
const html = () => leaf('text/html');
const pdf = () => leaf('application/pdf', { disposition: 'attachment', name: 'a.pdf' });
const picture = () => leaf('image/png', { cid: 'x@y', disposition: 'inline', name: 'x.png' });

describe('chooseBodies', () => {
  it.each([
    ['one text', text(), ['text/plain', 'text/plain', '']],
    ['one HTML', html(), ['text/html', 'text/html', '']],
    ['alternatives', multipart('alternative', text(), html()), ['text/plain', 'text/html', '']],
    [
      'a newsletter with a file',
      multipart('mixed', multipart('related', multipart('alternative', text(), html()), picture()), pdf()),
      ['text/plain', 'text/html', 'x.png a.pdf'],
    ],
    [
      'related inside of alternatives',
      multipart('alternative', text(), multipart('related', html(), picture())),
      ['text/plain', 'text/html', 'x.png'],
    ],
    ['only HTML in alternatives', multipart('alternative', html()), ['text/html', 'text/html', '']],
    [
      'an empty alternative',
      multipart('alternative', leaf('text/plain', { sizeBytes: 0 }), html()),
      ['text/html', 'text/html', ''],
    ],
    [
      'text, picture, text',
      multipart('mixed', text(), picture(), text()),
      ['text/plain text/plain', 'text/plain text/plain', 'x.png'],
    ],
    [
      'a list footer',
      multipart('mixed', multipart('alternative', text(), html()), text()),
      ['text/plain text/plain', 'text/html text/plain', ''],
    ],
    [
      'a text file',
      multipart('mixed', text(), leaf('text/plain', { name: 'notes.txt' })),
      ['text/plain', 'text/plain', 'notes.txt'],
    ],
    ['a text marked as attachment', leaf('text/plain', { disposition: 'attachment' }), ['', '', 'text/plain']],
    [
      'an invitation',
      multipart('alternative', text(), html(), leaf('text/calendar')),
      ['text/plain', 'text/html', 'text/calendar'],
    ],
    ['a picture alone', leaf('image/png'), ['', '', 'image/png']],
    [
      'a forwarded message',
      multipart('mixed', text(), leaf('message/rfc822')),
      ['text/plain', 'text/plain', 'message/rfc822'],
    ],
    ['an unknown multipart', multipart('x-new', text(), html()), ['text/plain text/html', 'text/plain text/html', '']],
    ['a text of another kind alone', leaf('text/markdown'), ['text/markdown', 'text/markdown', '']],
    [
      'a text of another kind among files, which may be one too',
      multipart('mixed', leaf('text/markdown'), leaf('application/zip')),
      ['text/markdown', 'text/markdown', 'text/markdown application/zip'],
    ],
    [
      'a text of another kind beside a text',
      multipart('mixed', text(), leaf('text/x-patch')),
      ['text/plain', 'text/plain', 'text/x-patch'],
    ],
    ['a calendar alone', leaf('text/calendar'), ['', '', 'text/calendar']],
    ['nothing', multipart('mixed'), ['', '', '']],
  ])('shows %s', (_, root, bodies) => {
    expect(chosen(root)).toEqual(bodies);
  });

  it('chooses as the example of RFC 8621 §4.1.4', () => {
    const named = (name: string, type: string, more: Partial<Part> = {}) => leaf(type, { partId: name, ...more });
    const root = multipart(
      'mixed',
      named('A', 'text/plain'),
      multipart(
        'mixed',
        multipart(
          'alternative',
          multipart(
            'mixed',
            named('B', 'text/plain'),
            named('C', 'image/jpeg', { disposition: 'inline' }),
            named('D', 'text/plain'),
          ),
          multipart('related', named('E', 'text/html'), named('F', 'image/jpeg')),
        ),
        named('G', 'image/jpeg', { disposition: 'attachment' }),
        named('H', 'application/x-excel'),
        named('J', 'message/rfc822'),
      ),
      named('K', 'text/plain'),
    );
    const { textBody, htmlBody, attachments } = chooseBodies(root);
    const ids = (parts: Part[]) => parts.map((part) => part.partId).join(' ');
    // Without C, which the RFC has in the bodies as well and we list only.
    expect([ids(textBody), ids(htmlBody), ids(attachments)]).toEqual(['A B D K', 'A E K', 'C F G H J']);
  });

  it('leaves out what is past 1,000 parts or depth 50, and says so', () => {
    const many = chooseBodies(multipart('mixed', ...Array.from({ length: 1_001 }, pdf)));
    expect([many.attachments.length, many.warnings]).toEqual([1_000, ['tooManyParts']]);
    expect(chooseBodies(multipart('mixed', ...Array.from({ length: 1_000 }, pdf))).warnings).toEqual([]);

    const nest = (depth: number): Part => (depth === 0 ? text() : multipart('mixed', nest(depth - 1)));
    expect(chooseBodies(nest(50))).toMatchObject({ textBody: [{ type: 'text/plain' }], warnings: [] });
    expect(chooseBodies(nest(51))).toMatchObject({ textBody: [], warnings: ['tooDeep'] });
    expect(chooseBodies(nest(5_000)).warnings).toEqual(['tooDeep']);
  });
});

describe('hasAttachment', () => {
  it.each([
    [true, multipart('mixed', text(), pdf())],
    [true, multipart('mixed', text(), leaf('image/png', { name: 'photo.png' }))],
    [true, multipart('mixed', text(), leaf('message/rfc822'))],
    [true, multipart('mixed', text(), { ...picture(), disposition: 'attachment' as const })],
    [false, text()],
    [false, multipart('related', html(), picture())],
    [false, multipart('related', html(), { ...picture(), disposition: null })],
    [false, multipart('signed', text(), leaf('application/pgp-signature', { name: 'signature.asc' }))],
    [
      false,
      multipart(
        'signed',
        text(),
        leaf('application/pkcs7-signature', { disposition: 'attachment', name: 'smime.p7s' }),
      ),
    ],
    [false, multipart('alternative', text(), leaf('text/calendar'))],
    [true, multipart('mixed', text(), leaf('text/calendar', { name: 'invite.ics' }))],
  ])('is %s for %#', (expected, root) => {
    expect(hasAttachment(root)).toBe(expected);
  });
});

describe('attachmentOf', () => {
  it('is inline for media that the sender put into the text, and for nothing else', () => {
    const isInline = (type: string, more: Partial<Part>) => attachmentOf(leaf(type, more)).isInline;
    expect(isInline('image/png', { cid: 'a' })).toBe(true);
    expect(isInline('image/png', { disposition: 'inline' })).toBe(true);
    expect(isInline('image/png', {})).toBe(false);
    expect(isInline('image/png', { cid: 'a', disposition: 'attachment' })).toBe(false);
    expect(isInline('application/pdf', { disposition: 'inline' })).toBe(false);
  });
});

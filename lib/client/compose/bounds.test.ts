import { expect, test } from 'vitest';
import { composition, writingLimits } from '../../contract/writing.ts';
import { quotable, withinBounds, writingBounds } from './bounds.ts';
import { quoteText, usableCid } from './html.ts';
import { compositionOf } from './request.ts';
import { emptyWritten, type Written } from './written.ts';

const person = (email: string, name: string | null = null) => ({ name, email });
const written: Written = {
  ...emptyWritten({
    accountId: 'a',
    from: person('me@example.org', 'Me'),
    isPlain: true,
    messageId: 'one@example.org',
  }),
  to: [person('ann@example.org', 'Ann')],
  subject: 'Nets',
  inReplyTo: ['zero@example.org'],
  references: ['zero@example.org'],
};
const isTaken = (one: Written) => composition.safeParse(compositionOf(one)).success;
const file = (name: string): Written['files'][number] => ({
  ...{ key: 'k', name, type: 'image/png', sizeBytes: 1, cid: null, part: null },
  source: { kind: 'part', messageId: 'i1', partId: '2' },
});

test.each<[string, Partial<Written>]>([
  ['a name with control characters', { to: [person('ann@example.org', 'An\u0007n\u0085')] }],
  ['an endless name', { cc: [person('ann@example.org', 'n'.repeat(5_000))] }],
  ['a subject that rings', { subject: `Re: \u001b[31m${'s'.repeat(3_000)}` }],
  ['a Reply-To that names nobody', { replyTo: [person('', 'undisclosed'), person('a"b@x')] }],
  ['a file name with control characters', { files: [file(`a\u0000b${'n'.repeat(400)}`)] }],
  ['the message id of another program', { messageId: 'no-at-sign' }],
  ['references without end', { references: ['odd', ...Array.from({ length: 150 }, (_, at) => `${at}@x`)] }],
  ['an answer to too much', { inReplyTo: ['odd', ...Array.from({ length: 20 }, (_, at) => `${at}@x`)] }],
])('%s keeps nobody from sending', (_, odd) => {
  const begun = { ...written, ...odd };
  expect(isTaken(begun)).toBe(false);
  expect(isTaken(withinBounds(begun))).toBe(true);
});

test('the bounds that the composer knows are those of the contract, with room for what one writes above a quote', () => {
  const { files, bodyLength, quoteLength, shortenedLength } = writingBounds;
  expect({ attachments: files, bodyLength }).toEqual({
    attachments: writingLimits.attachments,
    bodyLength: writingLimits.bodyLength,
  });
  // Its lines and its signature, which may have 100,000 characters, stand beside it.
  expect(quoteLength + 150_000).toBeLessThan(bodyLength);
  expect(shortenedLength).toBeLessThan(quoteLength);
});

test('a quote is whole where it fits, marked line by line too, and else its beginning, which does', () => {
  const { quoteLength, files } = writingBounds;
  const mail = 'Nets and ropes.\n'.repeat(10_000);
  expect(quotable(mail, '', 3)).toEqual({ words: mail, isWhole: true });
  // The marks alone make it too much; so do an endless HTML, and more files than go along.
  const lines = 'a\n'.repeat(quoteLength / 2);
  for (const [words, html, count] of [
    [lines, '', 0],
    ['\n'.repeat(quoteLength + 1), '', 0],
    [mail, 'x'.repeat(quoteLength + 1), 0],
    [mail, '', files + 1],
  ] as const) {
    const quote = quotable(words, html, count);
    expect(quote.isWhole).toBe(false);
    expect(quote.words.endsWith('\n\n[…]')).toBe(true);
    expect(words.startsWith(quote.words.slice(0, -5))).toBe(true);
    // As HTML each line costs a block, each character at most an entity.
    expect(quote.words.split('\n').length * 16 + quote.words.length * 6).toBeLessThan(quoteLength);
    expect(isTaken({ ...written, text: quoteText(quote.words) })).toBe(true);
  }
});

test('what can be sent stays as it is', () => {
  expect(withinBounds(written)).toEqual(written);
});

test('a picture is named by what the contract takes, two by two names', () => {
  expect(usableCid('image001.png@01D8A1B2.C3D4E5F0')).toBe('image001.png@01D8A1B2.C3D4E5F0');
  const names = ['1__=08BBF2@notes', '1__;08BBF2@notes', 'a b', 'ü', '"><script>', 'n'.repeat(900)].map(usableCid);
  expect(names.every((name) => /^[\w.@+-]{1,200}$/.test(name))).toBe(true);
  expect(new Set(names).size).toBe(names.length);
});

import { expect, test } from 'vitest';
import { compositionOf } from './request.ts';
import { emptyWritten, type Written } from './written.ts';

const file = { name: 'plan.pdf', type: 'application/pdf', sizeBytes: 9, cid: null, part: null };
const written: Written = {
  ...emptyWritten({
    accountId: 'a',
    from: { name: null, email: 'me@example.org' },
    isPlain: true,
    messageId: 'one@example.org',
  }),
  to: [
    { name: 'Ben', email: 'ben@example.org' },
    { name: null, email: 'half an address' },
  ],
  subject: 'Plan',
  text: 'Here it is.',
  html: '<b>not this</b>',
  quote: { html: 'nor this' },
  files: [
    { ...file, key: '1', source: { kind: 'upload', uploadId: 'u1' }, part: { messageId: 'd1', partId: '2' } },
    { ...file, key: '2', source: { kind: 'waiting' } },
    { ...file, key: '3', name: '', source: { kind: 'part', messageId: 'm1', partId: '2' } },
    { ...file, key: '4', cid: 'a@posthorn', source: { kind: 'upload', uploadId: 'u4' } },
  ],
};

test('plain text goes without its formatting, its pictures, files that are not there, and addresses that are none', () => {
  const request = compositionOf(written);
  expect(request).toMatchObject({ text: 'Here it is.', html: null, to: [{ name: 'Ben', email: 'ben@example.org' }] });
  expect(request.attachments).toEqual([
    { kind: 'upload', uploadId: 'u1', name: 'plan.pdf', type: 'application/pdf', cid: null },
    { kind: 'part', messageId: 'm1', partId: '2', name: null, type: 'application/pdf', cid: null },
  ]);
});

test('a file that is gone where it was uploaded is taken from the draft', () => {
  expect(compositionOf(written, true).attachments?.[0]).toMatchObject({ kind: 'part', messageId: 'd1', partId: '2' });
});

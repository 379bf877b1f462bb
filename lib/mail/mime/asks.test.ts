import { describe, expect, it } from 'vitest';
import { mailingListOf, receiptToOf } from './asks.ts';
import { splitFields } from './fields.ts';

const fields = (...lines: string[]) => splitFields(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`));

describe('where one writes to a list', () => {
  it.each([
    ['List-Post: <mailto:nets@harbour.example>', 'nets@harbour.example'],
    ['List-Post: <mailto:nets%2Btide@harbour.example?subject=x&bcc=eve@x.example> (all)', 'nets+tide@harbour.example'],
    ['List-Post: <https://x.example/post>, <mailto:nets@harbour.example>', 'nets@harbour.example'],
    ['List-Post: NO (posting is not allowed)', null],
    ['List-Post: <mailto:nets@harbour.example%0d%0aBcc:eve@x.example>', null],
    ['List-Post: <mailto:a@x.example,b@x.example>', null],
    ['List-Post: <mailto:%zz@x.example>', '%zz@x.example'],
    ['List-Id: Nets <nets.harbour.example>', null],
    ['Precedence: list', null],
  ])('%s', (line, postTo) => expect(mailingListOf(fields(line))).toEqual({ postTo }));

  it('is nowhere in mail that no list carried', () => {
    expect(mailingListOf(fields('Subject: Nets', 'List-Unsubscribe: <mailto:x@x.example>'))).toBeNull();
  });
});

describe('who asks for a receipt', () => {
  const asks = 'Disposition-Notification-To: Ann <ann@x.example>';
  const ann = { name: 'Ann', email: 'ann@x.example' };

  it('is one address, however often it stands there', () => {
    expect(receiptToOf(fields(asks))).toEqual(ann);
    expect(receiptToOf(fields(asks, 'Disposition-Notification-To: ANN@x.example'))).toEqual(ann);
    expect(receiptToOf(fields(asks, 'Auto-Submitted: no', 'Return-Path: <bounce+1@x.example>'))).toEqual(ann);
    expect(receiptToOf(fields('Subject: none'))).toBeNull();
  });

  it.each([
    'Disposition-Notification-To: ben@x.example',
    'Auto-Submitted: auto-replied',
    'Return-Path: <>',
    'List-Id: <nets.harbour.example>',
    'Precedence: bulk',
    'Content-Type: multipart/report; report-type=disposition-notification',
  ])('is nobody who may be told beside %s', (line) => expect(receiptToOf(fields(asks, line))).toBeNull());

  it.each(['ann', '"a b"@x.example', 'ann@x.example@y.example', '<>', 'friends: ann@x.example, ben@x.example;'])(
    'is nobody who could be written to: %s',
    (value) => expect(receiptToOf(fields(`Disposition-Notification-To: ${value}`))).toBeNull(),
  );
});

import { describe, expect, it } from 'vitest';
import { processorMs } from '../testing/held.ts';
import { parseHeaders } from './headers.ts';

const header = (...lines: string[]) =>
  parseHeaders(Buffer.from(`${lines.join('\r\n')}\r\n\r\nSubject: body\r\n`, 'latin1'));

describe('parseHeaders', () => {
  it('reads what a message says of itself', () => {
    expect(
      header(
        'Received: from a by b; Mon, 23 Nov 2026 10:00:00 +0000',
        'Received: from c by a; Mon, 23 Nov 2026 09:00:00 +0000',
        'From: Ann <ann@example.org>',
        'Sender: Bot <bot@example.org>',
        'TO : bob@example.org,',
        '\tEve <eve@example.org>',
        'Cc: team: x@example.org, y@example.org;',
        'Bcc: z@example.org',
        'Reply-To: list@example.org',
        'subject:  =?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
        ' from far',
        'Date: Mon, 23 Nov 2026 08:00:00 +0100',
        'Message-ID: <1@example.org>',
        'In-Reply-To: <0@example.org>',
        'Disposition-Notification-To: Ann <ann@example.org>',
        'DKIM-Signature: v=1; d=Example.org; h=from:list-unsubscribe',
        ' :list-unsubscribe-post; b=AA==',
        'References: <a@example.org> <b@example.org>',
        ' <a@example.org>',
        'List-Unsubscribe: <mailto:leave@example.org>, <https://example.org/leave?u=1>',
        'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
      ),
    ).toEqual({
      subject: 'Grüße from far',
      from: [{ name: 'Ann', email: 'ann@example.org' }],
      sender: [{ name: 'Bot', email: 'bot@example.org' }],
      to: [
        { name: null, email: 'bob@example.org' },
        { name: 'Eve', email: 'eve@example.org' },
      ],
      cc: [
        { name: null, email: 'x@example.org' },
        { name: null, email: 'y@example.org' },
      ],
      bcc: [{ name: null, email: 'z@example.org' }],
      replyTo: [{ name: null, email: 'list@example.org' }],
      list: null,
      receiptTo: { name: 'Ann', email: 'ann@example.org' },
      messageId: '1@example.org',
      inReplyTo: ['0@example.org'],
      references: ['a@example.org', 'b@example.org'],
      sentAt: '2026-11-23T07:00:00.000Z',
      received: 'from a by b; Mon, 23 Nov 2026 10:00:00 +0000',
      unsubscribe: { urls: ['mailto:leave@example.org', 'https://example.org/leave?u=1'], isOneClick: true },
      unsubscribeSigners: ['example.org'],
      traceFields: [
        { name: 'received', value: 'from a by b; Mon, 23 Nov 2026 10:00:00 +0000' },
        { name: 'received', value: 'from c by a; Mon, 23 Nov 2026 09:00:00 +0000' },
      ],
      warnings: [],
    });
  });

  it('gives empty values for a header that says nothing', () => {
    expect(header('X: y')).toMatchObject({
      subject: '',
      from: [],
      messageId: null,
      references: [],
      sentAt: null,
      unsubscribe: null,
    });
    expect(parseHeaders(Buffer.alloc(0))).toMatchObject({ subject: '', from: [] });
  });

  it('shows every sender of a From given twice, however it is written, and warns', () => {
    for (const lines of [
      ['From: <a@example.org>', 'From: <b@example.org>'],
      ['From\r\n : <a@example.org>', 'From : <b@example.org>'],
      [' From: <a@example.org>', 'from: <b@example.org>'],
    ]) {
      expect(header(...lines), lines.join()).toMatchObject({
        from: [{ email: 'a@example.org' }, { email: 'b@example.org' }],
        warnings: ['malformed'],
      });
    }
  });

  it('cuts what is too long to be read between letters, and tells of addresses that it left out', () => {
    for (const shift of ['', 'x', 'xy', 'xyz']) {
      const { subject, from, warnings } = parseHeaders(
        Buffer.from(
          `Subject: ${shift}${'😀'.repeat(40_000)}\r\nFrom: ${shift}${'"Größe" <a@example.org>,\r\n '.repeat(9_000)}b@example.org\r\n\r\n`,
        ),
      );
      expect(subject.slice(0, 5)).toBe(`${shift}😀😀😀`.slice(0, 5));
      expect(from[1]).toEqual({ name: 'Größe', email: 'a@example.org' });
      expect([from.length, warnings]).toEqual([500, ['addressesTruncated']]);
    }
  });

  it('warns of a From whose address is an encoded word', () => {
    for (const [from, email] of [
      ['<=?utf-8?Q?ceo=40bank.example?=>', ''],
      ['Ann <=?utf-8?B?Y2VvQGJhbmsuZXhhbXBsZSA=?=@evil.example>', 'ceo@bank.example @evil.example'],
      ['=?utf-8?Q?ceo=40bank.example=20?=@evil.example', 'ceo@bank.example @evil.example'],
    ]) {
      expect(header(`From: ${from}`), from).toMatchObject({ from: [{ email }], warnings: ['malformed'] });
    }
    expect(header('From: =?utf-8?Q?ceo=40bank.example?= <ann@example.org>').warnings).toEqual([]);
  });

  it('reads 8-bit junk, NULs and control characters without breaking the line', () => {
    const { subject, from } = header('Subject: caf\xe9 \0\x01 \xff', 'From: Andr\xe9 \0<a@example.org>');
    expect(subject).toBe('café \x01 ÿ');
    expect(from).toEqual([{ name: 'André', email: 'a@example.org' }]);
  });

  it('offers no way to leave a list but http, https and mailto', () => {
    expect(
      header('List-Unsubscribe: <javascript:alert(1)>, <data:text/html,x>, <ftp://x>, https://no.brackets').unsubscribe,
    ).toBeNull();
    expect(header('List-Unsubscribe: <javascript:alert(1)>, <https://ok.example>').unsubscribe).toEqual({
      urls: ['https://ok.example'],
      isOneClick: false,
    });
    expect(
      header('List-Unsubscribe: <mailto:a@b>', 'List-Unsubscribe-Post: List-Unsubscribe=One-Click').unsubscribe,
    ).toMatchObject({ isOneClick: false });
  });

  it('says so when addresses were left out', () => {
    const many = Array.from({ length: 700 }, (_, n) => `u${n}@example.org`).join(',\r\n ');
    expect(header(`To: ${many}`)).toMatchObject({ to: { length: 500 }, warnings: ['addressesTruncated'] });
  });

  it('reads a megabyte of fields, or one field of a megabyte, in good time', () => {
    for (const junk of [
      'a: b\r\n'.repeat(180_000),
      `Subject: ${'x'.repeat(1_040_000)}\r\n`,
      `X:${'\r\n y'.repeat(250_000)}\r\n`,
      `To: ${'a@b, '.repeat(200_000)}\r\n`,
    ]) {
      const started = process.cpuUsage();
      expect(parseHeaders(Buffer.from(`From: a@example.org\r\n${junk}\r\n`)).from).toHaveLength(1);
      expect(processorMs(started)).toBeLessThan(3_000);
    }
  });
});

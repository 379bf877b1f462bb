import { describe, expect, it } from 'vitest';
import { readMessage } from './read-message.ts';
import { parseReport } from './report.ts';

const bytes = (...lines: string[]) => Buffer.from(lines.join('\r\n'));
const delivery = (...lines: string[]) => parseReport('message/delivery-status', bytes(...lines));

describe('a report of delivery (RFC 3464)', () => {
  it('tells of each recipient what became of the message, and in whose words', () => {
    const report = delivery(
      'Reporting-MTA: dns; mx.example.org',
      'Arrival-Date: Mon, 5 Jan 2026 10:00:00 +0000',
      '',
      'Original-Recipient: rfc822;gone@example.net',
      'Final-Recipient: rfc822; gone+old@example.net',
      'Action: failed',
      'Status: 5.1.1 (no such user)',
      'Diagnostic-Code: smtp; 550 5.1.1 =?utf-8?Q?unbekannter_Empf=C3=A4nger?=',
      '  (in reply to RCPT TO)',
      '',
      '',
      'Final-Recipient: rfc822; slow@example.net',
      'Action: Delayed',
      'Status: 4.4.1',
      'Will-Retry-Until: Wed, 7 Jan 2026 10:00:00 +0000',
      '',
    );
    expect(report).toEqual({
      kind: 'delivery',
      reportedBy: 'mx.example.org',
      outcomes: [
        {
          recipient: 'gone@example.net',
          action: 'failed',
          status: '5.1.1',
          diagnostic: '550 5.1.1 unbekannter Empfänger (in reply to RCPT TO)',
          retryUntil: null,
        },
        {
          recipient: 'slow@example.net',
          action: 'delayed',
          status: '4.4.1',
          diagnostic: null,
          retryUntil: '2026-01-07T10:00:00.000Z',
        },
      ],
      isTruncated: false,
    });
  });

  it('is read without the empty line before the first recipient, and with line feeds alone', () => {
    const lines = 'Reporting-MTA: dns;mx\nFinal-Recipient: a@b.example\nAction: failed\nStatus: 5.0.0\n';
    expect(parseReport('message/delivery-status', Buffer.from(lines))?.outcomes).toMatchObject([
      { recipient: 'a@b.example', action: 'failed', status: '5.0.0' },
    ]);
  });

  it('tells twenty recipients and that there were more', () => {
    const one = (at: number) => `Final-Recipient: rfc822; p${at}@example.net\r\nAction: failed\r\n`;
    const report = delivery('Reporting-MTA: dns; mx', '', Array.from({ length: 25 }, (_, at) => one(at)).join('\r\n'));
    expect([report?.outcomes.length, report?.isTruncated]).toEqual([20, true]);
  });

  it('is none where it says nothing of anybody', () => {
    expect(delivery('')).toBeNull();
    expect(delivery('Reporting-MTA: dns; mx')).toBeNull();
    expect(parseReport('text/plain', bytes('Action: failed'))).toBeNull();
  });
});

it('a report of reading (RFC 8098) tells what became of the message at its reader', () => {
  const report = parseReport(
    'message/disposition-notification',
    bytes(
      'Reporting-UA: mail.example.net; Some Program 1.0',
      'Original-Recipient: rfc822;ann@example.net',
      'Final-Recipient: rfc822;a@example.net',
      'Disposition: manual-action/MDN-sent-manually; displayed/error',
    ),
  );
  expect(report).toMatchObject({
    kind: 'disposition',
    reportedBy: 'mail.example.net; Some Program 1.0',
    outcomes: [{ recipient: 'ann@example.net', action: 'displayed', diagnostic: null }],
  });
});

it.each([
  ['abuse', 'abuse'],
  ['not-spam', 'notSpam'],
  ['something-new', 'other'],
])('a complaint (RFC 5965) of %s is told as %s', (type, action) => {
  const fields = bytes(`Feedback-Type: ${type}`, 'User-Agent: Feed/1.0', 'Original-Rcpt-To: <bob@example.net>');
  expect(parseReport('message/feedback-report', fields)).toMatchObject({
    kind: 'complaint',
    reportedBy: 'Feed/1.0',
    outcomes: [{ recipient: 'bob@example.net', action }],
  });
});

describe('the report of a message', () => {
  const status = 'Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n';
  const wrapped = (type: string, ...parts: string[]) =>
    `Content-Type: ${type}; boundary=r\r\n\r\n${parts.map((part) => `--r\r\n${part}\r\n`).join('')}--r--\r\n`;
  const machine = `Content-Type: message/delivery-status\r\n\r\n${status}`;

  it('is that of a multipart/report, in any transfer encoding', async () => {
    const encoded = `Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(status).toString('base64')}`;
    for (const part of [machine, encoded]) {
      const { report } = await readMessage(Buffer.from(wrapped('multipart/report', '\r\nSorry.', part)));
      expect(report?.outcomes).toMatchObject([{ recipient: 'a@b.example', action: 'failed' }]);
    }
  });

  it('is not that of a report which someone attached to a letter', async () => {
    const bounce = `Content-Type: message/rfc822\r\n\r\n${wrapped('multipart/report', machine).replaceAll('=r', '=q').replaceAll('--r', '--q')}`;
    const { report, attachments } = await readMessage(Buffer.from(wrapped('multipart/mixed', '\r\nLook.', bounce)));
    expect([report, attachments.map(({ type }) => type)]).toEqual([null, ['message/rfc822']]);
    expect((await readMessage(Buffer.from(wrapped('multipart/mixed', '\r\nLook.', machine)))).report).toBeNull();
  });

  it('of a megabyte is read as far as 64 KiB', async () => {
    const long = `Content-Type: message/delivery-status\r\n\r\n${status}\r\n${'X-Filler: x\r\n'.repeat(90_000)}\r\n${status}`;
    const { report } = await readMessage(Buffer.from(wrapped('multipart/report', long)));
    expect(report?.outcomes).toHaveLength(1);
  });
});

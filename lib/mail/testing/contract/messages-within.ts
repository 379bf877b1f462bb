import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Attachment } from '../../model.ts';
import type { Suite } from '../contract.ts';
import { letter, letterWithFile } from '../letters.ts';
import { newest } from './reading.ts';

/** Messages attached to a message, one after the other, behind a text. */
function covering(subject: string, ...attached: { head?: string; message: string }[]): string {
  const boundary = `=_${subject}`;
  const parts = attached.map(
    ({ head = 'Content-Type: message/rfc822', message }) => `--${boundary}\r\n${head}\r\n\r\n${message}\r\n`,
  );
  return letter({
    subject,
    headers: ['MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${boundary}"`],
    body: `--${boundary}\r\n\r\nSee below.\r\n${parts.join('')}--${boundary}--`,
  });
}

const named = (attachments: Attachment[], name: string) => attachments.find((one) => one.name === name)?.partId ?? '';
const messagesOf = (attachments: Attachment[]) =>
  attachments.filter(({ isMessage }) => isMessage).map(({ partId }) => partId);

export function describeMessagesWithin({ person }: Suite): void {
  describe('messages within messages', () => {
    it('opens an attached message in place, with its texts and its files', async () => {
      const someone = await person();
      const { driver, elsewhere, inboxId } = someone;
      const bytes = Buffer.from(Array.from({ length: 5_001 }, (_, at) => (at * 7) % 256));
      const plain = letter({ subject: 'Plain', from: 'Cid <cid@example.org>', body: 'No multipart.' });
      await elsewhere.deliver(covering('Cover', { message: letterWithFile('Inner', bytes) }, { message: plain }));
      const id = await newest(someone);
      const outer = await driver.getMessage({ id });
      expect(outer.textBody.map(({ text }) => text.trim())).toEqual(['See below.']);
      expect(outer).not.toHaveProperty('partId');
      const [first = '', second = ''] = messagesOf(outer.attachments);
      const inner = await driver.openMessage({ id, partId: first });
      expect(inner).toMatchObject({ id, mailboxId: inboxId, partId: first, subject: 'Inner', keywords: [] });
      expect(inner).toMatchObject({ from: [{ name: 'Ann', email: 'ann@example.org' }], hasAttachment: true });
      expect(inner.receivedAt).toBe('2026-01-05T10:00:00.000Z');
      expect(inner.textBody.map(({ text }) => text.trim())).toEqual(['Grüße from the plain part.']);
      expect(inner.htmlBody.map(({ text }) => text.trim())).toEqual(['<p>Grüße from the <b>HTML</b> part.</p>']);
      const file = await driver.openPart({ id, partId: named(inner.attachments, 'report.pdf') });
      expect((await buffer(file.stream)).equals(bytes)).toBe(true);
      const other = await driver.openMessage({ id, partId: second });
      expect([other.subject, other.textBody[0]?.text.trim(), other.attachments]).toEqual([
        'Plain',
        'No multipart.',
        [],
      ]);
    });

    it('opens messages in messages, however they are encoded or named', async () => {
      const someone = await person();
      const { driver, elsewhere } = someone;
      const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
      const innermost = letterWithFile('Innermost', Buffer.from('whole'));
      const encoded = covering('Encoded', { message: innermost });
      const file = covering('File', {
        head: 'Content-Type: application/octet-stream; name="old mail.eml"\r\nContent-Transfer-Encoding: base64',
        message: base64(encoded),
      });
      const between = covering('Between', { message: file });
      await elsewhere.deliver(
        covering('Outermost', {
          head: 'Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64',
          message: base64(between),
        }),
      );
      const id = await newest(someone);
      const subjects: string[] = [];
      let { attachments } = await driver.getMessage({ id });
      for (let [partId] = messagesOf(attachments); partId !== undefined; [partId] = messagesOf(attachments)) {
        const opened = await driver.openMessage({ id, partId });
        subjects.push(opened.subject);
        attachments = opened.attachments;
      }
      expect(subjects).toEqual(['Between', 'File', 'Encoded', 'Innermost']);
      const { stream } = await driver.openPart({ id, partId: named(attachments, 'report.pdf') });
      expect((await buffer(stream)).toString()).toBe('whole');
    });

    it('refuses to open as a message what is none, and what is not there', async () => {
      const someone = await person();
      await someone.elsewhere.deliver(covering('Cover', { message: letter() }));
      const id = await newest(someone);
      for (const partId of ['1', '3', '2.2', '2.1', '2.1.1', '', '0', 'x\r\nA1 LOGOUT', '2.HEADER']) {
        const opening = someone.driver.openMessage({ id, partId });
        await expect(opening, partId).rejects.toMatchObject({ code: 'notFound' });
      }
      expect((await someone.driver.openMessage({ id, partId: '2' })).subject).toBe('Lunch');
    });

    it('opens messages in messages to a depth, and beyond it gives them as files', async () => {
      const someone = await person();
      const { driver, elsewhere } = someone;
      let message = letter({ subject: 'Bottom' });
      for (let depth = 40; depth > 0; depth -= 1) message = covering(`Depth ${depth}.`, { message });
      await elsewhere.deliver(message);
      const id = await newest(someone);
      let { attachments, subject } = await driver.getMessage({ id });
      for (let [partId] = messagesOf(attachments); partId !== undefined; [partId] = messagesOf(attachments)) {
        ({ attachments, subject } = await driver.openMessage({ id, partId }));
      }
      expect(subject).toBe('Depth 21.');
      const { stream, type } = await driver.openPart({ id, partId: attachments[0]?.partId ?? '' });
      expect(type).toBe('message/rfc822');
      expect((await buffer(stream)).toString()).toContain('Subject: Bottom');
      const beyond = driver.openMessage({ id, partId: attachments[0]?.partId ?? '' });
      await expect(beyond).rejects.toMatchObject({ code: 'notFound' });
    });

    it('tells what a report of delivery says, and that nothing of a signature was checked', async () => {
      const someone = await person();
      const status = [
        'Reporting-MTA: dns; mx.example.org',
        '',
        'Final-Recipient: rfc822; nobody@example.net',
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 <nobody@example.net>: no such user',
      ].join('\r\n');
      const part = (type: string, body: string) => `--r\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;
      const multipart = (subject: string, type: string, ...parts: string[]) =>
        letter({
          subject,
          headers: ['MIME-Version: 1.0', `Content-Type: ${type}; boundary=r`],
          body: `${parts.join('')}--r--`,
        });
      await someone.elsewhere.deliver(
        multipart(
          'Undelivered',
          'multipart/report; report-type=delivery-status',
          part('text/plain', 'Sorry.'),
          part('message/delivery-status', status),
          part('message/rfc822', letter({ subject: 'What was sent' })),
        ),
      );
      const id = await newest(someone);
      const bounced = await someone.driver.getMessage({ id });
      expect(bounced.report).toEqual({
        kind: 'delivery',
        reportedBy: 'mx.example.org',
        outcomes: [
          {
            recipient: 'nobody@example.net',
            action: 'failed',
            status: '5.1.1',
            diagnostic: '550 5.1.1 <nobody@example.net>: no such user',
            retryUntil: null,
          },
        ],
        isTruncated: false,
      });
      const [sent = ''] = messagesOf(bounced.attachments);
      expect(await someone.driver.openMessage({ id, partId: sent })).toMatchObject({
        subject: 'What was sent',
        report: null,
        protection: null,
      });
      await someone.elsewhere.deliver(
        multipart(
          'Signed',
          'multipart/signed; protocol="application/pgp-signature"',
          part('text/plain', 'I said so.'),
          part('application/pgp-signature; name=signature.asc', '-----BEGIN PGP SIGNATURE-----'),
        ),
      );
      const signed = await someone.driver.getMessage({ id: await newest(someone) });
      expect(signed.protection).toEqual({ kind: 'signed', by: 'pgp', sealedPartId: null });
      expect(signed.textBody[0]?.text.trim()).toBe('I said so.');
      expect(signed.attachments).toMatchObject([{ name: 'signature.asc' }]);
      await someone.elsewhere.deliver(
        letter({
          subject: 'Sealed',
          headers: [
            'MIME-Version: 1.0',
            'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m',
            'Content-Transfer-Encoding: base64',
          ],
          body: 'MIAGCSqGSIb3DQEHA6CAMIACAQA=',
        }),
      );
      const sealed = await someone.driver.getMessage({ id: await newest(someone) });
      expect(sealed.protection).toEqual({ kind: 'encrypted', by: 'smime', sealedPartId: '1' });
      expect(sealed.attachments).toMatchObject([{ partId: '1', name: 'smime.p7m' }]);
    });
  });
}

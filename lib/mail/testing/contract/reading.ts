import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Person, Suite } from '../contract.ts';
import { letter, letterOfDepth, letterWithFile, letterWithParts } from '../letters.ts';

/** The id of the newest message. */
export async function newest({ driver, inboxId }: Person): Promise<string> {
  const { items } = await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 1 });
  return items[0]?.id ?? '';
}

export function describeReading({ traits, person }: Suite): void {
  describe('reading', () => {
    it('opens a message with its texts, files and references, and leaves it unread', async () => {
      const someone = await person();
      const { driver, elsewhere } = someone;
      const message = letterWithFile('Report', Buffer.from('%PDF-1.7')).replace(
        'MIME-Version',
        'References: <a@example.org>\r\n <b@example.org>\r\nIn-Reply-To: <b@example.org>\r\nCc: Cid <cid@example.org>\r\nReply-To: List <list@example.org>\r\nList-Unsubscribe: <https://example.org/leave>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nMIME-Version',
      );
      await elsewhere.deliver(message);
      const id = await newest(someone);
      const opened = await driver.getMessage({ id });
      expect(opened.textBody.map(({ text }) => text.trim())).toEqual(['Grüße from the plain part.']);
      expect(opened.htmlBody.map(({ type, text }) => [type, text.trim()])).toEqual([
        ['text/html', '<p>Grüße from the <b>HTML</b> part.</p>'],
      ]);
      expect(opened.attachments).toMatchObject([{ name: 'report.pdf', type: 'application/pdf', isInline: false }]);
      expect(opened.references).toEqual(['a@example.org', 'b@example.org']);
      expect(opened.inReplyTo).toEqual(['b@example.org']);
      expect(opened.cc).toEqual([{ name: 'Cid', email: 'cid@example.org' }]);
      expect(opened.replyTo).toEqual([{ name: 'List', email: 'list@example.org' }]);
      expect(opened.unsubscribe).toEqual({ urls: ['https://example.org/leave'], isOneClick: true });
      expect(opened.hasAttachment).toBe(true);
      expect(opened.warnings).toEqual([]);
      expect(opened.keywords).not.toContain('$seen');
      if (traits.serverKeywords) expect(await elsewhere.flagsOf('Report')).not.toContain('\\Seen');
    });

    it('opens a message that no list has shown', async () => {
      const { driver, elsewhere, inboxId } = await person();
      await elsewhere.deliver(letter({ subject: 'Straight', body: 'to the point' }));
      const [id = ''] = await driver.listMessageIds({ mailboxId: inboxId });
      const opened = await driver.getMessage({ id });
      expect([opened.subject, opened.textBody[0]?.text.trim()]).toEqual(['Straight', 'to the point']);
    });

    it('streams a file byte for byte, and the message as it is on the wire', async () => {
      const someone = await person();
      const { driver, elsewhere } = someone;
      const bytes = Buffer.from(Array.from({ length: 300_001 }, (_, at) => (at * 31) % 256));
      const message = letterWithFile('Bytes', bytes);
      await elsewhere.deliver(message);
      const id = await newest(someone);
      const { attachments } = await driver.getMessage({ id });
      const part = await driver.openPart({ id, partId: attachments[0]?.partId ?? '' });
      expect([part.type, part.name]).toEqual(['application/pdf', 'report.pdf']);
      expect((await buffer(part.stream)).equals(bytes)).toBe(true);
      const raw = await driver.openRaw({ id });
      const onTheWire = (await buffer(raw.stream)).toString('latin1').trimEnd();
      const own = traits.writesFields
        ? onTheWire.replace(/^(X-UIDL|X-IMAPbase|X-UID|Status): .*\r\n/gm, '')
        : onTheWire;
      expect(own).toBe(Buffer.from(message).toString('latin1').trimEnd());
    });

    it('goes on after a stream was let go in its midst', async () => {
      const someone = await person();
      await someone.elsewhere.deliver(letterWithFile('Large', Buffer.alloc(3_000_000, 7)));
      const id = await newest(someone);
      for (let at = 0; at < 6; at += 1) {
        const { stream } = await someone.driver.openRaw({ id });
        await new Promise((resolve) => stream.once('readable', resolve));
        stream.destroy();
      }
      expect((await someone.driver.getMessage({ id })).subject).toBe('Large');
    });

    it('refuses a part that there is not', async () => {
      const someone = await person();
      await someone.elsewhere.deliver(letter());
      const id = await newest(someone);
      for (const partId of ['7', '1.9.9', '', '0', 'x\r\nA1 LOGOUT', 'TEXT']) {
        await expect(someone.driver.openPart({ id, partId }), partId).rejects.toMatchObject({ code: 'notFound' });
      }
    });

    it('keeps bounds for a thousand parts and for a depth of 200', async () => {
      const someone = await person();
      await someone.elsewhere.deliver(letterWithParts('Wide', 1100));
      const wide = await someone.driver.getMessage({ id: await newest(someone) });
      expect(wide.attachments.length).toBeLessThanOrEqual(1000);
      // Courier stops at a few hundred by itself, and does not say so.
      if (wide.attachments.length >= 999) expect(wide.warnings).toContain('tooManyParts');
      else expect(wide.attachments.length).toBeGreaterThan(100);
      await someone.elsewhere.deliver(letterOfDepth('Deep', 200));
      const deep = await someone.driver.getMessage({ id: await newest(someone) });
      expect(deep.subject).toBe('Deep');
      expect(deep.warnings).toContain('tooDeep');
    });

    it('shows the beginning of a body of 50 MB and streams it whole', async () => {
      const someone = await person();
      const line = `${'All work and no play makes Jack a dull boy. '.repeat(20)}\r\n`;
      await someone.elsewhere.deliver(
        letter({ subject: 'Huge', body: line.repeat(Math.ceil((50 * 1024 * 1024) / line.length)) }),
      );
      const id = await newest(someone);
      const opened = await someone.driver.getMessage({ id });
      expect(opened.textBody[0]?.isTruncated).toBe(true);
      expect(opened.textBody[0]?.text.length).toBeLessThanOrEqual(2 * 1024 * 1024);
      expect(opened.warnings).toContain('bodyTruncated');
      const { stream } = await someone.driver.openRaw({ id });
      let sizeBytes = 0;
      for await (const chunk of stream) sizeBytes += (chunk as Buffer).length;
      expect(sizeBytes).toBeGreaterThan(50 * 1024 * 1024);
    }, 60_000);
  });
}

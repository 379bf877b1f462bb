import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { Person, SampleMail } from './mail.ts';

/** The bytes of a message (RFC 5322, CRLF). The same mail gives the same bytes. */
export async function compose(mail: SampleMail): Promise<Buffer> {
  if (mail.raw) return mail.raw;
  const id = mail.messageId ?? messageIdOf(mail);
  const composer = new MailComposer({
    from: mail.from,
    to: mail.to,
    ...(mail.cc && { cc: mail.cc }),
    subject: mail.subject,
    ...(mail.text !== undefined && { text: mail.text }),
    ...(mail.html !== undefined && { html: mail.html }),
    ...(mail.attachments && { attachments: mail.attachments }),
    ...(mail.calendar && { icalEvent: { method: mail.calendar.method, content: mail.calendar.text } }),
    ...(mail.references && {
      references: mail.references.map(bracket),
      inReplyTo: bracket(mail.references.at(-1) ?? ''),
    }),
    messageId: bracket(id),
    date: mail.receivedAt,
    headers: { ...receivedHeaders(mail), ...mail.headers },
    // A boundary by chance would make every run another mailbox.
    baseBoundary: createHash('sha1').update(id).digest('hex').slice(0, 20),
    newline: '\r\n',
  });
  return composer.compile().build();
}

/** A Message-ID that depends on nothing but the mail. */
export function messageIdOf(mail: { from: Person; subject: string; receivedAt: Date }): string {
  const seed = `${mail.from.address} ${mail.subject} ${mail.receivedAt.getTime()}`;
  const domain = mail.from.address.split('@')[1] ?? 'mail.example';
  return `${createHash('sha1').update(seed).digest('base64url').slice(0, 22)}@${domain}`;
}

function bracket(id: string): string {
  return `<${id}>`;
}

function receivedHeaders(mail: SampleMail): Record<string, string> {
  const domain = mail.from.address.split('@')[1] ?? 'mail.example';
  const recipient = mail.to[0]?.address ?? '';
  const when = mail.receivedAt.toUTCString().replace('GMT', '+0000');
  return {
    received: `from out.${domain} (out.${domain} [192.0.2.25]) by mx.skarholm.example with ESMTPS for <${recipient}>; ${when}`,
    'authentication-results': `mx.skarholm.example; dkim=pass header.d=${domain}; spf=pass smtp.mailfrom=${domain}; dmarc=pass header.from=${domain}`,
  };
}

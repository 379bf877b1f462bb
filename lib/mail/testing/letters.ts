/** Messages to test with. `lines` end in CRLF on the wire. */

const wire = (lines: string[]): string => lines.join('\r\n');

/** The name under which the servers of the contract are believed (RFC 8601 §2.5). */
export const ownAuthservId = 'mx.example.org';

export interface Letter {
  subject?: string;
  from?: string;
  to?: string;
  date?: string;
  headers?: string[];
  body?: string;
}

/** A plain letter. */
export function letter({
  subject = 'Lunch',
  from = 'Ann <ann@example.org>',
  to = 'Bob <bob@example.org>',
  date = 'Mon, 05 Jan 2026 10:00:00 +0000',
  headers = [],
  body = 'See you at noon.',
}: Letter = {}): string {
  return wire([
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Date: ${date}`,
    `Message-ID: <${Buffer.from(subject).toString('hex').slice(0, 60)}@example.org>`,
    ...headers,
    ...(headers.some((header) => /^content-type:/i.test(header))
      ? []
      : ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit']),
    '',
    body,
    '',
  ]);
}

/** Text, HTML with a picture in it, and a file; the file is `bytes`. */
export function letterWithFile(subject: string, bytes: Buffer, name = 'report.pdf'): string {
  const encoded = bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
  return letter({
    subject,
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=outer'],
    body: wire([
      '--outer',
      'Content-Type: multipart/alternative; boundary=inner',
      '',
      '--inner',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Gr=FC=DFe from the plain part.',
      '--inner',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('<p>Grüße from the <b>HTML</b> part.</p>').toString('base64'),
      '--inner--',
      '--outer',
      `Content-Type: application/pdf; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      encoded,
      '--outer--',
    ]),
  });
}

/** So many text files attached side by side. */
export function letterWithParts(subject: string, count: number): string {
  const part = (at: number) => [
    '--b',
    `Content-Type: text/plain; name=p${at}.txt`,
    `Content-Disposition: attachment; filename=p${at}.txt`,
    '',
    `part ${at}`,
  ];
  const parts = Array.from({ length: count }, (_, at) => part(at)).flat();
  return letter({
    subject,
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
    body: wire([...parts, '--b--']),
  });
}

/** Multiparts in multiparts, so deep, with a text at the bottom. */
export function letterOfDepth(subject: string, depth: number): string {
  const lines: string[] = [];
  for (let at = 1; at <= depth; at += 1)
    lines.push(`--b${at - 1}`, `Content-Type: multipart/mixed; boundary=b${at}`, '');
  lines.push(`--b${depth}`, 'Content-Type: text/plain', '', 'the bottom', `--b${depth}--`);
  return letter({
    subject,
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b0'],
    body: wire(lines),
  });
}

/** 8-bit bytes where only ASCII belongs: a subject and a name in windows-1252, without any declaration. */
export function letterOfJunk(subject: string): Buffer {
  const head = `From: J\xf6rg M\xfcller <joerg@example.org>\r\nTo: undisclosed-recipients:;\r\nSubject: ${subject} caf\xe9\r\nDate: nonsense\r\nX-Junk: \x01\x02\xff\xfe\r\n\r\nbody \xe4\xf6\xfc\r\n`;
  return Buffer.from(head, 'latin1');
}

import { letter } from '../lib/mail/testing/letters.ts';

/** A red square of 10 by 10. */
const square =
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC';

/** Formatted, with a picture and a tracker of other servers, and one that came with the mail. */
export function newsletter(subject: string): string {
  const html = `<html><body style="background:#eef"><table width="600"><tr><td>
<h1>Windward Seeds</h1><p>Sweet peas are <b>back</b>. <a href="https://seeds.example/peas">See them</a></p>
<img src="https://pictures.example/peas.png" width="400" height="120" alt="A row of sweet peas">
<img src="https://count.example/open.gif?who=you" width="1" height="1" alt="">
<img src="cid:square@example.org" alt="A red square">
</td></tr></table></body></html>`;
  return letter({
    subject,
    from: 'Windward Seeds <news@seeds.example>',
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/related; boundary=r'],
    body: [
      '--r\r\nContent-Type: multipart/alternative; boundary=a\r\n',
      '--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSweet peas are back.',
      `--a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`,
      '--a--',
      '--r\r\nContent-Type: image/png\r\nContent-ID: <square@example.org>\r\nContent-Disposition: inline',
      `Content-Transfer-Encoding: base64\r\n\r\n${square}`,
      '--r--',
    ].join('\r\n'),
  });
}

/** A newsletter whose pictures are on a server of this machine: one in an element, one behind it, and two trackers. */
export function letterWithPictures(
  subject: string,
  port: number,
  { from = 'Windward Seeds <news@seeds.example>', picture = '/peas.png?who=you' } = {},
): string {
  const host = `http://127.0.0.1:${port}`;
  const html = `<html><body style="background:#eef"><table width="600"><tr>
<td style="padding:20px;background-image:url('${host}/field.png')"><h1>Windward Seeds</h1><p>Sweet peas are back.</p>
<img src="${host}${picture}" width="400" height="120" alt="A row of sweet peas">
<img src="${host}/open?who=you" width="1" height="1" alt=""><img src="https://news.list-manage.com/track/open.php?u=1" alt="">
</td></tr></table></body></html>`;
  return letter({
    subject,
    from,
    headers: ['MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8'],
    body: html,
  });
}

/** So many letters, "Letter 1" the oldest, a minute apart. */
export function manyLetters(count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const date = new Date(Date.UTC(2026, 5, 1, 8, at)).toUTCString().replace('GMT', '+0000');
    return letter({ subject: `Letter ${at + 1}`, date });
  });
}

/** An invitation as programs send it: the calendar beside the text, as an alternative (RFC 6047). */
export function invitation(subject: string, lines: string[], method = 'REQUEST'): string {
  const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', `METHOD:${method}`, 'BEGIN:VEVENT', 'UID:41@harbour.example'];
  return letter({
    subject,
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary=a'],
    body: [
      '--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlease come.',
      `--a\r\nContent-Type: text/calendar; charset=utf-8; method=${method}\r\n`,
      ...calendar,
      ...lines,
      'END:VEVENT',
      'END:VCALENDAR',
      '--a--',
    ].join('\r\n'),
  });
}

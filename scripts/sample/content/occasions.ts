import type { SampleMail } from '../mail.ts';
import * as cast from './cast.ts';

/** Invitations and a delivery report: mail that programs write for programs. */
export function occasions(now: Date): SampleMail[] {
  const at = (hoursAgo: number) => new Date(now.getTime() - hoursAgo * 3_600_000);
  return [
    {
      from: cast.rosa,
      to: [cast.ines],
      cc: [cast.marta, cast.jon],
      subject: 'Invitation: Terminal steering group',
      text: 'Steering group for the ferry terminal, in the map room. Coffee is there from ten to.\n\nAgenda: mooring clause, green railing, dredging before winter.',
      receivedAt: at(10),
      flags: [],
      calendar: {
        method: 'REQUEST',
        text: invitation(
          now,
          'steering-41',
          'Terminal steering group',
          'Map room, Harbour Office',
          cast.rosa.address,
          3,
          10,
        ),
      },
    },
    {
      from: cast.rowing,
      to: [cast.ines],
      subject: 'Invitation: Last row of the year',
      text: 'Once round the lighthouse, then soup. Bring a hat and somebody who has never rowed.',
      receivedAt: at(77),
      flags: ['S'],
      calendar: {
        method: 'REQUEST',
        text: invitation(now, 'last-row', 'Last row of the year', 'Boathouse', cast.rowing.address, 6, 8),
      },
    },
    deliveryReport(at(49)),
  ];
}

function invitation(
  now: Date,
  uid: string,
  summary: string,
  place: string,
  organizer: string,
  inDays: number,
  hour: number,
): string {
  const day = new Date(now.getTime() + inDays * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const two = (value: number) => String(value).padStart(2, '0');
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Skarholm//Calendar//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:${uid}@skarholm-town.example`,
    `DTSTAMP:${day}T060000Z`,
    `DTSTART:${day}T${two(hour)}0000Z`,
    `DTEND:${day}T${two(hour + 1)}3000Z`,
    `SUMMARY:${summary}`,
    `LOCATION:${place}`,
    `ORGANIZER:mailto:${organizer}`,
    `ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${cast.ines.address}`,
    'SEQUENCE:0',
    'STATUS:CONFIRMED',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

/** A report of failed delivery (RFC 3464), as a mail server writes it. */
function deliveryReport(receivedAt: Date): SampleMail {
  const date = receivedAt.toUTCString().replace('GMT', '+0000');
  const text = `From: ${cast.daemon.name} <${cast.daemon.address}>
To: <${cast.ines.address}>
Subject: Undelivered Mail Returned to Sender
Date: ${date}
Message-ID: <report.${receivedAt.getTime()}@skarholm.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_report"

--=_report
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.skarholm.example.

Your message could not be delivered to one recipient. It is attached below.

<keeper@lighthouse.example>: host mx.lighthouse.example said:
    550 5.1.1 Nobody keeps this light any more (in reply to RCPT TO)

--=_report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.skarholm.example
Arrival-Date: ${date}

Final-Recipient: rfc822; keeper@lighthouse.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 Nobody keeps this light any more

--=_report
Content-Type: message/rfc822

From: ${cast.ines.name} <${cast.ines.address}>
To: <keeper@lighthouse.example>
Subject: May the school visit the lantern room?
Date: ${date}
Message-ID: <visit.${receivedAt.getTime()}@skarholm.example>
Content-Type: text/plain; charset=us-ascii

Dear keeper, twenty-two children would love to see the lens. Would a Tuesday suit?

Ines Lindqvist

--=_report--
`;
  return {
    from: cast.daemon,
    to: [cast.ines],
    subject: 'Undelivered Mail Returned to Sender',
    receivedAt,
    flags: ['S'],
    raw: Buffer.from(text.replace(/\n/g, '\r\n')),
  };
}

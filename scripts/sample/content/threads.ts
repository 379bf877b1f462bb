import { messageIdOf } from '../compose.ts';
import { pdf } from '../files/pdf.ts';
import { plan } from '../files/pictures.ts';
import type { Flag, Person, SampleFolder, SampleMail } from '../mail.ts';
import * as cast from './cast.ts';

interface Turn {
  hoursAgo: number;
  from: Person;
  text: string;
  flags?: Flag[];
  attachments?: SampleMail['attachments'];
}

/** A conversation with References; what Ines wrote is in Sent, the rest in `path`. */
export function conversations(now: Date): SampleFolder[] {
  return [
    ...thread(
      now,
      'INBOX',
      'Contract for the ferry terminal',
      [cast.jon, cast.marta],
      [
        {
          hoursAgo: 50,
          from: cast.jon,
          text: 'Ines,\n\nthe contract came back with eleven remarks. Ten are commas. The eleventh is the notice period for the mooring: they insist on fourteen days.\n\nWhat do you say?\n\nJon',
        },
        {
          hoursAgo: 27,
          from: cast.ines,
          text: 'If they insist on the notice period, let us meet in the middle and be done with it.\n\nInes',
        },
        {
          hoursAgo: 4,
          from: cast.marta,
          text: 'From the drawing side: whatever the number is, please let it be a whole week or two. The yard plans by the week, and so does the tide.\n\nMarta',
        },
        {
          hoursAgo: 0.9,
          from: cast.jon,
          text: 'Ines,\n\nI have signed page three and initialled the annex. The only open point is the mooring clause: the harbour office wants fourteen days’ notice, we offered seven. I would give them ten and close it before the tide tables change.\n\nThe scan is attached, together with the drawing that Marta sent last night.\n\nJon\n\nOn Sunday you wrote:\n> If they insist on the notice period, let us meet in the middle and be done with it.\n>\n> Ines',
          flags: ['S'],
          attachments: [
            {
              filename: 'contract-signed.pdf',
              content: pdf('Contract for the ferry terminal', ['Page three, signed', 'Annex, initialled: J. B.']),
              contentType: 'application/pdf',
            },
            { filename: 'quay-wall.png', content: plan(900, 620), contentType: 'image/png' },
          ],
        },
      ],
    ),
    ...thread(
      now,
      'INBOX',
      'Who feeds the harbour cat?',
      [cast.george, cast.piet, cast.rosa],
      [
        {
          hoursAgo: 96,
          from: cast.george,
          text: 'A serious matter. The cat was fed by three departments on Friday and by none on Saturday. I ask for a rota.\n\nGeorge',
        },
        {
          hoursAgo: 95,
          from: cast.piet,
          text: 'The pump house takes Mondays and Thursdays. She likes the pilchards, not the tuna.\n\nP.',
        },
        { hoursAgo: 93, from: cast.rosa, text: 'Procurement takes Tuesdays. We shall need a receipt.\n\nRosa' },
        {
          hoursAgo: 92,
          from: cast.ines,
          text: 'Wednesdays and Fridays for the terminal office. The weekend is George’s, since he started it.\n\nInes',
        },
        { hoursAgo: 90, from: cast.george, text: 'Agreed, with dignity. The rota hangs by the kettle.\n\nGeorge' },
        { hoursAgo: 22, from: cast.piet, text: 'She has brought us a fish. I think we are even.\n\nP.', flags: [] },
      ],
    ),
    ...thread(
      now,
      'Projects/Ferry terminal',
      'Roof: timber or steel',
      [cast.yukiko, cast.marta],
      [
        {
          hoursAgo: 400,
          from: cast.marta,
          text: 'Both schemes are on the wall now. Timber is warmer and 4 % dearer, steel spans the whole hall.\n\nMarta',
        },
        {
          hoursAgo: 392,
          from: cast.yukiko,
          text: 'Thank you. I would like to see the shadow of both at nine in the morning in March.\n\nYukiko Okada',
        },
        { hoursAgo: 380, from: cast.ines, text: 'Timber, unless the insurer faints. I will ask.\n\nInes' },
        {
          hoursAgo: 350,
          from: cast.marta,
          text: 'The insurer did not faint. They asked for sprinklers over the kiosk.\n\nMarta',
        },
      ],
    ),
  ];
}

function thread(now: Date, path: string, subject: string, others: Person[], turns: Turn[]): SampleFolder[] {
  const references: string[] = [];
  const received: SampleMail[] = [];
  const sent: SampleMail[] = [];
  for (const turn of turns) {
    const mail: SampleMail = {
      from: turn.from,
      to: turn.from === cast.ines ? [...others] : [cast.ines],
      ...(turn.from !== cast.ines && { cc: others.filter((person) => person !== turn.from) }),
      subject: references.length === 0 ? subject : `Re: ${subject}`,
      text: turn.text,
      receivedAt: new Date(now.getTime() - turn.hoursAgo * 3_600_000),
      flags: turn.flags ?? ['S', 'R'],
      ...(turn.attachments && { attachments: turn.attachments }),
      ...(references.length > 0 && { references: [...references] }),
    };
    references.push(messageIdOf(mail));
    (turn.from === cast.ines ? sent : received).push(mail);
  }
  return [
    { path, mails: received },
    { path: 'Sent', mails: sent },
  ];
}

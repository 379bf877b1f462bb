import { pdf } from '../files/pdf.ts';
import { plan, seascape } from '../files/pictures.ts';
import { docx } from '../files/zip.ts';
import type { Flag, Person, SampleMail } from '../mail.ts';
import * as cast from './cast.ts';

type Letter = [hoursAgo: number, from: Person, subject: string, text: string, rest?: Partial<SampleMail>];

const unread: Partial<SampleMail> = { flags: [] };
const starred: Partial<SampleMail> = { flags: ['S', 'F'] as Flag[] };

/** Letters that a person wrote, newest first, as hours before now. */
export function letters(now: Date): SampleMail[] {
  return written().map(([hoursAgo, from, subject, text, rest]) => ({
    from,
    to: [cast.ines],
    subject,
    text,
    flags: ['S'],
    receivedAt: new Date(now.getTime() - hoursAgo * 3_600_000),
    ...rest,
  }));
}

function written(): Letter[] {
  return [
    [
      0.2,
      cast.marta,
      'The harbour drawings, third round',
      `Dear Ines,

The quay wall moved by two metres after the survey, so the canopy has to follow it. I redrew sheets 4 to 9 over the weekend and kept the waiting room where it was: the morning light there is too good to lose.

Two questions before I send them to the yard:

 1. May the bicycle stands go under the stairs? It frees the whole north side.
 2. Who decides about the colour of the railing? I would love it to be the green of the old ferries.

The plan and the sections are attached.

Warmly,
Marta`,
      {
        ...unread,
        attachments: [
          { filename: 'sheet-04-plan.png', content: plan(1_100, 700), contentType: 'image/png' },
          {
            filename: 'sections-4-9.pdf',
            content: pdf('Ferry terminal, sections 4 to 9', [
              'Quay wall +2.00 m after survey',
              'Canopy follows the wall',
              'Railing: RAL 6005, to be confirmed',
            ]),
            contentType: 'application/pdf',
          },
        ],
      },
    ],
    [
      1.6,
      cast.samira,
      'Lunch on Thursday?',
      `There is a new place by the old post office that does nothing but soup and dark bread. Eleven tables, no bookings, a queue by noon. Shall we be brave and go at half past eleven?

I want to hear everything about the terminal, and I have news of my own.

Samira`,
      unread,
    ],
    [
      5.1,
      cast.piet,
      'The pump is singing again',
      `Ines, the number two pump started its song at four this morning. It is the bearing, I am nearly sure. I have ordered one and shall change it on Wednesday when the water is low. Until then number one carries it alone, which it can, as long as nobody opens the east sluice.

Could you tell George not to open the east sluice?

Piet`,
      unread,
    ],
    [
      7.4,
      cast.hanne,
      'Sunday, and the blue bowl',
      `Dear heart,

Come on Sunday, both children if they will. I found the blue bowl. It was behind the preserving jars the whole time, so I owe your father an apology, and he will enjoy it.

Bring the apples if there are any left.

Mamma`,
      starred,
    ],
    [
      26,
      cast.amadou,
      'Photos from the boatyard',
      `The light was kind to us for once. Here is the Solveig on the slip, with her new planks still pale. Three more weeks and she can go back into the water.

The big ones are on the stick that I gave to Nils.

Amadou`,
      {
        attachments: [
          { filename: 'solveig-evening.png', content: seascape(900, 600, 'dusk'), contentType: 'image/png' },
          { filename: 'solveig-morning.png', content: seascape(900, 600, 'dawn'), contentType: 'image/png' },
          { filename: 'from the slip.png', content: seascape(700, 700, 'day'), contentType: 'image/png' },
        ],
      },
    ],
    [
      28.5,
      cast.rosa,
      'Tender: questions until Friday',
      `Three bidders have sent questions about the mooring clause, all three about the same sentence. I propose one answer to everybody, published on Friday at noon. A draft is attached; please look at point 4, where I promise something in your name.

Rosa Silva
Procurement, Town of Skarholm`,
      {
        keywords: ['Project'],
        attachments: [
          {
            filename: 'Answers to bidders (draft).docx',
            content: docx([
              'Answers to bidders, draft of Monday',
              '1. The mooring clause is to be read together with annex C.',
              '4. The harbour office will name a contact by the first of the month.',
            ]),
            contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
          },
        ],
      },
    ],
    [
      31,
      cast.piet,
      'Keys for the pump house',
      `They hang behind the map, as ever. The small one sticks: lift, then turn. If the light does not come on, it is the fuse on the left, not the one on the right.

P.`,
    ],
    [
      33,
      cast.nils,
      'permission slip!!',
      `mum can you sign the thing for the boat trip, they need it tomorrow. it is in my bag, the front pocket, under the banana. sorry about the banana

n`,
      { flags: ['S', 'R'] },
    ],
    [
      47,
      cast.priya,
      'Depths off the east mole',
      `Hello Ines,

We ran the echo sounder along the east mole twice, at slack water both times. It is shallower than the chart by 0.4 m in the inner third. I attach the points as CSV (local datum, metres) so that Marta's people can load them as they are.

Nothing alarming, but the new ferry draws 3.1, and I would dredge before the winter rather than after.

Priya Raman
Meridian Survey`,
      {
        attachments: [{ filename: 'east-mole-depths.csv', content: depths(), contentType: 'text/csv' }],
      },
    ],
    [
      52,
      cast.george,
      'East sluice',
      `Noted. I have hung a sign on the wheel. The sign says NO in three languages.

George Achterberg
Harbour Office`,
    ],
    [
      55,
      cast.samira,
      'The thing I was trying to remember',
      `It was "The Sea Room". You lent it to me in March and I have had it on the windowsill since, where it has gone the colour of tea. I shall bring it on Thursday with a new one as ransom.`,
    ],
    [
      71,
      cast.farid,
      'Gauge firmware: the half-hour gap',
      `Found it. The gap at 02:30 was not the sensor: the logger went to sleep when the lighthouse beam crossed its solar cell. It took the beam for dawn, every eleven seconds, and gave up.

The fix is four lines. I pushed it to main and Pontoon is green again. The readings from Tuesday on are good.

Farid`,
      starred,
    ],
    [
      75,
      cast.aoife,
      'Your night train to Vienna',
      `Hello Ines,

I moved you to the lower berths, as you asked. Car 261, beds 21 and 22. Breakfast comes at seven unless you hang the little ship on the door.

Have a good journey,
Aoife Brennan
Northbound Rail, Groups`,
      {
        attachments: [
          {
            filename: 'reservation-261-21-22.pdf',
            content: pdf('Reservation', [
              'Skarholm Harbour to Wien Hbf',
              'Car 261, beds 21 and 22, lower berths',
              'Breakfast at 07:00',
            ]),
            contentType: 'application/pdf',
          },
        ],
      },
    ],
    [
      98,
      cast.amadou,
      'A bill, and a smaller bill',
      `The first is for the planks. The second is for the coffee you drank while I fitted them; it says zero, but I wanted it in writing.

Amadou`,
      {
        attachments: [
          {
            filename: 'invoice-solveig-3.pdf',
            content: pdf('Boatyard Diallo, invoice 3', ['Larch planks, 14 m', 'Bronze screws, 400', 'Coffee: 0.00']),
            contentType: 'application/pdf',
          },
        ],
      },
    ],
    [
      104,
      cast.hanne,
      'Recipe, before I forget',
      `Six apples, peeled by somebody else. Butter the size of an egg. Cardamom, more than you think. Forty minutes and do not open the door to look, I know you.

Mamma`,
      starred,
    ],
    [
      120,
      cast.george,
      'Mooring plan for the winter',
      `Dear colleagues,

The fishing boats go to the inner basin from the first of December, the sailing boats to the slip. The pilot boat stays where it is because it always does. Please send me objections by Monday; afterwards I shall be charming, but firm.

George`,
      { cc: [cast.rosa, cast.piet, cast.amadou] },
    ],
    [
      146,
      cast.marta,
      'Green',
      `Of course it had to be looked up. The old ferries were painted in "bottle, two parts, ivory, none". I have a chip of it from the museum. It is on its way to you in an envelope with too many stamps.

Marta`,
    ],
    [
      170,
      cast.nils,
      'can i have a dog',
      `i have made a list of reasons, it has 14 points. number 9 is very strong

n`,
      { flags: ['S', 'R', 'F'] },
    ],
    [
      190,
      cast.mei,
      '今年的鐵觀音到了',
      `Ines 你好，

今年秋天的鐵觀音到了，香氣比去年更好。我替你留了兩罐，你下次來港口的時候可以順便來拿。

林美玲
港茶行`,
    ],
    [
      214,
      cast.beatriz,
      'O farol está aceso outra vez',
      `Querida Ines,

Depois de três semanas às escuras, o farol voltou a acender-se ontem à noite. Meia aldeia subiu a colina para ver. A lente antiga foi limpa por quatro pessoas com panos de linho, e ninguém falou durante uma hora inteira.

Vem ver, quando puderes.

Um abraço,
Beatriz`,
    ],
  ];
}

function depths(): string {
  const rows = Array.from({ length: 48 }, (_, index) => {
    const depth = 3.9 - Math.sin(index / 7) * 0.4 - index * 0.011;
    return `${index * 5},${(12 + Math.cos(index / 5)).toFixed(2)},${depth.toFixed(2)}`;
  });
  return `chainage_m,offset_m,depth_m\r\n${rows.join('\r\n')}\r\n`;
}

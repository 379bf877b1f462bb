import { badge, seascape } from '../files/pictures.ts';
import type { Colour } from '../files/png.ts';
import type { Person, SampleMail } from '../mail.ts';
import * as cast from './cast.ts';

interface Issue {
  from: Person;
  list: string;
  accent: string;
  colour: Colour;
  title: string;
  lead: string;
  items: [heading: string, text: string][];
}

const issues: Issue[] = [
  {
    from: cast.history,
    list: 'Tidal History Society <members.tidalhistory.example>',
    accent: '#7a4b12',
    colour: [122, 75, 18],
    title: 'Minutes and the autumn walk',
    lead: 'Forty of us met at the old customs house, and one dog, who did not vote.',
    items: [
      [
        'The minutes',
        'The accounts were passed. The question of the anchor on the roundabout was put off to spring, as it has been since 1987.',
      ],
      [
        'The autumn walk',
        'Along the sea wall to the tide mill, two miles, flat. Bring boots: the last part is honest mud.',
      ],
      ['Wanted', 'Photographs of the harbour from before the crane. We copy them and return them the same day.'],
    ],
  },
  {
    from: cast.chart,
    list: 'The Chart Table <letter.charttable.example>',
    accent: '#1d4f7c',
    colour: [29, 79, 124],
    title: 'Four ways to fold a chart',
    lead: 'A letter for people who would rather know where they are.',
    items: [
      ['The accordion', 'Quick, and wrong in wind. Good for a train.'],
      ['The Danish fold', 'Eleven creases and no regrets. We made a drawing.'],
      ['From the archive', 'Why the sea of one atlas had a whale on every second page, and who was paid for it.'],
    ],
  },
  {
    from: cast.bakery,
    list: 'Kringle & Rye <friends.kringlerye.example>',
    accent: '#9a3b26',
    colour: [154, 59, 38],
    title: 'The dark loaf is back on Saturdays',
    lead: 'Three days of sourdough, one of patience. Forty loaves, first come.',
    items: [
      ['Saturday', 'The dark loaf, seeded rolls, and the cardamom knots that you asked for.'],
      ['For St Lucia', 'Order saffron buns until the tenth. A dozen is twelve, and one for the way.'],
    ],
  },
  {
    from: cast.seeds,
    list: 'Windward Seeds <catalogue.windwardseeds.example>',
    accent: '#2f6b3c',
    colour: [47, 107, 60],
    title: 'What grows in salt wind',
    lead: 'Sea kale, tamarisk and eleven beans that do not mind the weather.',
    items: [
      [
        'New this year',
        'A pea from the outer islands, saved by one family for ninety years. It climbs anything, fences and neighbours too.',
      ],
      ['Offer', 'Every order before the new year comes with a packet of thrift for the wall.'],
    ],
  },
  {
    from: cast.library,
    list: 'Skarholm Library <readers.skarholm-library.example>',
    accent: '#5b3a78',
    colour: [91, 58, 120],
    title: 'New on the long shelf',
    lead: 'Twelve books about islands, and one about a man who never left the mainland.',
    items: [
      ['Reading evening', 'Thursday at seven in the stove room. Samira Okafor reads; you may knit.'],
      ['Return week', 'Bring back anything, however late. We shall only smile.'],
    ],
  },
];

/** The nth issue of one of five newsletters: tables, pictures from afar, one by cid, and a tracking pixel. */
export function newsletter(number: number, receivedAt: Date): SampleMail {
  const issue = issues[number % issues.length] as Issue;
  const domain = issue.from.address.split('@')[1] ?? '';
  const round = Math.floor(number / issues.length);
  const subject = round === 0 ? issue.title : `${issue.title} (no. ${140 - round})`;
  const leave = `https://${domain}/leave?m=${number}`;
  return {
    from: issue.from,
    to: [cast.ines],
    subject,
    text: [
      issue.lead,
      ...issue.items.map(([heading, text]) => `${heading.toUpperCase()}\n${text}`),
      `Leave this list: ${leave}`,
    ].join('\n\n'),
    html: html(issue, domain, number, leave),
    attachments: [
      {
        filename: 'badge.png',
        content: badge(72, issue.colour),
        contentType: 'image/png',
        cid: `badge.${number}@${domain}`,
        contentDisposition: 'inline',
      },
      ...(number % 4 === 0
        ? [
            {
              filename: 'header.png',
              content: seascape(560, 180, number % 8 === 0 ? 'dawn' : 'day'),
              contentType: 'image/png',
              cid: `header.${number}@${domain}`,
              contentDisposition: 'inline' as const,
            },
          ]
        : []),
    ],
    receivedAt,
    flags: ['S'],
    headers: {
      'List-Id': issue.list,
      'List-Unsubscribe': `<${leave}>, <mailto:leave@${domain}?subject=leave>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      Precedence: 'bulk',
    },
  };
}

function html(issue: Issue, domain: string, number: number, leave: string): string {
  const items = issue.items
    .map(
      ([heading, text], index) => `<tr>
<td width="128" valign="top" style="padding:12px 16px 12px 24px"><img src="https://img.${domain}/${number}/${index}.jpg" width="112" height="84" alt="${heading}" style="border-radius:6px;background:#eee"></td>
<td valign="top" style="padding:12px 24px 12px 0;font:15px/22px Georgia,serif;color:#333"><b style="color:${issue.accent};font-size:17px">${heading}</b><br>${text} <a href="https://${domain}/read/${number}/${index}" style="color:${issue.accent}">Read on</a></td>
</tr>`,
    )
    .join('\n');
  const header =
    number % 4 === 0
      ? `<tr><td colspan="2"><img src="cid:header.${number}@${domain}" width="560" alt="" style="display:block;width:100%"></td></tr>`
      : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${issue.title}</title>
<style>body{margin:0;background:#f3efe7} a:hover{text-decoration:none} @media(max-width:480px){.card{width:100%!important}}</style></head>
<body style="margin:0;background:#f3efe7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f3efe7"><tr><td align="center" style="padding:24px 8px">
<table role="presentation" class="card" width="560" cellpadding="0" cellspacing="0" style="max-width:560px;background:#fff;border-radius:8px;overflow:hidden">
${header}
<tr><td colspan="2" style="padding:24px 24px 4px"><img src="cid:badge.${number}@${domain}" width="36" height="36" alt="" style="vertical-align:middle"> <span style="font:600 14px/20px Arial,sans-serif;color:${issue.accent};padding-left:8px">${issue.from.name}</span></td></tr>
<tr><td colspan="2" style="padding:8px 24px"><h1 style="font:700 26px/32px Georgia,serif;color:#222;margin:0">${issue.title}</h1><p style="font:italic 16px/24px Georgia,serif;color:#555;margin:8px 0 8px">${issue.lead}</p></td></tr>
${items}
<tr><td colspan="2" align="center" style="padding:16px 24px 24px"><a href="https://${domain}/issue/${number}" style="display:inline-block;background:${issue.accent};color:#fff;font:600 15px/20px Arial,sans-serif;text-decoration:none;padding:12px 24px;border-radius:6px">Read the whole issue</a></td></tr>
<tr><td colspan="2" style="padding:16px 24px;background:#faf8f4;font:12px/18px Arial,sans-serif;color:#777">You get this because you asked for it at ${domain}. <a href="${leave}" style="color:#777">Leave this list</a>.</td></tr>
</table></td></tr></table>
<img src="https://track.${domain}/o/${number}.gif?to=ines" width="1" height="1" alt="">
</body></html>`;
}

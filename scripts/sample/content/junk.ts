import type { SampleMail } from '../mail.ts';
import type { Random } from '../random.ts';
import * as cast from './cast.ts';

const offers: [name: string, address: string, subject: string, text: string][] = [
  [
    'Prize Office',
    'winner@grand-prize-desk.example',
    'YOU have WON a lighthouse (final notice)',
    'Dear friend, your address was drawn from a barrel. To receive your lighthouse send only the cost of carriage.',
  ],
  [
    'Dr. Barnabas Quill',
    'quill@urgent-fortune.example',
    'Confidential: 14,000,000 and a trawler',
    'I am the keeper of a late captain’s sea chest and need an honest partner with a bank account.',
  ],
  [
    'Mail Administrator',
    'admin@mailbox-quota-check.example',
    'Your mailbox is 99.8% full!!!',
    'Your mailbox will be closed today. Click to confirm your password and keep your letters.',
  ],
  [
    'Cheap Anchors',
    'deals@anchors4less.example',
    '-80% ANCHORS only today',
    'Drop anchor, drop prices! Every anchor must go. Free chain with two.',
  ],
  [
    'Hair Of Mermaids',
    'beauty@merhair.example',
    'Doctors in the harbour hate this seaweed',
    'One leaf a day and your beard will be seen from the pier.',
  ],
];

/** What the junk filter caught. */
export function junk(at: Date, random: Random): SampleMail {
  const [name, address, subject, text] = random.pick(offers);
  const host = address.split('@')[1] ?? '';
  return {
    from: { name, address },
    to: [cast.ines],
    subject,
    text,
    html: `<p>${text}</p><p><a href="https://${host}/go?u=${random.int(1_000, 9_999)}">https://skarholm.example/account</a></p><img src="https://${host}/open.gif?${random.int(1, 9_999)}" width="1" height="1">`,
    receivedAt: at,
    flags: random.chance(0.2) ? ['S'] : [],
    keywords: ['$Junk'],
    headers: {
      'X-Spam-Flag': 'YES',
      'authentication-results': `mx.skarholm.example; dkim=none; spf=fail smtp.mailfrom=${host}; dmarc=fail header.from=${host}`,
    },
  };
}

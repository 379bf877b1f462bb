import { expect, test } from 'vitest';
import { parseMailto } from './mailto.ts';

const nothing = { to: [], cc: [], bcc: [], subject: '', text: '', inReplyTo: [] };
const person = (email: string) => ({ name: null, email });

test.each([
  ['mailto:chris@example.com', { to: [person('chris@example.com')] }],
  ['MAILTO:a@x.y,b@x.y', { to: [person('a@x.y'), person('b@x.y')] }],
  ['mailto:?to=a@x.y&cc=b@x.y&bcc=c@x.y', { to: [person('a@x.y')], cc: [person('b@x.y')], bcc: [person('c@x.y')] }],
  [
    'mailto:a@x.y?subject=50%25%20off&body=one%0D%0Atwo',
    { to: [person('a@x.y')], subject: '50% off', text: 'one\ntwo' },
  ],
  ['mailto:bob+tag@x.y?subject=1+1=2', { to: [person('bob+tag@x.y')], subject: '1+1=2' }],
  ['mailto:a@x.y?In-Reply-To=%3Cone.two@x.y%3E', { to: [person('a@x.y')], inReplyTo: ['one.two@x.y'] }],
  // What a page could slip in goes nowhere: other fields, line ends in a header, percent signs that decode to nothing.
  ['mailto:a@x.y?attach=/etc/passwd&from=b@x.y', { to: [person('a@x.y')] }],
  ['mailto:a@x.y?subject=a%0D%0ABcc:%20b@x.y', { to: [person('a@x.y')], subject: 'a Bcc: b@x.y' }],
  ['mailto:a@x.y?subject=100%', { to: [person('a@x.y')], subject: '100%' }],
  ['mailto:', {}],
])('%s is read', (url, found) => expect(parseMailto(url)).toEqual({ ...nothing, ...found }));

import { expect, test } from 'vitest';
import { isKnownTracker } from './trackers.ts';

test.each([
  'https://seeds.us1.list-manage.com/track/open.php?u=1&id=2',
  'https://u1234.ct.sendgrid.net/wf/open?upn=abc',
  'https://links.seeds.example/wf/open?upn=abc',
  'https://mailtrack.io/trace/mail/abc.png',
  'http://www.google-analytics.com/collect?v=1',
  'https://seeds.example/pictures/pixel.gif',
  'https://count.example/1x1.png?who=you',
])('%s is known for telling that a mail was opened', (address) => expect(isKnownTracker(address)).toBe(true));

test.each([
  'https://mcusercontent.com/pictures/peas.png',
  'https://seeds.example/track/opening-day.png',
  'https://list-manage.com.example/track/logo.png',
  'https://notmailtrack.io/trace/mail/abc.png',
  'https://www.facebook.com/pictures/tree.png',
  'https://seeds.example/pixel-art.gif',
])('%s is a picture like any other', (address) => expect(isKnownTracker(address)).toBe(false));

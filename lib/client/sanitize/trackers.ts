/**
 * Addresses that services of mailing answer with an empty picture, to learn who opened what: [end of the host, path]. Only
 * what never shows anything is here, because what it names is never fetched.
 */
const known: readonly (readonly [string, RegExp])[] = [
  ['list-manage.com', /^\/track\/open/],
  ['mandrillapp.com', /^\/track\/open/],
  ['sendgrid.net', /^\/wf\/open/],
  ['mailgun.org', /^\/o\//],
  ['awstrack.me', /^\/I0\//],
  ['mjt.lu', /^\/oo\//],
  ['exacttarget.com', /^\/open\.aspx/],
  ['exct.net', /^\/open\.aspx/],
  ['createsend.com', /^\/t\/[^/]*-o\//],
  ['createsend1.com', /^\/t\/[^/]*-o\//],
  ['mailtrack.io', /^\/trace\/mail\//],
  ['emltrk.com', /^\//],
  ['google-analytics.com', /^\/(?:.*\/)?collect$/],
  ['facebook.com', /^\/tr\/?$/],
  ['bat.bing.com', /^\/action\//],
];
/** Paths that say it of themselves, on any host (senders put these services under names of their own). */
const telling = /\/(?:wf\/open|track\/open\.php|open\.aspx|trackopen|pixel\.gif|1x1\.(?:gif|png))$/i;

/** Whether an address is known for nothing but telling that a mail was opened. */
export function isKnownTracker(address: string): boolean {
  const { hostname, pathname } = new URL(address);
  if (telling.test(pathname)) return true;
  return known.some(([host, path]) => (hostname === host || hostname.endsWith(`.${host}`)) && path.test(pathname));
}

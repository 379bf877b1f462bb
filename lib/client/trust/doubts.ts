import type { EmailAddress, Message } from '../../mail/model.ts';
import { hasHiddenCharacters, hasLookalikeWord, isLookalikeDomain } from '../../text/lookalike.ts';
import { asciiHost, type SiteOf } from './site.ts';

/** What the HTML of a message turned out to hold, found where it was shown. */
export interface Findings {
  /** Where links lead whose text names another site, each host once. */
  lyingHosts: string[];
  hasForm: boolean;
}

/** A reason not to take a message for what it seems: the words' key, and what stands in them. */
export interface Doubt {
  kind: DoubtKind;
  values: Record<string, string | number>;
}

/** The weightiest first. */
const kinds = [
  'severalFrom',
  'unproven',
  'otherChecked',
  'nameCarriesAddress',
  'lookalikeAddress',
  'lookalikeName',
  'hidden',
  'notAllowed',
  'lyingLinks',
  'form',
  'unprovenByList',
  'replyElsewhere',
  'sentByOther',
] as const;
export type DoubtKind = (typeof kinds)[number];

/** A doubt of these kinds is only worth telling beside another: it is ordinary, and stands in the header. */
const ordinary: readonly DoubtKind[] = ['sentByOther'];
/** A doubt of these kinds is a hint, not a warning. */
export const isHint = ({ kind }: Doubt): boolean => kinds.indexOf(kind) >= kinds.indexOf('unprovenByList');

type Sender = Pick<Message, 'from' | 'to' | 'cc' | 'replyTo' | 'sender' | 'subject' | 'unsubscribe' | 'authentication'>;

/** Every doubt about a message, the weightiest first; none where there are only ordinary ones. Pure. */
export function doubtsOf(message: Sender, findings: Findings, siteOf: SiteOf): Doubt[] {
  const doubts = [
    ...doubtsOfNames(message, siteOf),
    ...doubtsOfServer(message, siteOf),
    ...doubtsOfAnswers(message, siteOf),
    ...doubtsOfText(findings),
  ];
  if (doubts.every(({ kind }) => ordinary.includes(kind))) return [];
  return doubts.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

function doubtsOfNames({ from, subject }: Sender, siteOf: SiteOf): Doubt[] {
  const doubts: Doubt[] = [];
  const add = (kind: DoubtKind, values: Doubt['values'] = {}) => void doubts.push({ kind, values });
  const emails = from.map(({ email }) => email);
  if (from.length > 1) add('severalFrom', { names: from.slice(0, 3).map(written).join(', ') });
  for (const { name, email } of from.slice(0, 5)) {
    const domain = domainOf(email);
    const claimed = addressesIn(name ?? '').find((one) => siteOf(domainOf(one)) !== siteOf(domain));
    if (claimed !== undefined && email !== '') add('nameCarriesAddress', { claimed, email });
    if (isLookalikeDomain(domain)) add('lookalikeAddress', { domain, ascii: asciiHost(domain) });
    if (hasLookalikeWord(name ?? '')) add('lookalikeName', { name: name ?? '' });
  }
  const texts = [...from.flatMap(({ name }) => name ?? []), ...emails];
  if (texts.some(hasHiddenCharacters) || /[\u202d\u202e]/.test(subject)) add('hidden');
  return doubts;
}

/** What the mail server found. Where it tells nothing, nothing is said. */
function doubtsOfServer({ from, authentication, unsubscribe }: Sender, siteOf: SiteOf): Doubt[] {
  const domain = domainOf(from[0]?.email ?? '');
  if (authentication === null || domain === '') return [];
  const { spf, dkim, dmarc } = authentication;
  const isSigned = dkim.some(({ result }) => result === 'pass');
  if (dmarc?.result === 'fail') {
    // Lists add a line to a message, and break its signature.
    const list = dkim.find(({ result }) => result === 'pass')?.domain;
    return unsubscribe !== null && list != null && siteOf(list) !== siteOf(domain)
      ? [{ kind: 'unprovenByList', values: { domain, list } }]
      : [{ kind: 'unproven', values: { domain } }];
  }
  if (dmarc?.result === 'pass') {
    const checked = dmarc.domain ?? domain;
    return siteOf(checked) === siteOf(domain) ? [] : [{ kind: 'otherChecked', values: { checked, domain } }];
  }
  // Forwarding breaks SPF and leaves signatures whole.
  if (spf?.result === 'fail' && !isSigned) return [{ kind: 'notAllowed', values: { domain: spf.domain ?? domain } }];
  return [];
}

function doubtsOfAnswers({ from, to, cc, replyTo, sender, unsubscribe }: Sender, siteOf: SiteOf): Doubt[] {
  const [author] = from;
  if (author === undefined || author.email === '') return [];
  const known = new Set([...from, ...to, ...cc].map(({ email }) => email.toLowerCase()));
  const home = siteOf(domainOf(author.email));
  const isElsewhere = ({ email }: EmailAddress) =>
    email !== '' && !known.has(email.toLowerCase()) && siteOf(domainOf(email)) !== home;
  const doubts: Doubt[] = [];
  const answer = replyTo.find(isElsewhere);
  // Nobody answers a newsletter, and who calls himself no-reply says that answers go elsewhere.
  const isExpected = unsubscribe !== null || /no[-_.]?reply/i.test(author.email);
  if (answer !== undefined && !isExpected) {
    doubts.push({ kind: 'replyElsewhere', values: { replyTo: answer.email, from: author.email } });
  }
  const other = sender.find(isElsewhere);
  if (other !== undefined) doubts.push({ kind: 'sentByOther', values: { sender: other.email } });
  return doubts;
}

function doubtsOfText({ lyingHosts, hasForm }: Findings): Doubt[] {
  const [host] = lyingHosts;
  return [
    ...(host === undefined ? [] : [{ kind: 'lyingLinks' as const, values: { host, count: lyingHosts.length } }]),
    ...(hasForm ? [{ kind: 'form' as const, values: {} }] : []),
  ];
}

const maxNameLength = 1_000;
const addressesIn = (name: string) =>
  name.slice(0, maxNameLength).match(/[^\s<>"'(),;:@]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu) ?? [];

const domainOf = (email: string) => email.slice(email.lastIndexOf('@') + 1).toLowerCase();
const written = ({ name, email }: EmailAddress) => (email === '' ? (name ?? '') : email);

import type { FoundServers, MailServer, ServerChoice } from '../../contract/mail-servers.ts';
import { MailError } from '../../mail/errors.ts';
import type { WebWay } from '../ask-web.ts';
import { isForeign } from './host-name.ts';

/** A server that a source names, for one protocol; of several the first that can be reached is taken. */
export interface Candidate extends MailServer {
  protocol: 'imap' | 'pop3' | 'smtp';
  username: string;
}

/** Of each protocol so many are looked at. */
const most = 4;

/**
 * What can be chosen of the candidates, IMAP first: those with an address that may be reached, TLS from the first byte before
 * STARTTLS (RFC 8314 §3). Throws `notFound` where that is none, alike for names that lead nowhere and names that lead inward.
 */
export async function choicesOf(
  candidates: readonly Candidate[],
  { source, domain }: { source: ServerChoice['source']; domain: string },
  way: WebWay,
): Promise<FoundServers['choices']> {
  const firstOf = async (protocol: Candidate['protocol']) => {
    const own = candidates.filter((candidate) => candidate.protocol === protocol);
    const safest = [...own.filter(isImplicit), ...own.filter((one) => !isImplicit(one))].slice(0, most);
    const reachable = await Promise.all(safest.map((candidate) => isReachable(candidate, way)));
    return safest.find((_, at) => reachable[at]) ?? null;
  };
  const [imap, pop3, smtp] = await Promise.all([firstOf('imap'), firstOf('pop3'), firstOf('smtp')]);
  const found = [imap, pop3].filter((one) => one !== null);
  if (found.length === 0) throw new MailError('notFound', 'no server of mail that can be reached');
  return found.map((incoming) => {
    // One login is given, for both.
    const own = smtp?.username === incoming.username ? smtp : null;
    const hosts = [incoming, own].flatMap((one) => (one === null ? [] : [one.host]));
    return {
      source,
      protocol: incoming.protocol as 'imap' | 'pop3',
      username: incoming.username,
      incoming: serverOf(incoming),
      smtp: own === null ? null : serverOf(own),
      foreignHosts: [...new Set(hosts.filter((host) => isForeign(host, domain)))],
    };
  });
}

const isImplicit = ({ security }: MailServer) => security === 'tls';
const serverOf = ({ host, port, security }: Candidate): MailServer => ({ host, port, security });

async function isReachable({ host, port }: Candidate, { resolve, mayReach }: WebWay): Promise<boolean> {
  const found = await resolve(host).catch(() => []);
  return found.some(({ address }) => mayReach(address, port));
}

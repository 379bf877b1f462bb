import type { FoundServers, ServerQuestion } from '../../contract/mail-servers.ts';
import { asMailError, MailError } from '../../mail/errors.ts';
import { config } from '../config.ts';
import { log } from '../log.ts';
import { listedServers } from '../mail-servers.ts';
import { firstAccountId, type SignedIn } from '../session.ts';
import { countOutside } from '../throttle.ts';
import { askAutoconfig, autoconfigUrls } from './autoconfig.ts';
import { type Candidate, choicesOf } from './candidates.ts';
import { domainOf } from './host-name.ts';
import { askSrv } from './srv.ts';
import { type DiscoveryWay, discoveryWay } from './way.ts';

type Source = FoundServers['sources'][number];

/**
 * Where the mail of an address is: by the admin's list, and if the person says so by whom may be asked outside, one source
 * after the other until one names a server of mail. Nothing is guessed. Throws `invalid` for what is no address, `forbidden`
 * where asking is turned off, `throttled` where this person has asked too often.
 */
export async function findServers(
  signedIn: SignedIn,
  { address, asksOutside }: ServerQuestion,
  signal: AbortSignal,
): Promise<FoundServers> {
  const { hosts } = config();
  const told = { listed: listedOf(address), mayChoose: hosts.isOpen };
  const domain = hosts.isOpen ? domainOf(address) : null;
  const sources = domain === null || !hosts.asksOutside ? [] : sourcesOf(domain);
  if (!asksOutside) return { ...told, sources, choices: [], failures: [] };
  if (!hosts.asksOutside)
    throw new MailError('forbidden', 'asking outside is turned off', { detail: 'MAIL_DISCOVERY' });
  if (domain === null) throw new MailError('invalid', 'not the address of a domain', { detail: 'address' });
  await countOutside(firstAccountId(signedIn));
  return { ...told, sources, ...(await ask({ domain, address }, discoveryWay(), signal)) };
}

/** Asks the sources one after the other, until one gives something to choose. */
export async function ask(
  about: { domain: string; address: string },
  way: DiscoveryWay,
  signal: AbortSignal,
): Promise<Pick<FoundServers, 'choices' | 'failures'>> {
  const failures: FoundServers['failures'] = [];
  for (const source of ['srv', 'autoconfig', 'directory'] as const) {
    const questions = questionsOf(source, about, way, signal);
    if (questions.length === 0) continue;
    const answers = await Promise.allSettled(
      questions.map(async (candidates) => choicesOf(await candidates, { source, domain: about.domain }, way.mail)),
    );
    signal.throwIfAborted();
    for (const answer of answers) if (answer.status === 'fulfilled') return { choices: answer.value, failures };
    for (const answer of answers) {
      if (answer.status === 'fulfilled') continue;
      const { code, message } = asMailError(answer.reason);
      log.info({ domain: about.domain, source, code, reason: message }, 'a source named no mail server');
      failures.push({ source, code });
    }
  }
  return { choices: [], failures };
}

function questionsOf(
  source: Source['source'],
  about: { domain: string; address: string },
  way: DiscoveryWay,
  signal: AbortSignal,
): Promise<Candidate[]>[] {
  if (source === 'srv') return [askSrv(about, way, signal)];
  const { domain, address } = about;
  if (source === 'directory') {
    const { directory } = way;
    return directory === null ? [] : [askAutoconfig(directoryUrl(directory, domain), address, way, signal)];
  }
  const [own = '', wellKnown = ''] = autoconfigUrls(domain, way.web.port);
  const query = new URLSearchParams({ emailaddress: address });
  return [askAutoconfig(`${own}?${query}`, address, way, signal), askAutoconfig(wellKnown, address, way, signal)];
}

const directoryUrl = (directory: URL, domain: string): string => new URL(domain, directory).href;

function sourcesOf(domain: string): Source[] {
  const { directory } = config().hosts;
  const [own = '', wellKnown = ''] = autoconfigUrls(domain);
  return [
    { source: 'srv', name: domain, learns: 'domain' },
    { source: 'autoconfig', name: own, learns: 'address' },
    { source: 'autoconfig', name: wellKnown, learns: 'domain' },
    ...(directory === null
      ? []
      : [{ source: 'directory', name: directoryUrl(directory, domain), learns: 'domain' } as const]),
  ];
}

/** Servers for any domain are no answer to whose mail is where, except for the domain of logins that name none. */
function listedOf(address: string): FoundServers['listed'] {
  const { servers, mailDomain } = config();
  const found = listedServers(servers, address);
  const host = found?.imap?.host ?? found?.pop3?.host;
  if (host === undefined) return null;
  const domain = address.includes('@') ? address.slice(address.lastIndexOf('@') + 1).toLowerCase() : null;
  return { isForAny: domain !== null && !servers.has(domain) && domain !== mailDomain, host };
}

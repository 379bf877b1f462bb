import type { ServerUrl } from '../mail/driver.ts';
import { MailError } from '../mail/errors.ts';
import { allowedLookup } from './allowed-lookup.ts';
import { config } from './config.ts';
import { mailWay } from './mail-way.ts';
import { parseServerUrl } from './server-url.ts';

/**
 * A server that a person has chosen, by its URL: reached at public addresses alone, each checked as it is connected to, and
 * never without checked TLS. Where the admin has listed this very server, it is reached as the admin says. Throws `forbidden`
 * where people may choose none, `unreachable` for an address in digits that may not be reached.
 */
export function chosenServer(url: string, protocol: ServerUrl['protocol']): ServerUrl {
  const { hosts, ca } = config();
  if (!hosts.isOpen)
    throw new MailError('forbidden', 'people may not choose servers (MAIL_HOSTS)', { detail: 'servers' });
  const server = parseServerUrl(url, protocol, ca);
  const listed = listedTwin(server);
  if (listed !== null) return listed;
  if (!server.verifiesCertificate || server.secretIs === 'token')
    throw new MailError('insecure', 'a chosen server is always asked for a certificate', { detail: protocol });
  return { ...server, lookup: lookupOf(server) };
}

/** The server of the list with this host and port; null where there is none. */
export function listedTwin({ protocol, host, port }: Pick<ServerUrl, 'protocol' | 'host' | 'port'>): ServerUrl | null {
  for (const { [protocol]: listed } of config().servers.values())
    if (listed?.host === host && listed.port === port) return listed;
  return null;
}

/** Names that lead nowhere and names that lead inward are told alike, so that nobody looks around in our network. */
function lookupOf({ host, port }: ServerUrl): NonNullable<ServerUrl['lookup']> {
  const { resolve, mayReach } = mailWay();
  const hidden = (error: unknown) =>
    new MailError('unreachable', `no public address of ${host}`, { detail: 'address', cause: error });
  try {
    const lookup = allowedLookup(host, port, mayReach, resolve);
    return (name, options, callback) =>
      lookup(name, options, (error, ...found) => callback(error === null ? null : hidden(error), ...found));
  } catch (error) {
    throw hidden(error);
  }
}

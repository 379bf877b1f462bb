import type { MailServer } from '../../contract/mail-servers.ts';
import type { ParsedOf } from '../../contract/operations.ts';
import type { ServerUrl } from '../../mail/driver.ts';
import { MailError } from '../../mail/errors.ts';
import type { ChosenServers } from '../../store/account.ts';
import { type AccountPlace, serverOf } from '../account-servers.ts';
import { chosenServer } from '../chosen-server.ts';
import { config } from '../config.ts';
import { chooseServer } from '../login.ts';
import { mailPorts } from '../mail-way.ts';
import { accountOf, type SignedIn } from '../session.ts';

export type NewAccount = ParsedOf<'addAccount', 'body'>;

/** What an account is verified at, and what is kept of it. `chosen` is null for the admin's list. */
interface Servers {
  server: ServerUrl;
  /** Verified too, where the person has chosen it. */
  smtp: ServerUrl | null;
  chosen: ChosenServers | null;
}

/**
 * The servers of an account that is added: those of the account whose password is given again, those that the person has
 * chosen, else those of the list. Throws `forbidden` where people may choose none, `invalid` for another login than that account's, or for a port that is none of mail.
 */
export function serversOf(signedIn: SignedIn, { username, protocol, accountId, servers }: NewAccount): Servers {
  if (accountId !== undefined) {
    const { place } = accountOf(signedIn, accountId);
    if (place.username !== username) throw new MailError('invalid', 'another login', { detail: 'username' });
    return { server: stillThere(place), smtp: null, chosen: null };
  }
  if (servers === undefined) return { server: chooseServer(username, protocol), smtp: null, chosen: null };
  const serverUrl = urlOf(protocol ?? 'imap', servers.incoming);
  const smtpUrl = servers.smtp === null ? null : urlOf('smtp', servers.smtp);
  return {
    server: reachable(chosenServer(serverUrl, protocol ?? 'imap')),
    smtp: smtpUrl === null ? null : reachable(chosenServer(smtpUrl, 'smtp')),
    chosen: { server_url: serverUrl, smtp_url: smtpUrl, address: servers.address ?? null },
  };
}

/** The sign-in itself goes on where the server of an added account is not there any more. */
function stillThere(place: AccountPlace): ServerUrl {
  try {
    return serverOf(place);
  } catch (error) {
    throw new MailError('forbidden', 'the server of this account may not be used any more', {
      detail: 'servers',
      cause: error,
    });
  }
}

const schemes = {
  imap: { tls: 'imaps', starttls: 'imap+starttls' },
  pop3: { tls: 'pop3s', starttls: 'pop3+starttls' },
  smtp: { tls: 'submissions', starttls: 'submission+starttls' },
} as const;

/** As the admin would write it. */
function urlOf(protocol: keyof typeof schemes, { host, port, security }: MailServer): string {
  return `${schemes[protocol][security]}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** No other port of a public address answers (mail-way.ts): this tells so before anything is tried. */
function reachable(server: ServerUrl): ServerUrl {
  const isOther = server.lookup !== undefined && !mailPorts.includes(server.port);
  if (!isOther || config().hosts.allow.length > 0) return server;
  throw new MailError('invalid', 'not a port of mail', { detail: server.protocol === 'smtp' ? 'smtpPort' : 'port' });
}

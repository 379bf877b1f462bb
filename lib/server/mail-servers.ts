import { z } from 'zod';
import type { ServerUrl } from '../mail/driver.ts';
import { MailError } from '../mail/errors.ts';
import { parseServerUrl } from './server-url.ts';

/** The servers of one mail domain; null where it has none. */
export interface MailServers {
  imap: ServerUrl | null;
  pop3: ServerUrl | null;
  smtp: ServerUrl | null;
}

/** Lower-case domain → its servers; `*` for every other domain and for names without one. */
export type ServersByDomain = Map<string, MailServers>;

/** How these servers are to be taken: PEM of an authority of one's own, and names for `ServerUrl.authservIds`. */
export interface ServerTrust {
  ca: string | null;
  authservIds?: readonly string[] | undefined;
}

/** Reads three URLs; what is wrong is told to `fault` with the name of the place. */
export function parseMailServers(
  urls: { [K in keyof MailServers]: { text: string | undefined; name: string } },
  { ca, authservIds }: ServerTrust,
  fault: (sentence: string) => void,
): MailServers {
  const read = (protocol: keyof MailServers) => {
    const { text, name } = urls[protocol];
    if (text === undefined) return null;
    try {
      const server = parseServerUrl(text, protocol, ca);
      return authservIds === undefined ? server : { ...server, authservIds };
    } catch (error) {
      if (!(error instanceof MailError)) throw error;
      fault(`${name}: ${error.message}.`);
      return null;
    }
  };
  return { imap: read('imap'), pop3: read('pop3'), smtp: read('smtp') };
}

const fileShape = z.record(
  z.string().regex(/^(\*|[a-z0-9.-]+)$/i, 'must be a domain or *'),
  z.strictObject({
    imap: z.string().optional(),
    pop3: z.string().optional(),
    smtp: z.string().optional(),
    authservId: z.string().optional(),
  }),
);

/** MAIL_AUTHSERV_ID: names as they stand in Authentication-Results, with white space or commas between. */
export function parseAuthservIds(text: string | undefined): string[] | undefined {
  const ids = text?.split(/[\s,]+/).filter((id) => id !== '') ?? [];
  return ids.length === 0 ? undefined : ids;
}

/** MAIL_SERVERS_FILE: `{"example.org": {"imap": "imaps://…", "smtp": "…", "authservId": "mx.example.org"}, "*": {…}}`. */
export function parseServersFile(json: string, ca: string | null, fault: (sentence: string) => void): ServersByDomain {
  const servers: ServersByDomain = new Map();
  const name = 'MAIL_SERVERS_FILE';
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (error) {
    fault(`${name} is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`);
    return servers;
  }
  const parsed = fileShape.safeParse(content);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) fault(`${name}: ${issue.path.join('.') || 'it'}: ${issue.message}.`);
    return servers;
  }
  for (const [domain, urls] of Object.entries(parsed.data)) {
    const at = (key: keyof MailServers) => ({ text: urls[key], name: `${name}: ${domain}.${key}` });
    const trust = { ca, authservIds: parseAuthservIds(urls.authservId) };
    const found = parseMailServers({ imap: at('imap'), pop3: at('pop3'), smtp: at('smtp') }, trust, fault);
    if (urls.imap === undefined && urls.pop3 === undefined) fault(`${name}: ${domain} names neither imap nor pop3.`);
    servers.set(domain.toLowerCase(), found);
  }
  return servers;
}

/** The servers that are listed for a sign-in name: those of its domain, else those of `*`. */
export function listedServers(servers: ServersByDomain, username: string): MailServers | undefined {
  const domain = username.slice(username.lastIndexOf('@') + 1).toLowerCase();
  return (username.includes('@') ? servers.get(domain) : undefined) ?? servers.get('*');
}

/** As `listedServers`. Throws `invalid` where there are none. */
export function serversFor(servers: ServersByDomain, username: string): MailServers {
  const found = listedServers(servers, username);
  if (found === undefined)
    throw new MailError('invalid', 'no mail server is configured for this domain', { detail: 'username' });
  return found;
}

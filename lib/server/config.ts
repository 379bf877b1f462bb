import { readFileSync } from 'node:fs';
import { MailError } from '../mail/errors.ts';
import { environmentShape } from './environment.ts';
import { live } from './live.ts';
import { parseAuthservIds, parseMailServers, parseServersFile, type ServersByDomain } from './mail-servers.ts';
import type { AddressRule } from './public-address.ts';

/** All that the admin decides, read once from the environment; the table of names is in environment.ts. */
export interface Config {
  dataDir: string;
  databaseUrl: string | null;
  authSecret: string;
  /** The address people open; its origin is the only one that may write. */
  url: URL;
  /** Cookies are `__Host-` and Secure where people come over https. */
  isSecure: boolean;
  sessionMaxAgeMs: number;
  /** One sign-in more ends the one that was seen the longest ago. */
  sessionsPerPerson: number;
  servers: ServersByDomain;
  /** PEM of authorities to trust beside the system's, for mail servers. */
  ca: string | null;
  hosts: HostRules;
  /** Name servers to ask instead of the system's; empty: the system's. */
  dnsServers: string[];
  pool: { perAccount: number; perHost: number; perProcess: number; idleMs: number; acquireMs: number };
  /** Wrong passwords in the window: on one login from one network, from one network, on one login from all unknown ones. */
  attempts: { perLogin: number; perAddress: number; byStrangers: number; windowMs: number };
  /** Whether people may have pictures of other servers shown, and addresses besides the public ones that those may come from. */
  remoteImages: { policy: 'ask' | 'never'; allow: AddressRule[] };
  /** How many reverse proxies stand before us and add to X-Forwarded-For. */
  trustedProxies: number;
  /** The largest message, and the largest file that may go with one, as bytes on the wire. */
  maxMessageBytes: number;
  /** The domain of logins that name none; null: it is not known. */
  mailDomain: string | null;
  /** Whether people may write another From than the address that signed in. */
  sendFrom: 'any' | 'login';
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Bearer token of /metrics; null: only requests from this machine are answered. */
  metricsToken: string | null;
}

/** Which mail servers beside the listed ones people may add accounts of, and how those are found. */
export interface HostRules {
  isOpen: boolean;
  /** Addresses that such servers may have besides the public ones. */
  allow: AddressRule[];
  /** Whether a person may have others asked where the mail of their domain is. */
  asksOutside: boolean;
  /** A collection of autoconfig files by domain; null: none is asked. */
  directory: URL | null;
}

/** The configuration of this process. Throws `invalid` with every fault in `detail`, one a line. */
export function config(): Config {
  return live('config', () => readConfig(process.env));
}

/** Parses an environment. Throws `invalid`; `detail` holds one plain sentence a line for each fault. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const faults: string[] = [];
  const fault = (sentence: string) => void faults.push(sentence);
  const given = withFiles(environment, fault);
  const parsed = environmentShape.safeParse(given);
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    // A file that could not be read has been told already.
    const isTold = given[name] === undefined && given[`${name}_FILE`] !== undefined;
    if (!isTold) fault(given[name] === undefined ? `${name} is missing.` : `${name} ${issue.message}.`);
  }
  const ca = readOptional(given.MAIL_CA_FILE, 'MAIL_CA_FILE', fault);
  if (ca?.includes('-----BEGIN CERTIFICATE-----') === false) fault('MAIL_CA_FILE holds no PEM certificate.');
  const servers = readServers(given, ca, fault);
  if (!parsed.success || faults.length > 0) {
    throw new MailError('invalid', 'the configuration is not usable', { detail: faults.join('\n') });
  }
  const value = parsed.data;
  return {
    dataDir: value.DATA_DIR,
    databaseUrl: value.DATABASE_URL ?? null,
    authSecret: value.AUTH_SECRET,
    url: value.AUTH_URL,
    isSecure: value.AUTH_URL.protocol === 'https:',
    sessionMaxAgeMs: value.SESSION_DAYS * 86_400_000,
    sessionsPerPerson: value.SESSIONS_PER_PERSON,
    servers,
    ca,
    hosts: {
      isOpen: value.MAIL_HOSTS === 'open',
      allow: value.MAIL_HOSTS_ALLOW,
      asksOutside: value.MAIL_HOSTS === 'open' && value.MAIL_DISCOVERY === 'on',
      directory: value.MAIL_DIRECTORY ?? null,
    },
    dnsServers: value.DNS_SERVERS,
    pool: {
      perAccount: value.POOL_PER_ACCOUNT,
      perHost: value.POOL_PER_HOST,
      perProcess: value.POOL_PER_PROCESS,
      idleMs: value.POOL_IDLE_SECONDS * 1_000,
      acquireMs: value.POOL_WAIT_SECONDS * 1_000,
    },
    attempts: {
      perLogin: value.SIGN_IN_ATTEMPTS_PER_ACCOUNT,
      perAddress: value.SIGN_IN_ATTEMPTS_PER_ADDRESS,
      byStrangers: value.SIGN_IN_ATTEMPTS_BY_STRANGERS,
      windowMs: 15 * 60_000,
    },
    remoteImages: { policy: value.REMOTE_IMAGES, allow: value.REMOTE_IMAGE_ALLOW },
    trustedProxies: value.TRUSTED_PROXIES,
    maxMessageBytes: value.MESSAGE_MAX_MB * 1_048_576,
    mailDomain: value.MAIL_DOMAIN ?? null,
    sendFrom: value.SEND_FROM,
    logLevel: value.LOG_LEVEL,
    metricsToken: value.METRICS_TOKEN ?? null,
  };
}

type Fault = (sentence: string) => void;
type Environment = Record<string, string | undefined>;

/** `NAME_FILE` gives the value of `NAME` from a file, its last line end cut; an empty value counts as absent. */
function withFiles(environment: Environment, fault: Fault): Environment {
  const given: Environment = {};
  for (const [name, value] of Object.entries(environment)) if (value !== '') given[name] = value;
  for (const name of ['AUTH_SECRET', 'DATABASE_URL', 'METRICS_TOKEN']) {
    const path = given[`${name}_FILE`];
    if (path === undefined) continue;
    if (given[name] !== undefined) fault(`${name} and ${name}_FILE are both set; keep one.`);
    given[name] ??= readOptional(path, `${name}_FILE`, fault)?.replace(/\r?\n$/, '');
  }
  return given;
}

function readOptional(path: string | undefined, name: string, fault: Fault): string | null {
  if (path === undefined) return null;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    fault(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
    return null;
  }
}

function readServers(given: Environment, ca: string | null, fault: Fault): ServersByDomain {
  const json = readOptional(given.MAIL_SERVERS_FILE, 'MAIL_SERVERS_FILE', fault);
  const servers: ServersByDomain = json === null ? new Map() : parseServersFile(json, ca, fault);
  const at = (name: string) => ({ text: given[name], name });
  const trust = { ca, authservIds: parseAuthservIds(given.MAIL_AUTHSERV_ID) };
  const single = parseMailServers(
    { imap: at('MAIL_IMAP'), pop3: at('MAIL_POP3'), smtp: at('MAIL_SMTP') },
    trust,
    fault,
  );
  const isGiven = given.MAIL_IMAP !== undefined || given.MAIL_POP3 !== undefined;
  if (isGiven && servers.has('*'))
    fault('MAIL_SERVERS_FILE has an entry "*" and MAIL_IMAP or MAIL_POP3 is set; keep one.');
  if (isGiven) servers.set('*', single);
  if (!isGiven && trust.authservIds !== undefined)
    fault(
      'MAIL_AUTHSERV_ID is for MAIL_IMAP and MAIL_POP3; in MAIL_SERVERS_FILE name "authservId" beside each server.',
    );
  if (!isGiven && given.MAIL_SERVERS_FILE === undefined) {
    fault('No mail server is set: set MAIL_IMAP (e.g. imaps://mail.example.org), MAIL_POP3, or MAIL_SERVERS_FILE.');
  }
  return servers;
}

/** Where the servers of this run are; every worker reads it from its environment. */
export interface Servers {
  /** The product. */
  url: string;
  /** The mail server of every domain but those below, in clear text on loopback, for clients of our own. */
  ports: { imap: number; pop3: number };
  /** The same of `bare.example`, whose server makes no folder but the inbox. */
  barePorts: { imap: number; pop3: number };
  /** Paths of a certificate for 127.0.0.1 that the product believes, and of its key. */
  certificate: { cert: string; key: string };
}

const variable = 'POSTHORN_TEST_SERVERS';

export function announceServers(servers: Servers): void {
  process.env[variable] = JSON.stringify(servers);
}

/** The servers that this run has, or that were announced to it from outside. */
export function announcedServers(): Servers | null {
  const text = process.env[variable];
  return text === undefined ? null : (JSON.parse(text) as Servers);
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProduct } from '../../lib/api/testing/product.ts';
import { type Dovecot, startDovecot } from '../../lib/mail/testing/dovecot.ts';
import { freePort } from '../../lib/mail/testing/free-port.ts';
import { startPostOffice } from '../../lib/mail/testing/post-office.ts';
import { startNameServer } from '../../lib/server/testing/name-server.ts';
import { startSampleServer } from '../../scripts/sample/start.ts';
import { passwordOfAnybody } from './person.ts';
import type { Servers } from './servers.ts';
import { startSlowWire } from './slow-wire.ts';

/** The folder of 20,000 is whole; the inbox is a short one. */
const size = { oldLists: 20_000, routine: 60 };
const slowMs = 150;
const farHost = 'mail.provider.example';
/** Whoever is not in the list of users signs in with this, so that every test has somebody new. */
const anybody = { extraConfig: `passdb {\n  driver = static\n  args = password=${passwordOfAnybody}\n}` };

/** Starts the mail servers with the sample mail, and the built product over them. `stop` ends all of it. */
export async function startServers(): Promise<{ servers: Servers; stop: () => Promise<void> }> {
  const { dovecot } = await startSampleServer(size, { ...anybody, names: [farHost] });
  const bare = await startDovecot({ users: [], ...anybody });
  const slow = await startSlowWire(dovecot.ports.imaps, slowMs);
  const post = await startPostOffice({
    people: dovecot,
    houseOf: (domain) => (domain.endsWith('.example') ? (domain === 'bare.example' ? bare : dovecot) : null),
    knows: (address) => !address.startsWith('gone@'),
  });
  // A domain that the list does not name: its servers are told by the DNS alone.
  const dns = await startNameServer({
    '_imaps._tcp.far.example': { srv: [`0 1 ${dovecot.ports.imaps} ${farHost}`] },
    '_pop3s._tcp.far.example': { srv: [`0 1 ${dovecot.ports.pop3s} ${farHost}`] },
    '_submissions._tcp.far.example': { srv: [`0 1 ${post.url.port} ${farHost}`] },
    [farHost]: { a: ['127.0.0.1'] },
  });
  const product = await startProduct(dovecot, {
    MAIL_HOSTS: 'open',
    MAIL_HOSTS_ALLOW: '127.0.0.1',
    DNS_SERVERS: dns.address,
    MAIL_IMAP: '',
    MAIL_POP3: '',
    MAIL_SERVERS_FILE: await writeServersFile({ dovecot, bare, slowPort: slow.port, smtpPort: post.url.port }),
    MAIL_CA_FILE: writeAuthorities(dovecot, bare),
    // For web servers that the tests start.
    NODE_EXTRA_CA_CERTS: dovecot.certificatePath,
    SIGN_IN_ATTEMPTS_PER_ADDRESS: '10000',
    // The pictures of these tests are on this machine, at ports of their own.
    REMOTE_IMAGE_ALLOW: '127.0.0.1',
    POOL_PER_HOST: '2000',
    POOL_PER_PROCESS: '2000',
  });
  const certificate = { cert: dovecot.certificatePath, key: join(dovecot.directory, 'key.pem') };
  return {
    servers: { url: product.url, ports: dovecot.ports, barePorts: bare.ports, certificate },
    async stop() {
      await product.stop();
      slow.close();
      await Promise.all([post.stop(), dovecot.stop(), bare.stop(), dns.close()]);
    },
  };
}

/** A domain for every kind of server that a person may meet. What is sent to any `.example` arrives, except to `gone`. */
async function writeServersFile({
  dovecot,
  bare,
  slowPort,
  smtpPort,
}: {
  dovecot: Dovecot;
  bare: Dovecot;
  slowPort: number;
  smtpPort: number;
}): Promise<string> {
  const path = join(dovecot.directory, 'servers.json');
  const of = ({ ports }: Dovecot) => ({
    imap: `imaps://127.0.0.1:${ports.imaps}`,
    pop3: `pop3s://127.0.0.1:${ports.pop3s}`,
    smtp: `submissions://127.0.0.1:${smtpPort}`,
  });
  const servers = {
    '*': { ...of(dovecot), authservId: 'mx.skarholm.example' },
    'bare.example': of(bare),
    'slow.example': { imap: `imaps://127.0.0.1:${slowPort}` },
    'closed.example': { imap: `imaps://127.0.0.1:${await freePort()}` },
  };
  writeFileSync(path, JSON.stringify(servers));
  return path;
}

function writeAuthorities(...servers: Dovecot[]): string {
  const [first] = servers;
  if (first === undefined) throw new Error('no server');
  const path = join(first.directory, 'authorities.pem');
  writeFileSync(path, servers.map(({ certificatePath }) => readFileSync(certificatePath, 'utf8')).join('\n'));
  return path;
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProduct } from '../../lib/api/testing/product.ts';
import { type Dovecot, startDovecot } from '../../lib/mail/testing/dovecot.ts';
import { freePort } from '../../lib/mail/testing/free-port.ts';
import { type SubmissionServer, startSubmissionServer } from '../../lib/mail/testing/submission-server.ts';
import { startSampleServer } from '../../scripts/sample/start.ts';
import { passwordOfAnybody } from './person.ts';
import type { Servers } from './servers.ts';
import { startSlowWire } from './slow-wire.ts';

/** The folder of 20,000 is whole; the inbox is a short one. */
const size = { oldLists: 20_000, routine: 60 };
const slowMs = 150;
/** Whoever is not in the list of users signs in with this, so that every test has somebody new. */
const anybody = { extraConfig: `passdb {\n  driver = static\n  args = password=${passwordOfAnybody}\n}` };

/** Starts the mail servers with the sample mail, and the built product over them. `stop` ends all of it. */
export async function startServers(): Promise<{ servers: Servers; stop: () => Promise<void> }> {
  const { dovecot } = await startSampleServer(size, anybody);
  const bare = await startDovecot({ users: [], ...anybody });
  const slow = await startSlowWire(dovecot.ports.imaps, slowMs);
  // Who may send is decided where they sign in; here everybody is let in, and what they send arrives.
  const submission = await startSubmissionServer({
    lmtpPort: dovecot.ports.lmtp,
    refuse: { 'gone@harbour.example': { code: 550, text: '5.1.1 no such person' } },
    options: { onAuth: (auth, _session, callback) => callback(null, { user: auth.username ?? '' }) },
  });
  const product = await startProduct(dovecot, {
    MAIL_IMAP: '',
    MAIL_POP3: '',
    MAIL_SERVERS_FILE: await writeServersFile(dovecot, bare, slow.port, submission),
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
      await submission.stop();
      await Promise.all([dovecot.stop(), bare.stop()]);
    },
  };
}

/** A domain for every kind of server that a person may meet. */
async function writeServersFile(
  dovecot: Dovecot,
  bare: Dovecot,
  slowPort: number,
  submission: SubmissionServer,
): Promise<string> {
  const path = join(dovecot.directory, 'servers.json');
  const of = ({ ports }: Dovecot) => ({
    imap: `imaps://127.0.0.1:${ports.imaps}`,
    pop3: `pop3s://127.0.0.1:${ports.pop3s}`,
  });
  const servers = {
    '*': {
      ...of(dovecot),
      smtp: `submissions+insecure://127.0.0.1:${submission.url.port}`,
      authservId: 'mx.skarholm.example',
    },
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

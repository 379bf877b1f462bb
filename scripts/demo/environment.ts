import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dovecot } from '../../lib/mail/testing/dovecot.ts';

/** The product's configuration for the sample servers: one domain over IMAP, one over POP3, both send by one server; certificates checked. */
export function settingsOf(
  { dovecot, smtpPort }: { dovecot: Dovecot; smtpPort: number },
  directory: string,
  port: number,
): NodeJS.ProcessEnv {
  const { imaps, pop3s } = dovecot.ports;
  const smtp = `submissions://localhost:${smtpPort}`;
  const serversFile = join(directory, 'servers.json');
  writeFileSync(
    serversFile,
    JSON.stringify({
      'skarholm.example': {
        imap: `imaps://localhost:${imaps}`,
        pop3: `pop3s://localhost:${pop3s}`,
        smtp,
        authservId: 'mx.skarholm.example',
      },
      'oldmail.example': { pop3: `pop3s://localhost:${pop3s}`, smtp },
    }),
  );
  return {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: String(port),
    HOSTNAME: '127.0.0.1',
    AUTH_URL: `http://localhost:${port}`,
    AUTH_SECRET: randomBytes(33).toString('base64'),
    DATA_DIR: join(directory, 'data'),
    MAIL_SERVERS_FILE: serversFile,
    MAIL_CA_FILE: dovecot.certificatePath,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  };
}

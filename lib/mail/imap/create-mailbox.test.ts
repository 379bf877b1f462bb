import { afterEach, expect, test } from 'vitest';
import { type Answer, imapScript } from '../testing/scripted-imap.ts';
import { startScriptedServer } from '../testing/scripted-server.ts';
import { createImapDriver } from './driver.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A server with an Inbox, and one mailbox more once it was told to CREATE it. */
async function serve(capability: string) {
  let listed = '';
  const answers: Record<string, Answer> = {
    async CREATE(connection, tag, line) {
      const [, name = '', use = ''] = /^CREATE "?(\w+)"?(?: \(USE \((\\\w+)\)\))?$/.exec(line) ?? [];
      listed = `* LIST (${use}) "/" "${name}"\r\n`;
      await connection.write(`${tag} OK made\r\n`);
    },
    SUBSCRIBE: async (connection, tag) => connection.write(`${tag} OK done\r\n`),
    LIST: async (connection, tag, line) =>
      connection.write(
        line.endsWith('"*"')
          ? `* LIST () "/" "INBOX"\r\n${listed}${tag} OK done\r\n`
          : `* LIST (\\Noselect) "/" ""\r\n${tag} OK done\r\n`,
      ),
  };
  const server = await startScriptedServer(imapScript({ capability, answers }), { tls: true });
  stops.push(server.stop);
  const driver = createImapDriver({
    key: { sessionId: 'a', accountId: 'a' },
    server: {
      protocol: 'imap',
      host: server.host,
      port: server.port,
      security: 'tls',
      verifiesCertificate: true,
      ca: server.certificate.cert,
    },
    login: { username: 'ann', password: 'secret' },
  });
  stops.push(() => driver.close());
  const sent = () => server.connections.flatMap(({ received }) => received).filter((line) => /CREATE/.test(line));
  return { driver, sent };
}

test.each([
  ['takes roles is told it', 'IMAP4rev1 SPECIAL-USE CREATE-SPECIAL-USE', / CREATE "?Entwurf"? \(USE \(\\Drafts\)\)$/],
  ['does not is told the name alone', 'IMAP4rev1 SPECIAL-USE', / CREATE "?Entwurf"?$/],
])('a server that %s (RFC 6154 §3)', async (_, capability, line) => {
  const { driver, sent } = await serve(capability);
  const made = await driver.createMailbox({ name: 'Entwurf', parentId: null, role: 'drafts' });
  expect(sent()).toEqual([expect.stringMatching(line)]);
  expect(made).toMatchObject({ name: 'Entwurf', role: capability.includes('CREATE') ? 'drafts' : null });
});

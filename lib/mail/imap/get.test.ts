import { afterEach, expect, it } from 'vitest';
import { imapMessageIdOf } from '../ids.ts';
import { plainImap } from '../testing/plain-imap.ts';
import { imapScript } from '../testing/scripted-imap.ts';
import { startScriptedServer } from '../testing/scripted-server.ts';
import { createImapDriver } from './driver.ts';
import { closePool } from './pool.ts';

afterEach(() => closePool(0));

it('names every sender of the header to who reads, also one that the ENVELOPE of the server hides', async () => {
  const header = 'From: first@attack.example\r\nFrom: Ann <ann@example.org>\r\n\r\n';
  const envelope = '(NIL "Hi" (("Ann" NIL "ann" "example.org")) NIL NIL NIL NIL NIL NIL NIL)';
  const row = `* 1 FETCH (UID 1 FLAGS () ENVELOPE ${envelope} BODYSTRUCTURE ("text" "plain" NIL NIL NIL "7bit" 4 1) BODY[1] "text" BODY[HEADER] {${header.length}}\r\n${header})\r\n`;
  const server = await startScriptedServer(
    imapScript({ answers: { 'UID FETCH': async (connection, tag) => connection.write(`${row}${tag} OK done\r\n`) } }),
  );
  const driver = createImapDriver({
    key: { sessionId: 'senders', accountId: 'a' },
    server: plainImap(server.port),
    login: { username: 'ann', password: 'secret' },
  });
  const { from } = await driver.getMessage({ id: imapMessageIdOf({ path: 'INBOX', uidValidity: 7, uid: 1 }) });
  expect(from.map(({ email }) => email)).toEqual(['first@attack.example', 'ann@example.org']);
  await closePool(0);
  await server.stop();
});

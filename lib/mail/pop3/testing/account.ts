import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCollectionStore } from '../../../store/collection.ts';
import { createMaildropContents } from '../../../store/contents.ts';
import type { Store } from '../../../store/database.ts';
import { createMailboxStore } from '../../../store/maildrop/mailboxes.ts';
import { createMaildropStore } from '../../../store/maildrop.ts';
import type { MailDriver, ServerUrl } from '../../driver.ts';
import type { Retention } from '../../model.ts';
import { createPop3Driver } from '../driver.ts';
import type { Pop3Limits } from '../limits.ts';

const dataDirs = new WeakMap<Store, string>();

/** A temporary folder for each store; it goes with the process. */
function dataDirOf(store: Store): string {
  const dataDir = dataDirs.get(store) ?? mkdtempSync(join(tmpdir(), 'posthorn-messages-'));
  if (!dataDirs.has(store)) process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  dataDirs.set(store, dataDir);
  return dataDir;
}

/** A driver for a POP3 server on loopback, with an account of its own in `store`. What is deleted goes from the server. */
export async function openTestAccount(
  store: Store,
  server: Partial<ServerUrl> & { port: number },
  login: { username: string; password: string },
  limits: Partial<Pop3Limits> = {},
  retention: Retention = { rule: 'removeWhenDeleted' },
): Promise<MailDriver & { accountId: string }> {
  const accountId = `${login.username}@${server.port}`;
  await store.db
    .insertInto('account')
    .values({
      id: accountId,
      protocol: 'pop3',
      host: '127.0.0.1',
      port: server.port,
      username: login.username,
      created_at_ms: Date.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const dataDir = dataDirOf(store);
  const contents = createMaildropContents({ dataDir, databaseUrl: null }, async () => store);
  const collection = createCollectionStore(async () => store);
  await collection.setRetention(accountId, retention);
  const driver = createPop3Driver({
    accountId,
    server: pop3Url(server),
    login,
    maildrop: createMaildropStore(async () => store),
    mailboxes: createMailboxStore(async () => store),
    contents,
    collection,
    limits,
  });
  return { ...driver, accountId };
}

/** A server on loopback; plain unless told otherwise. */
export function pop3Url(server: Partial<ServerUrl> & { port: number }): ServerUrl {
  const plain = {
    protocol: 'pop3',
    host: '127.0.0.1',
    security: 'none',
    verifiesCertificate: false,
    ca: null,
  } as const;
  return { ...plain, ...server };
}

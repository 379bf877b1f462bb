import { mkdirSync } from 'node:fs';
import { createCollectionStore } from '../../../store/collection.ts';
import { createMaildropContents } from '../../../store/contents.ts';
import { openStore } from '../../../store/database.ts';
import { createMailboxStore } from '../../../store/maildrop/mailboxes.ts';
import { createMaildropStore } from '../../../store/maildrop.ts';
import type { Retention } from '../../model.ts';
import { createPop3Driver } from '../driver.ts';
import type { Pop3Limits } from '../limits.ts';
import { pop3Url } from './account.ts';

/** What a process of its own is told by the environment variable COLLECTOR, as JSON. */
export interface CollectorTask {
  dataDir: string;
  port: number;
  username: string;
  password: string;
  retention: Retention;
  /** After the collection, the message of this unique-id is deleted for good. */
  destroys?: string;
  limits?: Partial<Pop3Limits>;
}

/** The real driver over the real store, as the product has them; for one account named as its user. */
export async function openCollector({ dataDir, port, username, password, retention, limits = {} }: CollectorTask) {
  mkdirSync(dataDir, { recursive: true });
  const where = { dataDir, databaseUrl: null };
  const opened = await openStore({ ...where, onLostConnection: () => undefined });
  const store = async () => opened;
  const account = { id: username, protocol: 'pop3', host: 'h', port: 110, username, created_at_ms: 1 } as const;
  await opened.db
    .insertInto('account')
    .values(account)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const collection = createCollectionStore(store);
  const contents = createMaildropContents(where, store);
  await collection.setRetention(username, retention);
  const driver = createPop3Driver({
    accountId: username,
    server: pop3Url({ port }),
    login: { username, password },
    maildrop: createMaildropStore(store),
    mailboxes: createMailboxStore(store),
    contents,
    collection,
    limits,
  });
  return { driver, contents, collection, store: opened };
}

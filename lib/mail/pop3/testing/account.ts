import type { Store } from '../../../store/database.ts';
import { createMaildropStore } from '../../../store/maildrop.ts';
import type { MailDriver, ServerUrl } from '../../driver.ts';
import { createPop3Driver } from '../driver.ts';
import type { Pop3Limits } from '../limits.ts';

/** A driver for a POP3 server on loopback, with an account of its own in `store`. */
export async function openTestAccount(
  store: Store,
  server: Partial<ServerUrl> & { port: number },
  login: { username: string; password: string },
  limits: Partial<Pop3Limits> = {},
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
  const driver = createPop3Driver({
    accountId,
    server: pop3Url(server),
    login,
    maildrop: createMaildropStore(async () => store),
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

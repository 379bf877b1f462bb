import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openLibsql } from '../libsql.ts';
import { createMaildropStore } from '../maildrop.ts';
import { allSteps, migrate } from '../migrations.ts';
import { openPostgres } from '../postgres.ts';
import { startPostgres } from '../testing/postgres.ts';

const empty = [
  {
    name: 'libsql',
    async open() {
      const dataDir = mkdtempSync(join(tmpdir(), 'posthorn-store-'));
      return { ...(await openLibsql(dataDir)), stop: async () => rmSync(dataDir, { recursive: true }) };
    },
  },
  {
    name: 'postgres',
    async open() {
      const server = await startPostgres();
      return { ...(await openPostgres(server.url, () => undefined)), stop: () => server.stop() };
    },
  },
];

test.each(empty)('headers read before there was an index are found after the change in $name', async ({ open }) => {
  const { db, dialect, stop } = await open();
  try {
    const before = Object.fromEntries(Object.entries(allSteps).filter(([name]) => name < '0007'));
    await migrate(db, dialect, before);
    const account = { id: 'ann', protocol: 'pop3', host: 'h', port: 110, username: 'ann', created_at_ms: 1 } as const;
    await db.insertInto('account').values(account).execute();
    const people = { from: [], to: [], cc: [], bcc: [] };
    // More than one batch of them.
    for (let index = 0; index < 600; index += 1)
      await sql`insert into maildrop_message (account_id, uidl, size_bytes, first_seen_at_ms, received_at_ms, content, header)
        values ('ann', ${`u${index}`}, 1, 1, 1, 'x', ${JSON.stringify({ subject: `letter ${index}`, ...people })})`.execute(
        db,
      );
    await sql`insert into maildrop_message (account_id, uidl, size_bytes, first_seen_at_ms, received_at_ms)
      values ('ann', 'bare', 1, 1, 1)`.execute(db);
    await migrate(db, dialect);
    const maildrop = createMaildropStore(async () => ({ db, dialect }));
    const mailboxes = [{ key: 'INBOX', name: 'Inbox' }];
    const found: string[] = [];
    const query = { type: 'subject', text: 'letter 59' } as const;
    for await (const rows of maildrop.search('ann', { query, mailboxes })) found.push(...rows.map(({ uidl }) => uidl));
    expect(found).toEqual([...Array.from({ length: 10 }, (_, index) => `u${599 - index}`), 'u59']);
    const text = { type: 'text', text: 'other' } as const;
    const undecided = (isKept: boolean) =>
      maildrop.findUndecided('ann', { query: text, mailboxes }, { isKept, limit: 1_000 });
    expect([(await undecided(true)).length, (await undecided(false)).length]).toEqual([600, 1]);
  } finally {
    await db.destroy();
    await stop();
  }
});

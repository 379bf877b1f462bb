import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { createMaildropStore } from '../maildrop.ts';
import { databases } from '../testing/databases.ts';
import { createMaildrop } from './0002-maildrop.ts';
import { createLocalMailboxes } from './0004-local-mailboxes.ts';
import { createListedAs } from './0010-listed-as.ts';

test.each(databases)('messages and keywords of before are all there after the change in $name', async ({ open }) => {
  const { store, stop } = await open();
  try {
    const { db, dialect } = store;
    const before = db as Kysely<unknown>;
    for (const table of ['maildrop_text', 'maildrop_keyword', 'maildrop_message', 'maildrop_mailbox', 'maildrop'])
      await db.schema.dropTable(table).execute();
    await createMaildrop(before, dialect);
    const account = { id: 'ann', protocol: 'pop3', host: 'h', port: 110, username: 'ann', created_at_ms: 1 } as const;
    await db.insertInto('account').values(account).execute();
    await sql`insert into maildrop_message values ('ann', 'b', 20, 2000, null, '{}'), ('ann', 'a', 10, 1000, 5, null)`.execute(
      db,
    );
    await sql`insert into maildrop_keyword values ('ann', 'b', '$seen'), ('ann', 'b', '$answered'), ('ann', 'a', '$flagged')`.execute(
      db,
    );
    await createLocalMailboxes(before, dialect);
    // The store of today asks for its column too.
    await createListedAs(before);
    const maildrop = createMaildropStore(async () => store);
    await maildrop.reconcile('ann', [
      { uidl: 'c', sizeBytes: 30 },
      { uidl: 'b', sizeBytes: 20 },
      { uidl: 'a', sizeBytes: 10 },
    ]);
    const { rows } = await maildrop.page('ann', { mailboxKey: 'INBOX', position: 0, limit: 9, byArrival: true });
    expect(rows.map(({ uidl, sizeBytes, keywords }) => [uidl, sizeBytes, keywords])).toEqual([
      ['c', 30, []],
      ['b', 20, ['$answered', '$seen']],
      ['a', 10, ['$flagged']],
    ]);
    await db.deleteFrom('account').execute();
    expect(await db.selectFrom('maildrop_keyword').selectAll().execute()).toEqual([]);
  } finally {
    await stop();
  }
});

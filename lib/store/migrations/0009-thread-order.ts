import type { Kysely } from 'kysely';

/** What tells of a message whether it is the newest of its conversation in its mailbox, and counts conversations without reading a row. */
export async function createThreadOrder(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('maildrop_message_thread_order')
    .on('maildrop_message')
    .columns([
      'account_id',
      'mailbox_id',
      'thread_id',
      'received_at_ms',
      'row_id',
      'deleted_at_ms',
      'missing_since_ms',
      'content',
    ])
    .execute();
}

import { randomBytes } from 'node:crypto';
import type { Upload } from '../../contract/writing.ts';
import { MailError } from '../../mail/errors.ts';
import { expireUpload, insertUpload, uploadedBytes } from '../../store/upload.ts';
import { config } from '../config.ts';
import { store } from '../store.ts';
import { keep, tooLarge } from './keep.ts';

/** So many messages of the largest size may wait for one account. */
const messagesOfRoom = 10;

/** Keeps a file that is to be sent, as it comes. Throws `tooLarge`, `overQuota` where too much waits already, `storageFull`. */
export async function addUpload(
  accountId: string,
  {
    name,
    type,
    source,
    announcedBytes,
  }: { name: string; type: string; source: AsyncIterable<Uint8Array>; announcedBytes: number },
): Promise<Upload> {
  // Before a byte is read: who is broken off in the middle hears of a lost connection, and not why.
  if (announcedBytes > config().maxMessageBytes) throw tooLarge();
  const opened = await store();
  if ((await uploadedBytes(opened, accountId)) > messagesOfRoom * config().maxMessageBytes)
    throw new MailError('overQuota', 'too many files wait to be sent', { detail: 'uploads' });
  const { content, sizeBytes } = await keep(accountId, source);
  const id = randomBytes(18).toString('base64url');
  await insertUpload(opened, {
    id,
    account_id: accountId,
    content,
    name,
    type,
    size_bytes: sizeBytes,
    created_at_ms: Date.now(),
  });
  return { id, name, type, sizeBytes };
}

/** Forgets a file that was taken out again; the next sweep takes its bytes. */
export const dropUpload = async (accountId: string, id: string): Promise<void> =>
  expireUpload(await store(), accountId, id);

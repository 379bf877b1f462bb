import { createHash } from 'node:crypto';
import type { CompositionRequest, Draft } from '../../contract/writing.ts';
import type { MailDriver } from '../../mail/driver.ts';
import { asMailError, MailError } from '../../mail/errors.ts';
import { composeMessage } from '../../mail/mime/compose.ts';
import { readMessage } from '../../mail/mime/read-message.ts';
import { config } from '../config.ts';
import type { Owner } from '../own-address.ts';
import { ownReceiptKeywords } from './afterwards.ts';
import { compositionOf } from './composition.ts';
import { tooLarge } from './keep.ts';
import { partsOf } from './parts.ts';

/** What a draft is saved with. `replaces`: the version that goes once the new one is there. */
export interface DraftRequest extends Owner {
  accountId: string;
  mail: MailDriver;
  message: CompositionRequest;
  replaces: string | null;
}

/**
 * Appends a draft to Drafts; only then the version that it replaces is removed, and no other. What the server would not
 * remove is told (`left`), since the new version is there all the same. Throws `notFound` with `drafts` where there is no
 * such mailbox, `tooLarge`, and as the driver does: then the earlier version is still there, and no new one.
 */
export async function saveDraft({ accountId, mail, message, replaces, ...owner }: DraftRequest): Promise<Draft> {
  const drafts = (await mail.listMailboxes({ counts: false })).find(({ role }) => role === 'drafts');
  if (drafts === undefined) throw new MailError('notFound', 'there is no Drafts mailbox', { detail: 'drafts' });
  const composition = compositionOf(message, owner);
  const { messageId, sentAt } = composition;
  const parts = await partsOf(accountId, mail, message.attachments);
  const raw = await wholeOf(composeMessage(composition, parts, { keepsBcc: true }));
  const keywords = ['$draft', '$seen', ...ownReceiptKeywords(drafts, composition.wantsReadReceipt)];
  const appended = await mail.appendMessage({ mailboxId: drafts.id, raw, keywords });
  const versions = async () => mail.findByMessageId({ mailboxId: drafts.id, messageId });
  // Without UIDPLUS nobody tells the new id: it is the newest of this Message-ID.
  const id = appended.id ?? (await versions())[0] ?? null;
  const others = (await versions()).filter((other) => other !== id && other !== replaces);
  const copies = replaces === null ? [] : await copiesOf(mail, replaces, others);
  const left = replaces === null ? null : await remove(mail, replaces);
  return {
    id,
    messageId,
    savedAt: sentAt,
    otherId: others.find((other) => !copies.includes(other)) ?? null,
    copyId: copies[0] ?? null,
    left,
    attachments: await partIdsOf(raw, message),
  };
}

/** Which of the others are this very version, byte for byte: it was copied, and not written on. */
async function copiesOf(mail: MailDriver, id: string, others: readonly string[]): Promise<string[]> {
  const copies: string[] = [];
  const own = others.length === 0 ? null : await digestOf(mail, id);
  for (const other of others) if (own !== null && (await digestOf(mail, other)) === own) copies.push(other);
  return copies;
}

/** What a message is as bytes; null where it is gone. */
async function digestOf(mail: MailDriver, id: string): Promise<string | null> {
  try {
    const { stream } = await mail.openRaw({ id });
    const hash = createHash('sha256');
    for await (const chunk of stream) hash.update(chunk as Buffer);
    return hash.digest('base64');
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** Deletes a draft for good. Throws what the driver says of it. */
export async function discardDraft(mail: MailDriver, id: string): Promise<void> {
  const [result] = await mail.destroyMessages({ ids: [id] });
  if (result?.error) throw new MailError(result.error.code, 'the draft was not deleted', { detail: 'draft' });
}

/** Removes it, if nobody else has; else gives why it stays. */
async function remove(mail: MailDriver, id: string): Promise<Draft['left']> {
  try {
    await discardDraft(mail, id);
    return null;
  } catch (error) {
    return isGone(error) ? null : { id, problem: asMailError(error).code };
  }
}

const isGone = (error: unknown): boolean => ['notFound', 'stale'].includes(asMailError(error).code);

async function wholeOf(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const { maxMessageBytes } = config();
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > maxMessageBytes) throw tooLarge();
  }
  return Buffer.concat(chunks);
}

/** Which part of the draft each attachment has become, in the order given; pictures of the HTML stand before files. */
async function partIdsOf(raw: Buffer, { attachments, html }: CompositionRequest): Promise<(string | null)[]> {
  const { attachments: found } = await readMessage(raw);
  const isPicture = ({ cid, kind }: CompositionRequest['attachments'][number]) =>
    cid !== null && html !== null && kind !== 'message';
  const inOrder = [...attachments.filter(isPicture), ...attachments.filter((one) => !isPicture(one))];
  return attachments.map((one) => found[inOrder.indexOf(one)]?.partId ?? null);
}

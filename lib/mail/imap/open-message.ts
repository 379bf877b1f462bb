import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { mailboxIdOf, parseImapMessageId } from '../ids.ts';
import { attachedMessageOf, type Holder, within } from '../mime/attached-message.ts';
import { holdsMessage } from '../mime/choose.ts';
import { parseDate } from '../mime/dates.ts';
import { maxHeaderBytes } from '../mime/fields.ts';
import { parseHeaders } from '../mime/headers.ts';
import { readMessage } from '../mime/read-message.ts';
import type { Message } from '../model.ts';
import { planContents } from './contents.ts';
import { fetchRows, peek } from './fetch.ts';
import { checkPartId, openPart, structureOf } from './open-part.ts';
import type { Account } from './pool-types.ts';
import { lendTo } from './stream-section.ts';
import { findPart } from './structure.ts';
import { atom } from './wire.ts';
import { catchUp } from './with-imap.ts';

/**
 * An attached message, opened in place: its header and texts alone, where the server looks into it; else (it is encoded, or
 * a file by its type) it is read through. Throws `notFound` where the part holds none.
 */
export async function openMessage(
  account: Account,
  { id, partId }: { id: string; partId: string },
  options: CallOptions = {},
): Promise<Message> {
  checkPartId(partId);
  const ref = parseImapMessageId(id);
  const { holder, message } = await lendTo({ account, ref, signal: options.signal }, async (selected) => {
    await catchUp(selected, [ref.uid]);
    const structure = await structureOf(selected, ref.uid);
    const found = structure && findPart(structure, partId);
    if (!found || (found.rest === '' && !holdsMessage(found.part))) throw noMessage(partId);
    const { part, rest } = found;
    const inner = rest === '' ? part.message : undefined;
    const plan = inner && planContents(inner, partId);
    const header = `${partId}.HEADER`;
    const items = [
      ...['UID', 'INTERNALDATE'].map(atom),
      ...(plan ? [peek(header, maxHeaderBytes + 1), ...plan.items] : []),
    ];
    const rows = await fetchRows(selected.client, { range: String(ref.uid), isUid: true, items, deadlineMs: 60_000 });
    const row = rows.find(({ uid }) => uid === ref.uid);
    if (!row) throw new MailError('notFound', `there is no message of UID ${ref.uid}`);
    const receivedAt = parseDate(row.internalDate) ?? new Date(0).toISOString();
    const holder: Holder = { id, mailboxId: mailboxIdOf(ref.path), receivedAt, partId, sizeBytes: part.sizeBytes };
    const head = row.sections.get(header);
    if (!plan || !inner || !head) return { holder, message: null };
    return { holder, message: attachedMessageOf(holder, parseHeaders(head), inner, await plan.read(row.sections)) };
  });
  return message ?? (await readThrough(account, holder, options));
}

async function readThrough(account: Account, holder: Holder, options: CallOptions): Promise<Message> {
  const { stream, type, name } = await openPart(account, holder, options);
  if (!holdsMessage({ ...holder, type, name })) {
    stream.destroy();
    throw noMessage(holder.partId);
  }
  const { headers, root, sizeBytes, ...contents } = await readMessage(stream);
  return attachedMessageOf({ ...holder, sizeBytes }, headers, root, within(holder.partId, contents));
}

const noMessage = (partId: string) => new MailError('notFound', 'no message in this part', { detail: partId });

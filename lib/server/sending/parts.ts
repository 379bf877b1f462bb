import { Readable } from 'node:stream';
import type { AttachmentRequest } from '../../contract/writing.ts';
import type { MailDriver, PartStream } from '../../mail/driver.ts';
import { MailError } from '../../mail/errors.ts';
import type { ComposedPart } from '../../mail/mime/compose.ts';
import { findUploads } from '../../store/upload.ts';
import { contents } from '../contents.ts';
import { store } from '../store.ts';

/** The files of a message, each opened when its turn comes. Throws `notFound` for an upload that is not there any more. */
export async function partsOf(
  accountId: string,
  mail: MailDriver,
  attachments: AttachmentRequest[],
): Promise<ComposedPart[]> {
  const ids = attachments.flatMap((one) => (one.kind === 'upload' ? [one.uploadId] : []));
  const uploads = await findUploads(await store(), accountId, ids);
  return attachments.map((one) => {
    const isMessage = one.kind === 'message';
    const described = {
      name: one.name,
      type: isMessage ? 'message/rfc822' : one.type,
      cid: one.cid,
      isInline: one.cid !== null && !isMessage,
    };
    if (one.kind === 'message') return { ...described, open: () => later(() => mail.openRaw({ id: one.messageId })) };
    if (one.kind === 'part') {
      const { messageId: id, partId } = one;
      return { ...described, open: () => later(() => mail.openPart({ id, partId })) };
    }
    const upload = uploads.get(one.uploadId);
    if (upload === undefined) throw new MailError('notFound', 'no such upload', { detail: one.name ?? one.uploadId });
    return { ...described, open: () => contents().open(accountId, upload.content) };
  });
}

/** The bytes of what is opened only when they are read. */
function later(open: () => Promise<PartStream>): Readable {
  async function* bytes() {
    const { stream } = await open();
    yield* stream as AsyncIterable<Buffer>;
  }
  return Readable.from(bytes(), { objectMode: false });
}

import { MailError } from '../mail/errors.ts';
import { contentDisposition } from '../mail/mime/disposition.ts';
import type { Attachment } from '../mail/model.ts';
import { nameBySubject, uniqueFileNames } from '../text/file-name.ts';
import type { Call } from './call.ts';
import { streamHeaders } from './headers.ts';
import { broken } from './part.ts';
import { streamOf } from './part-bytes.ts';
import { zipBytes } from './zip-bytes.ts';

/** Attachments of a message as one ZIP file, made while it is sent and held nowhere. Throws `notFound`. */
export async function answerAttachments(call: Call<'getAttachments'>): Promise<Response> {
  const { requestId, mail, params, query, signal } = call;
  const { messageId: id } = params;
  const message =
    query.within === undefined
      ? await mail.getMessage({ id }, { signal })
      : await mail.openMessage({ id, partId: query.within }, { signal });
  const wanted = chooseParts(message.attachments, query.parts);
  const names = uniqueFileNames(wanted.map(nameOf));
  const { bytes, close } = zipBytes(
    wanted.map(({ partId }, index) => ({
      name: names[index] ?? partId,
      modifiedAt: new Date(message.receivedAt),
      open: async (left) => (await mail.openPart({ id, partId }, { signal: AbortSignal.any([signal, left]) })).stream,
    })),
  );
  // What fails before the first byte is a problem document.
  const first = await bytes.next();
  const headers = streamHeaders(requestId);
  headers.set('Content-Type', 'application/zip');
  headers.set('Content-Disposition', contentDisposition(nameBySubject(message.subject, 'zip')));
  headers.set('Content-Security-Policy', "sandbox; default-src 'none'; frame-ancestors 'none'");
  const onBroken = broken('getAttachments', requestId, signal);
  return new Response(streamOf(from(first, bytes), { release: close, onBroken }), { headers });
}

/** All of them, or those named, in the order of the message. */
function chooseParts(attachments: readonly Attachment[], parts: string | undefined): Attachment[] {
  const names = parts === undefined ? null : new Set(parts.split(','));
  const chosen = attachments.filter(({ partId }) => names === null || names.has(partId));
  const isMissing = names !== null && chosen.length < names.size;
  if (isMissing || chosen.length === 0) throw new MailError('notFound', 'there is no such attachment');
  return chosen;
}

const nameOf = ({ name, type }: Attachment): string | null =>
  name ?? (type === 'message/rfc822' ? 'message.eml' : null);

async function* from(first: IteratorResult<Uint8Array>, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let next = first; !next.done; next = await rest.next()) yield next.value;
}

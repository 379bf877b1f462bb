import type { PartStream } from '../mail/driver.ts';
import { decodeText } from '../mail/mime/charset.ts';
import { decodeHeader } from '../mail/mime/encoded-word.ts';
import { splitFields } from '../mail/mime/fields.ts';
import type { Call } from './call.ts';
import { peek } from './part-bytes.ts';

/** What of a text is read at a time; the rest is for those who save it. */
const maxTextBytes = 512 * 1024;
/** Header fields that are shown; a mail of junk may have thousands. */
const maxFields = 500;
const maxValueLength = 8_000;

/** The beginning of a part as text, by its charset or by what its bytes are. */
export async function readPartText({ mail, params, signal }: Call<'getPartText'>) {
  const { messageId, partId } = params;
  const part = await mail.openPart({ id: messageId, partId }, { signal });
  const { bytes, isTruncated } = await begin(part, signal);
  return { text: textOf(bytes, part.charset), isTruncated };
}

/** The header of a message, field by field and decoded, and the beginning of the message as it came. */
export async function readSource({ mail, params, signal }: Call<'getSource'>) {
  const { bytes, isTruncated } = await begin(await mail.openRaw({ id: params.messageId }, { signal }), signal);
  const fields = splitFields(bytes).slice(0, maxFields);
  return {
    fields: fields.map(({ name, value }) => ({ name, value: decodeHeader(value).slice(0, maxValueLength) })),
    text: textOf(bytes, null),
    isTruncated,
  };
}

async function begin({ stream }: PartStream, signal: AbortSignal): Promise<{ bytes: Buffer; isTruncated: boolean }> {
  const { head } = await peek(stream, signal, maxTextBytes + 1);
  stream.destroy();
  return { bytes: Buffer.from(head).subarray(0, maxTextBytes), isTruncated: head.byteLength > maxTextBytes };
}

const textOf = (bytes: Buffer, charset: string | null) => decodeText(bytes, charset).replace(/\r\n?/g, '\n');

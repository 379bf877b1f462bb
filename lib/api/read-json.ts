import { MailError } from '../mail/errors.ts';

/**
 * The JSON of a request, at most `maxBytes` of it: counted while it arrives, so that no more is ever held. Throws
 * `tooLarge`, or `invalid` for another media type and for what is not JSON in UTF-8.
 */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new MailError('invalid', 'body is not application/json', { detail: 'Content-Type must be application/json' });
  }
  const bytes = await readBytes(request, maxBytes);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new MailError('invalid', 'body is not JSON', { detail: 'body', cause });
  }
}

/** The bytes of a request's body. Throws `tooLarge` as soon as they are more than `maxBytes`. */
export async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (request.body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop by the throw cancels the body, so the rest is not read.
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = (maxBytes: number) =>
  new MailError('tooLarge', 'body over the bound', { detail: `at most ${maxBytes} bytes` });

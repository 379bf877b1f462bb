import { createHash } from 'node:crypto';
import type { PartStream } from '../mail/driver.ts';
import { contentDisposition } from '../mail/mime/disposition.ts';
import { parseRange, resolveRange } from './byte-range.ts';
import { streamHeaders } from './headers.ts';
import { type InlineType, inlineHeadBytes, inlineType } from './inline-type.ts';
import { peek, slice, streamOf } from './part-bytes.ts';
import { sizeOf } from './part-size.ts';

interface PartRequest {
  request: Request;
  requestId: string;
  /** What names these bytes for ever: account, message, part. */
  identity: string;
  /** Shown in a page, when the bytes are of a kind that cannot run; else it is a download. */
  isInline: boolean;
  /** The type of a download. Parts are plain bytes, so that a mail can never hand us a script or a style sheet. */
  downloadType: 'application/octet-stream' | 'message/rfc822';
  open: () => Promise<PartStream>;
  /** The name to save under where the part has none of its own, told from the first `bytes`. */
  nameBy?: { bytes: number; read: (head: Uint8Array) => string };
  /** Told when the bytes break off after the answer has begun; the connection is then cut, never ended as if whole. */
  onBroken: (error: unknown) => void;
}

/** Answers with the bytes of a part: whole, or one range of them (206, 416; RFC 9110 §14). Nothing in it can run. */
export async function partResponse(part: PartRequest): Promise<Response> {
  const { request, identity } = part;
  const etag = `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`;
  const ifRange = request.headers.get('if-range');
  const asked = ifRange === null || ifRange === etag ? parseRange(request.headers.get('range')) : null;
  const size = asked === null ? null : await sizeOf(identity, part.open);
  const range = asked === null || size === null ? null : resolveRange(asked, size);
  const headers = streamHeaders(part.requestId);
  headers.set('Accept-Ranges', 'bytes');
  headers.set('ETag', etag);
  headers.set('Content-Security-Policy', policyOf(null));
  if (asked !== null && range === null) {
    headers.set('Content-Range', `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  const opened = await part.open();
  const { head, bytes } = await peek(opened.stream, request.signal, part.nameBy?.bytes ?? inlineHeadBytes);
  const shown = part.isInline ? inlineType(head) : null;
  const name = opened.name ?? part.nameBy?.read(head) ?? null;
  headers.set('Content-Type', shown ?? part.downloadType);
  headers.set('Content-Disposition', contentDisposition(name, shown ? 'inline' : 'attachment'));
  headers.set('Content-Security-Policy', policyOf(shown));
  if (range !== null) headers.set('Content-Range', `bytes ${range.first}-${range.last}/${size}`);
  const body = streamOf(range === null ? bytes : slice(bytes, range), {
    release: () => void opened.stream.destroy(),
    onBroken: part.onBroken,
  });
  return new Response(body, { status: range === null ? 200 : 206, headers });
}

/**
 * Nothing runs, loads or belongs to our origin, even where the answer is opened as a page. A PDF may stand in a frame of
 * ours: browsers show none where the frame itself is sandboxed, and do where its answer is.
 */
function policyOf(shown: InlineType | null): string {
  const framedBy = shown === 'application/pdf' ? "'self'" : "'none'";
  return `sandbox; default-src 'none'; frame-ancestors ${framedBy}`;
}

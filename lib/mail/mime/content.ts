import libmime from 'libmime';
import type { Part } from '../model.ts';
import { decodeHeader, decodeRaw } from './encoded-word.ts';
import { fieldOf, type HeaderField } from './fields.ts';

/** A part with what reading it takes: transfer encoding in lower case, RFC 3676's parameters, and that of RFC 8551 §3.2.2. */
export interface MimePart extends Part {
  subParts: MimePart[];
  encoding: string;
  isFlowed: boolean;
  isDelSp: boolean;
  smimeType: string | null;
}

/** What the Content fields of one part say (RFC 2045, 2183, 2231); `boundary` only for multiparts. */
export interface Content extends Omit<MimePart, 'partId' | 'sizeBytes' | 'subParts'> {
  boundary: string | null;
}

/** Reads the Content fields; a type that is none is text/plain (RFC 2045 §5.2), or bytes where it is an attachment. */
export function contentOf(fields: readonly HeaderField[], defaultType: string): Content {
  const type = parseParameters(fieldOf(fields, 'content-type'));
  const disposition = parseParameters(fieldOf(fields, 'content-disposition'));
  const name = decodeHeader(disposition.params.filename || type.params.name || '') || null;
  const kind = dispositionOf(disposition.value);
  return {
    type: typeOf(type.value, defaultType, kind === 'attachment' || name !== null),
    charset: type.params.charset || null,
    disposition: kind,
    name,
    cid: (fieldOf(fields, 'content-id') ?? '').replace(/^[\s<]+|[\s>]+$/g, '').slice(0, 998) || null,
    encoding:
      (fieldOf(fields, 'content-transfer-encoding') ?? '').toLowerCase().replace(/\(.*?\)|[;\s"].*$/g, '') || '7bit',
    boundary: type.params.boundary || null,
    isFlowed: type.params.format?.toLowerCase() === 'flowed',
    isDelSp: type.params.delsp?.toLowerCase() === 'yes',
    smimeType: type.params['smime-type']?.toLowerCase() || null,
  };
}

interface Parameters {
  value: string;
  params: Record<string, string | undefined>;
}

const maxValueLength = 16 * 1024;

function parseParameters(raw: string | null): Parameters {
  if (raw === null) return { value: '', params: {} };
  // Some senders forget the semicolon before the first parameter.
  const text = decodeRaw(raw.slice(0, maxValueLength)).replace(/^\s*([\w.+-]+(?:\/[\w.+-]+)?)\s+(?=[\w*-]+=)/, '$1; ');
  const { value, params } = libmime.parseHeaderValue(text);
  return { value: (value ?? '').toLowerCase().trim(), params };
}

function typeOf(value: string, defaultType: string, isFile: boolean): string {
  if (/^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}$/.test(value)) return value;
  if (value === '' && !isFile) return defaultType;
  return isFile ? 'application/octet-stream' : 'text/plain';
}

/** An unknown disposition counts as attachment (RFC 2183 §2.8). */
function dispositionOf(value: string): Part['disposition'] {
  if (value === '') return null;
  return value === 'inline' ? 'inline' : 'attachment';
}

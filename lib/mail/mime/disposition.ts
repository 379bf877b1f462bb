import { safeFileName } from '../../text/file-name.ts';

/**
 * The value of a Content-Disposition header (RFC 6266): a safe ASCII name for all, and the whole one by RFC 8187 where
 * it has more than ASCII.
 */
export function contentDisposition(name: string | null, kind: 'attachment' | 'inline' = 'attachment'): string {
  const safe = safeFileName(name);
  const ascii = safe
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^ -~]/g, '_')
    .replace(/[\\"%]/g, '_');
  return safe === ascii
    ? `${kind}; filename="${ascii}"`
    : `${kind}; filename="${ascii}"; filename*=UTF-8''${encode(safe)}`;
}

/** RFC 8187 §3.2.1, `attr-char`: encodeURIComponent leaves four characters that are not in it. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

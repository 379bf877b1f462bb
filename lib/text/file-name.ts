/**
 * A name that every file system takes and that lies about nothing: no path, no control or direction characters, no
 * reserved name of Windows, at most 120 characters with the extension kept. `fallback` when nothing is left.
 */
export function safeFileName(name: string | null, fallback = 'attachment'): string {
  const clean = (name ?? '')
    .slice(-2_000)
    .toWellFormed()
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu, ' ')
    .replace(/^.*[/\\](?=[^/\\])/u, '')
    .replace(/[<>:"|?*/\\]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  if (clean === '') return fallback;
  return shorten(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(clean) ? `_${clean}` : clean);
}

const maxLength = 120;

function shorten(name: string): string {
  const chars = [...name];
  if (chars.length <= maxLength) return name;
  const extension = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? '';
  return (
    chars
      .slice(0, maxLength - extension.length)
      .join('')
      .trimEnd() + extension
  );
}

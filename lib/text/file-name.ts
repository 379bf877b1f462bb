/**
 * A name that every file system takes and that lies about nothing: no path, no control or direction characters, no
 * reserved name of Windows, at most 120 characters and 240 bytes with the extension kept. `fallback` when nothing is left.
 */
export function safeFileName(name: string | null, fallback = 'attachment'): string {
  const clean = (name ?? '')
    .slice(-2_000)
    .toWellFormed()
    .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu, ' ')
    .replace(/^.*[/\\](?=[^/\\])/u, '')
    .replace(/[<>:"|?*/\\]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  if (clean === '') return fallback;
  return shorten(reserved.test(clean) ? `_${clean}` : clean);
}

/** Names of Windows that mean a device, whatever follows the first dot. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[\d¹²³]) *(\.|$)/i;

/** A safe file name made of a subject, in which a slash is no path. */
export function nameBySubject(subject: string, extension: string): string {
  const words = subject.replace(/[/\\]/g, '-').replace(/[\s.]+$/, '');
  return safeFileName(`${words || 'message'}.${extension}`);
}

/** Safe names of which no two are the same, on file systems that fold case and accents too: "a.pdf", "A (2).pdf". */
export function uniqueFileNames(names: readonly (string | null)[]): string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return names.map((name) => {
    const safe = safeFileName(name);
    for (;;) {
      const count = (counts.get(keyOf(safe)) ?? 0) + 1;
      counts.set(keyOf(safe), count);
      const candidate = count === 1 ? safe : numbered(safe, count);
      if (taken.has(keyOf(candidate))) continue;
      taken.add(keyOf(candidate));
      return candidate;
    }
  });
}

const keyOf = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

function numbered(name: string, count: number): string {
  const at = extensionOf(name).length;
  return `${name.slice(0, name.length - at)} (${count})${name.slice(name.length - at)}`;
}

const maxLength = 120;
/** Most file systems take 255. */
const maxBytes = 240;

function shorten(name: string): string {
  if ([...name].length <= maxLength && bytesOf(name) <= maxBytes) return name;
  const extension = extensionOf(name);
  const chars = [...name.slice(0, name.length - extension.length)].slice(0, maxLength - extension.length);
  while (bytesOf(chars.join('') + extension) > maxBytes) chars.length -= 1;
  return chars.join('').trimEnd() + extension;
}

/**
 * Where that of a name begins which must stay in sight: the ending and the last letters before it; of an ending like
 * `.pdf.exe` both, unless one was pushed far from the other.
 */
export function tailStart(name: string): number {
  const ending = /(?:(?:\.[\p{L}\p{N}]{1,6})?[\s._-]{0,4})?\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? '';
  return Math.max(0, name.length - ending.length - 2);
}

const extensionOf = (name: string): string => /(?<=.)\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? '';
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

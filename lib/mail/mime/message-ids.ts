const maxIds = 200;

/** The message ids in a field (RFC 5322 §3.6.4) without their angle brackets, in order, each once, at most 200. */
export function parseMessageIds(raw: string | null | undefined): string[] {
  const text = (raw ?? '').slice(0, 64 * 1024);
  const bracketed = [...text.matchAll(/<([^<>]+)>/g)].map((match) => (match[1] ?? '').replace(/\s+/g, ''));
  // Some senders forget the brackets; then a word with an @ is one.
  const ids = bracketed.length > 0 ? bracketed : text.split(/[\s,]+/).filter((word) => word.includes('@'));
  return [...new Set(ids)].filter((id) => id !== '').slice(-maxIds);
}

const units: Record<string, number> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Bytes of `10M`, `500k`, `1.5GB` or a plain number; null for anything else. */
export function parseSize(text: string): number | null {
  const match = /^(\d{1,12}(?:\.\d{1,3})?)([kmg]?)i?b?$/i.exec(text);
  const unit = units[(match?.[2] ?? '').toLowerCase()];
  if (!match || unit === undefined) return null;
  const sizeBytes = Math.round(Number(match[1]) * unit);
  // IMAP compares with a number of 63 bits (RFC 9051 §9), JavaScript counts safely to 53.
  return Number.isSafeInteger(sizeBytes) ? sizeBytes : null;
}

/** The shortest text that `parseSize` reads as exactly so many bytes. */
export function formatSize(sizeBytes: number): string {
  for (const [unit, bytes] of Object.entries(units).reverse()) {
    if (bytes > 1 && sizeBytes > 0 && sizeBytes % bytes === 0) return `${sizeBytes / bytes}${unit.toUpperCase()}`;
  }
  return String(sizeBytes);
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** A number of bytes as people write it: "412 kB", "1.8 MB". Thousands, as mail quotas and disks count. */
export function formatSize(sizeBytes: number, locale: string): string {
  const power = Math.min(units.length - 1, sizeBytes < 1_000 ? 0 : Math.floor(Math.log10(sizeBytes) / 3));
  const value = sizeBytes / 1_000 ** power;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power > 1 && value < 10 ? 1 : 0,
  }).format(value);
}

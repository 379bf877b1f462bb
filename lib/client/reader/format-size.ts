const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** A number of bytes as people write it: "412 kB", "1.8 MB". Thousands, as mail quotas and disks count. */
export function formatSize(sizeBytes: number, locale: string): string {
  let power = 0;
  let value = sizeBytes;
  while (Math.round(value) >= 1_000 && power < units.length - 1) {
    power += 1;
    value /= 1_000;
  }
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power > 1 && value < 10 ? 1 : 0,
  }).format(value);
}

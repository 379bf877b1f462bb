const formats = new Map<string, Intl.DateTimeFormat>();

/** When a message came, short: "Today 09:58", "Yesterday 21:30", "22 Nov, 09:58", "22 Nov 2024". Local time. */
export function formatWhen(iso: string, locale: string, now = new Date()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  const days = dayOf(now) - dayOf(date);
  const time = format(locale, { timeStyle: 'short' }, date);
  if (days === 0 || days === 1) {
    const day = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-days, 'day');
    return `${day.charAt(0).toLocaleUpperCase(locale)}${day.slice(1)} ${time}`;
  }
  if (date.getFullYear() !== now.getFullYear()) return format(locale, { dateStyle: 'medium' }, date);
  return `${format(locale, { day: 'numeric', month: 'short' }, date)}, ${time}`;
}

/** The whole date with seconds and zone, for the tooltip and the details. */
export function formatFullDate(iso: string, locale: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : format(locale, { dateStyle: 'full', timeStyle: 'long' }, date);
}

function format(locale: string, options: Intl.DateTimeFormatOptions, date: Date): string {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, known);
  return known.format(date);
}

function dayOf(date: Date): number {
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}

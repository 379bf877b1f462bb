/** The first day of `2026`, `2026-11` or `2026/11/23` as `YYYY-MM-DD`; null for what is no day of the calendar. */
export function parseDay(text: string): string | null {
  const match = /^(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?$/.exec(text);
  if (!match) return null;
  const [, year = '', , month = '1', day = '1'] = match;
  return dayOf(Number(year), Number(month) - 1, Number(day));
}

/** The day `7d`, `2w`, `3m` or `1y` before `today`; null for anything else, or before the year 1000. */
export function shiftDay(today: string, span: string): string | null {
  const match = /^(\d{1,5})([dwmy])$/i.exec(span);
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  if (!match) return null;
  const count = Number(match[1]);
  const unit = (match[2] ?? '').toLowerCase();
  const days = unit === 'd' ? count : unit === 'w' ? 7 * count : 0;
  const months = unit === 'm' ? count : unit === 'y' ? 12 * count : 0;
  // The 31st less a month is the last of a shorter one.
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return formatDay(new Date(Date.UTC(year, month - 1 - months, (months ? Math.min(day, last) : day) - days)));
}

function dayOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month, day));
  return date.getUTCMonth() === month && date.getUTCDate() === day ? formatDay(date) : null;
}

function formatDay(date: Date): string | null {
  const year = date.getUTCFullYear();
  return year >= 1000 && year <= 9999 ? date.toISOString().slice(0, 10) : null;
}

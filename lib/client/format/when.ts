/** Dates of a list, in the person's zone. English words with the region's habits (24 hours, day before month). */

const region = (): string => {
  // Node has a navigator too, from version 21; its language is the server's.
  const language = typeof document === 'undefined' ? 'en-GB' : navigator.language;
  return new Intl.Locale(language).maximize().region ?? 'GB';
};
let formats: Record<'time' | 'day' | 'date' | 'weekday' | 'month', Intl.DateTimeFormat> | null = null;

function formatsNow() {
  const locale = `en-${region()}`;
  formats ??= {
    time: new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }),
    day: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }),
    date: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }),
    weekday: new Intl.DateTimeFormat(locale, { weekday: 'long' }),
    month: new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }),
  };
  return formats;
}

/** The calendar days from `then` to `now`: 0 today, 1 yesterday; negative ahead. */
function daysBetween(then: Date, now: Date): number {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(now) - midnight(then)) / 86_400_000);
}

/** Today the time; this year day and month; else with the year. */
export function formatWhen(iso: string, now: Date): string {
  const then = new Date(iso);
  if (Number.isNaN(then.getTime())) return '';
  const days = daysBetween(then, now);
  if (days === 0 || days === 1) return formatsNow().time.format(then);
  return then.getFullYear() === now.getFullYear() ? formatsNow().day.format(then) : formatsNow().date.format(then);
}

/** Which stretch of time a row belongs to: `today`, `yesterday`, a weekday of the last week, else its month. */
export function sectionOf(iso: string, now: Date): string {
  const then = new Date(iso);
  if (Number.isNaN(then.getTime())) return '';
  const days = daysBetween(then, now);
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  return days < 7 ? formatsNow().weekday.format(then) : formatsNow().month.format(then);
}

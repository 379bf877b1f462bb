const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Minutes east of UTC of the zones that RFC 5322 §4.3 names, and of some that mail of old has. */
const zones: Record<string, number> = {
  edt: -240,
  est: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
  bst: 60,
  met: 60,
  cet: 60,
  mez: 60,
  cest: 120,
  mest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  ist: 330,
  jst: 540,
};

const pattern =
  /(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s,-]+(\d{2,4})[\s,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?\s*([ap]m)?\s*([+-]\d{2}:?\d{2}|[a-z]+)?/i;

/**
 * A Date field (RFC 5322 §3.3, obsolete forms too) as ISO 8601 in UTC; ISO 8601 and ctime forms are understood as well.
 * Null for what is missing, nonsense, or outside of the years 1971 to 9999.
 */
export function parseDate(raw: string | null | undefined): string | null {
  const text = (raw ?? '').slice(0, 200).replace(/\([^()]*\)/g, ' ');
  const fields = pattern.exec(text);
  const time = fields
    ? timeOf(fields)
    : Date.parse(/^\s*(\d{4}-\d\d-\d\dT\S+|[a-z]{3} [a-z]{3} .*)/i.exec(text)?.[1] ?? '');
  const date = new Date(time);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1971 || date.getUTCFullYear() > 9999
    ? null
    : date.toISOString();
}

/**
 * When a message arrived, for a store that does not tell: the date of the topmost Received field (RFC 5321 §4.4), else
 * the sender's unless it lies over a day after `fallback`, else `fallback` itself.
 */
export function receivedDateOf(received: string | null, sentAt: string | null, fallback: string): string {
  const latest = new Date(Date.parse(fallback) + 24 * 3600 * 1000).toISOString();
  const stamped = parseDate(received?.slice(received.lastIndexOf(';') + 1));
  return [stamped, sentAt].find((date) => date !== null && date <= latest) ?? fallback;
}

function timeOf(fields: RegExpExecArray): number {
  const [, day = '', monthName = '', yearText = '', hourText = '', minute = '', second = '0', half = '', zone = ''] =
    fields;
  const month = months.indexOf(monthName.toLowerCase());
  if (month < 0) return Number.NaN;
  const year = Number(yearText);
  // RFC 5322 §4.3: two digits up to 49 are of this century, the rest and three digits count from 1900.
  const fullYear = yearText.length === 4 ? year : year + (yearText.length === 2 && year < 50 ? 2000 : 1900);
  const hour = half ? (Number(hourText) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hourText);
  if (hour > 24 || Number(minute) > 59 || Number(day) > 31) return Number.NaN;
  return Date.UTC(fullYear, month, Number(day), hour, Number(minute) - offsetOf(zone), Math.min(Number(second), 59));
}

function offsetOf(zone: string): number {
  const numeric = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!numeric) return zones[zone.toLowerCase()] ?? 0;
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3]);
  // An offset of a day or more is damage, not a place.
  if (minutes >= 24 * 60) return 0;
  return numeric[1] === '-' ? -minutes : minutes;
}

import { type Moment, zoneOffsetMs } from './moment.ts';

/** When something is, in words: by the reader's clock, and by the sender's where that says something else. */
export interface Span {
  here: string;
  /** `zone` is how the sender calls it. */
  there: { when: string; zone: string } | null;
}

const day: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };
const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
const dayMs = 86_400_000;

/** Formats a beginning and an end for a reader in `zone` (IANA). Days and times of no zone are the same everywhere. */
export function formatSpan(start: Moment, end: Moment | null, locale: string, zone: string): Span {
  if (start.kind === 'day') {
    const last = end?.kind === 'day' ? end.wallMs - dayMs : start.wallMs;
    return { here: range(locale, { ...day, timeZone: 'UTC' }, start.wallMs, last), there: null };
  }
  if (start.kind === 'floating') {
    const last = end?.kind === 'floating' ? end.wallMs : start.wallMs;
    return { here: range(locale, { ...day, ...time, timeZone: 'UTC' }, start.wallMs, last), there: null };
  }
  const last = end?.kind === 'instant' ? end.ms : start.ms;
  const here = range(locale, { ...day, ...time, timeZone: zone }, start.ms, last);
  if (start.wallMs === null || start.zone === null) return { here, there: null };
  const offset = start.wallMs - start.ms;
  const own = zoneOffsetMs(zone, start.ms);
  if (offset === own) return { here, there: null };
  const isSameDay = Math.floor((start.ms + own) / dayMs) === Math.floor(start.wallMs / dayMs);
  const lastWall = end?.kind === 'instant' ? (end.wallMs ?? end.ms + offset) : start.wallMs;
  const options = { ...(isSameDay ? {} : day), ...time, timeZone: 'UTC' };
  return { here, there: { when: range(locale, options, start.wallMs, lastWall), zone: start.zone } };
}

/** One moment, as a day or with its time. */
export const formatMoment = (moment: Moment, locale: string, zone: string): string =>
  formatSpan(moment, null, locale, zone).here;

/** The day of a moment, without its hour. */
export const formatDay = (moment: Moment, locale: string, zone: string): string =>
  formatPart(moment, { dateStyle: 'long' }, locale, zone);

/** Month and day for the leaf of a calendar. */
export function formatLeaf(moment: Moment, locale: string, zone: string): { month: string; day: string } {
  const part = (options: Intl.DateTimeFormatOptions) => formatPart(moment, options, locale, zone);
  return { month: part({ month: 'short' }), day: part({ day: 'numeric' }) };
}

function formatPart(moment: Moment, options: Intl.DateTimeFormatOptions, locale: string, zone: string): string {
  const [ms, timeZone] = moment.kind === 'instant' ? [moment.ms, zone] : [moment.wallMs, 'UTC'];
  return new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(ms);
}

function range(locale: string, options: Intl.DateTimeFormatOptions, first: number, last: number): string {
  const format = new Intl.DateTimeFormat(locale, options);
  return last > first ? format.formatRange(first, last) : format.format(first);
}

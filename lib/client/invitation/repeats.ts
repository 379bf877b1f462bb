import ICAL from 'ical.js';
import type { Moment } from './moment.ts';

/** A weekday, 0 is Sunday; `nth` of the month, counted from its end where negative. */
export interface RepeatDay {
  weekday: number;
  nth: number | null;
}

/** How an event comes again (RFC 5545 §3.3.10), as far as a sentence tells it; `other`: it does, by a longer rule. */
export interface Repeats {
  every: 'day' | 'week' | 'month' | 'year' | 'other';
  interval: number;
  /** Of a week or month; empty: as the first time. */
  days: RepeatDay[];
  monthDay: number | null;
  count: number | null;
  until: Moment | null;
}

const units: Record<string, Repeats['every']> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' };
const maxInterval = 999;

/** Reads the rules of an event. Nothing is ever expanded: a rule may have no end. Null where it happens once. */
export function repeatsOf(event: ICAL.Component, start: Moment): Repeats | null {
  const rules = event.getAllProperties('rrule');
  const other: Repeats = { every: 'other', interval: 1, days: [], monthDay: null, count: null, until: null };
  if (rules.length === 0) return event.hasProperty('rdate') ? other : null;
  const rule = rules[0]?.getFirstValue();
  if (!(rule instanceof ICAL.Recur)) return other;
  const end = { count: rule.count ?? null, until: untilOf(rule.until, start) };
  const parts = rule.parts as Record<string, unknown[] | undefined>;
  const names = Object.entries(parts).flatMap(([name, values]) => (values?.length ? [name] : []));
  const every = units[rule.freq] ?? 'other';
  const isTold = rules.length === 1 && !event.hasProperty('rdate') && rule.interval <= maxInterval;
  const allowed: Partial<Record<Repeats['every'], string[]>> = { week: ['BYDAY'], month: ['BYDAY', 'BYMONTHDAY'] };
  const days = (parts.BYDAY ?? []).map((day) => dayOf(String(day)));
  const monthDay = parts.BYMONTHDAY?.length === 1 ? Number(parts.BYMONTHDAY[0]) : null;
  const isPlain =
    names.every((name) => allowed[every]?.includes(name) || (every === 'year' && /^BYMONTH(DAY)?$/.test(name))) &&
    names.length <= (every === 'year' ? 2 : 1) &&
    days.every((day) => day !== null && (every === 'month') === (day.nth !== null)) &&
    (every !== 'month' || parts.BYMONTHDAY === undefined || (monthDay !== null && monthDay >= 1)) &&
    days.length <= 7;
  if (!isTold || every === 'other' || !isPlain) return { ...other, ...end };
  return {
    ...{ every, interval: rule.interval, ...end },
    days: days.filter((day) => day !== null),
    monthDay: every === 'month' ? monthDay : null,
  };
}

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

function dayOf(text: string): RepeatDay | null {
  const match = /^([+-]?[1-5])?(SU|MO|TU|WE|TH|FR|SA)$/.exec(text);
  if (match === null) return null;
  return { weekday: weekdays.indexOf(match[2] ?? ''), nth: match[1] === undefined ? null : Number(match[1]) };
}

function untilOf(until: ICAL.Time | null | undefined, start: Moment): Moment | null {
  if (!until) return null;
  const wallMs = Date.UTC(until.year, until.month - 1, until.day, until.hour, until.minute, until.second);
  if (until.isDate || start.kind === 'day') return { kind: 'day', wallMs };
  if (until.zone !== ICAL.Timezone.utcTimezone) return { kind: 'floating', wallMs, zone: null };
  return { kind: 'instant', ms: wallMs, wallMs: null, zone: null };
}

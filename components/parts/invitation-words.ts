import type { useTranslations } from 'use-intl';
import { formatDay } from '@/lib/client/invitation/format-span';
import type { Invitation } from '@/lib/client/invitation/parse';
import type { RepeatDay, Repeats } from '@/lib/client/invitation/repeats';
import { shortName } from './address';

type Words = ReturnType<typeof useTranslations<'asks'>>;

/** What a calendar part is: an invitation, its cancellation, somebody's answer. */
export function invitationTitle({ method, isUpdate, attendees, organizer }: Invitation, t: Words): string {
  const [answering] = attendees;
  const name =
    answering === undefined ? (organizer === null ? t('somebody') : shortName(organizer)) : shortName(answering);
  if (method === 'reply') return t(`method.reply.${answering?.participation ?? 'unanswered'}`, { name });
  if (method === 'counter') return t('method.counter', { name });
  return t(`method.${method === 'request' && isUpdate ? 'update' : method}`);
}

/** "Every 2 weeks on Tuesday and Thursday, until 24 December 2026". */
export function repeatsSentence(repeats: Repeats, t: Words, locale: string, zone: string): string {
  const rule = ruleOf(repeats, t, locale);
  if (repeats.count !== null) return t('repeats.count', { rule, count: repeats.count });
  if (repeats.until === null) return rule;
  return t('repeats.until', { rule, day: formatDay(repeats.until, locale, zone) });
}

function ruleOf({ every, interval, days, monthDay }: Repeats, t: Words, locale: string): string {
  const names = new Intl.ListFormat(locale, { type: 'conjunction' }).format(days.map((day) => dayName(day, t, locale)));
  if (
    every === 'week' &&
    interval === 1 &&
    days
      .map(({ weekday }) => weekday)
      .sort()
      .join() === '1,2,3,4,5'
  ) {
    return t('repeats.weekdays');
  }
  if (every === 'week' && days.length > 0) return t('repeats.weekOn', { interval, days: names });
  if (every === 'month' && days.length > 0) return t('repeats.monthOn', { interval, days: names });
  if (every === 'month' && monthDay !== null) return t('repeats.monthDay', { interval, day: monthDay });
  return every === 'other' ? t('repeats.other') : t(`repeats.${every}`, { interval });
}

function dayName({ weekday, nth }: RepeatDay, t: Words, locale: string): string {
  // The fourth of January 1970 was a Sunday.
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const name = format.format(Date.UTC(1970, 0, 4 + weekday));
  if (nth === null) return name;
  if (nth > 0) return t('repeats.nth', { nth, weekday: name });
  return nth === -1 ? t('repeats.last', { weekday: name }) : t('repeats.nthLast', { nth: -nth, weekday: name });
}

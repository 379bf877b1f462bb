import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { Invitation, Participation } from '@/lib/client/invitation/parse';
import { Address } from './address';

const states: Participation[] = ['accepted', 'tentative', 'declined', 'delegated', 'unanswered'];

/** Who invites, and who was invited with what each has answered, unfolded on demand. */
export function InvitationPeople({ invitation: { organizer, attendees, attendeeCount } }: { invitation: Invitation }) {
  const t = useTranslations('asks');
  const locale = useLocale();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const counts = states
    .map((state) => ({ state, count: attendees.filter(({ participation }) => participation === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => t(`states.${state}`, { count }));
  return (
    <>
      {organizer !== null && (
        <p>
          <Address address={organizer} /> <span className="text-ink-muted">{t('organizer')}</span>
        </p>
      )}
      {attendees.length > 0 && (
        <>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
            className="-mx-1 inline-flex items-center gap-0.5 rounded-[4px] px-1 text-start text-ink-2 hover:text-ink touch:-my-2.5 touch:min-h-11"
          >
            {t('people', {
              count: attendeeCount,
              states: new Intl.ListFormat(locale, { type: 'unit' }).format(counts),
            })}
            <ChevronDown size={14} className={`shrink-0 transition-transform ${isOpen ? 'rotate-180' : ''}`} />
          </button>
          {isOpen && (
            <ul id={id} className="mt-1 space-y-1 touch:mt-3">
              {attendees.map((invited, index) => (
                <li key={index} className="flex flex-wrap items-baseline gap-x-2">
                  <Address address={invited} />
                  <span className="text-ink-muted text-meta">{t(`state.${invited.participation}`)}</span>
                </li>
              ))}
              {attendeeCount > attendees.length && (
                <li className="text-ink-muted">{t('morePeople', { count: attendeeCount - attendees.length })}</li>
              )}
            </ul>
          )}
        </>
      )}
      {organizer === null && attendees.length === 0 && <p className="text-ink-muted">{t('nobody')}</p>}
    </>
  );
}

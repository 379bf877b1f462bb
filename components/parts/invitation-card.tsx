import { Clock, MapPin, Repeat, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { classes } from '@/components/ui/classes';
import { formatLeaf, formatMoment, formatSpan } from '@/lib/client/invitation/format-span';
import type { Invitation } from '@/lib/client/invitation/parse';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import { displayText } from '@/lib/text/bidi';
import { InvitationPeople } from './invitation-people';
import { invitationTitle, repeatsSentence } from './invitation-words';
import { PlainLines } from './plain-lines';

/** An event that a mail brings: what, when by the reader's clock, where, who. Every word of it is the sender's, and text. */
export function InvitationCard({
  invitation,
  saveUrl,
  answer,
}: {
  invitation: Invitation;
  saveUrl: string;
  /** What the reader can say to it. */
  answer: ReactNode;
}) {
  const t = useTranslations('asks');
  const locale = regionalLocale(useLocale());
  const { start, end, occurrence, repeats, location, comment, method, moreEvents } = invitation;
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const { here, there } = formatSpan(start, end, locale, timeZone);
  const isCancelled = method === 'cancel';
  const note = noteOf(invitation);
  return (
    <section
      aria-label={t('invitation')}
      className="mt-4 flex gap-4 rounded-box border border-line p-4 max-sm:gap-3 max-sm:p-3"
    >
      <Leaf {...formatLeaf(start, locale, timeZone)} isOff={isCancelled} />
      <div className="min-w-0 flex-1">
        <p className={classes('font-semibold text-meta', isCancelled ? 'text-danger' : 'text-ink-muted')}>
          {invitationTitle(invitation, t)}
        </p>
        <h3
          dir="auto"
          className={classes(
            'mt-0.5 font-semibold text-title [overflow-wrap:anywhere]',
            isCancelled && 'text-ink-muted line-through',
          )}
        >
          {displayText(invitation.summary) || t('untitled')}
        </h3>
        {note !== null && <p className="mt-0.5 text-ink-2 text-list">{t(note)}</p>}
        <dl className="mt-2.5 grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5 gap-y-1.5 text-list">
          <Fact icon={<Clock size={16} />} label={t('when')}>
            {here}
            {there !== null && (
              <span className="block text-ink-muted">
                {t('inZone', { when: there.when, zone: displayText(there.zone) })}
              </span>
            )}
            {start.kind === 'floating' && (
              <span className="block text-ink-muted">
                {start.zone === null ? t('floating') : t('unknownZone', { zone: displayText(start.zone) })}
              </span>
            )}
            {occurrence !== null && (
              <span className="block text-ink-muted">
                {t('occurrence', { when: formatMoment(occurrence, locale, timeZone) })}
              </span>
            )}
          </Fact>
          {repeats !== null && (
            <Fact icon={<Repeat size={16} />} label={t('repeat')}>
              {repeatsSentence(repeats, t, locale, timeZone)}
            </Fact>
          )}
          {location !== '' && (
            <Fact icon={<MapPin size={16} />} label={t('where')}>
              <PlainLines text={displayText(location)} />
            </Fact>
          )}
          <Fact icon={<Users size={16} />} label={t('who')}>
            <InvitationPeople invitation={invitation} />
          </Fact>
        </dl>
        {comment !== '' && (
          <div className="mt-2.5 overflow-clip border-line border-s-2 ps-3 text-ink-2 text-list [overflow-clip-margin:4px]">
            <PlainLines text={comment} />
          </div>
        )}
        {moreEvents > 0 && <p className="mt-2.5 text-ink-muted text-list">{t('moreEvents', { count: moreEvents })}</p>}
        {answer}
        {method !== 'reply' && (
          <a
            href={saveUrl}
            download="invitation.ics"
            className="mt-2.5 inline-flex items-center font-semibold text-accent text-list hover:underline touch:min-h-11"
          >
            {t('save')}
          </a>
        )}
      </div>
    </section>
  );
}

function noteOf({ method, isUpdate, isTentative, occurrence }: Invitation) {
  if (method === 'cancel') return occurrence === null ? 'cancelledText' : 'cancelledOneText';
  if (method === 'request' && isUpdate) return 'updateText';
  return isTentative ? 'tentative' : null;
}

/** The leaf of a calendar; what it says stands beside it in words. */
function Leaf({ month, day, isOff }: { month: string; day: string; isOff: boolean }) {
  return (
    <div
      aria-hidden="true"
      className={classes(
        'h-fit w-13 shrink-0 overflow-hidden rounded-box border border-line bg-raised text-center',
        isOff && 'opacity-55',
      )}
    >
      <p className="truncate bg-wash px-1 font-semibold text-accent text-tiny">{month}</p>
      <p className="py-1 text-subject tabular-nums">{day}</p>
    </div>
  );
}

function Fact({ icon, label, children }: { icon: ReactNode; label: string; children: ReactNode }) {
  return (
    <>
      <dt className="pt-px text-ink-muted">
        {icon}
        <span className="sr-only">{label}</span>
      </dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

import { Info, ShieldAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { rawUrl } from '@/lib/client/reader/message-urls';
import { type Doubt, doubtsOf, type Findings, isHint } from '@/lib/client/trust/doubts';
import { useSites } from '@/lib/client/trust/use-sites';
import type { Message } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import { Bar } from './bar';

/**
 * Why a message may not be what it seems, and what of it could not be shown whole: the weightiest reason in one sentence,
 * the others on demand. Nothing is ever said in a message's favour.
 */
export function MessageWarnings({
  accountId,
  message,
  hasFrameFault,
  findings,
}: {
  accountId: string;
  message: Message;
  hasFrameFault: boolean;
  findings: Findings;
}) {
  const t = useTranslations('reader');
  const trust = useTranslations('trust');
  const siteOf = useSites();
  const doubts = siteOf === null ? [] : doubtsOf(message, findings, siteOf);
  const faults = message.warnings.map((warning) => t(`warnings.${warning}`));
  if (hasFrameFault) faults.unshift(t(message.textBody.some(isPlain) ? 'frameFault' : 'frameFaultOnly'));
  const reasons = [...doubts.map((doubt) => trust(doubt.kind, shownValues(doubt))), ...faults];
  if (reasons.length === 0) return null;
  const isWarning = doubts.some((doubt) => !isHint(doubt));
  return (
    <Bar
      icon={isWarning ? <ShieldAlert size={16} /> : <Info size={16} />}
      tone={isWarning ? 'brass' : 'plain'}
      end={
        faults.length > 0 && (
          <a
            href={rawUrl(accountId, message.id)}
            download=""
            className="inline-flex shrink-0 items-center font-semibold text-accent hover:underline touch:min-h-11"
          >
            {t('wholeOriginal')}
          </a>
        )
      }
    >
      <Reasons key={message.id} reasons={reasons} />
    </Bar>
  );
}

function Reasons({ reasons: [first, ...others] }: { reasons: string[] }) {
  const t = useTranslations('trust');
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <span className="[overflow-wrap:anywhere]">{first}</span>
      {others.length > 0 && (
        <>
          {' '}
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
            className="rounded-[4px] font-semibold text-accent hover:underline touch:min-h-11"
          >
            {isOpen ? t('fewer') : t('more', { count: others.length })}
          </button>
          <span id={id}>
            {isOpen &&
              others.map((reason) => (
                <span key={reason} className="mt-1.5 block [overflow-wrap:anywhere]">
                  {reason}
                </span>
              ))}
          </span>
        </>
      )}
    </>
  );
}

/** Names and addresses of a hostile mail, each kept to its own direction. */
function shownValues({ values }: Doubt): Doubt['values'] {
  const entries = Object.entries(values).map(([name, value]) => [name, isText(value) ? shown(value) : value]);
  return Object.fromEntries(entries);
}

const maxShown = 120;
/** First-strong isolate and its end (UAX #9): what stands in a sentence does not turn the sentence round. */
const shown = (text: string) => `\u2068${displayText(text).slice(0, maxShown)}\u2069`;
const isText = (value: string | number) => typeof value === 'string';
const isPlain = ({ type }: { type: string }) => type === 'text/plain';

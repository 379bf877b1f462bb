'use client';

import { Send } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { MoreWords } from '@/components/ui/more-words';
import { useMail } from '@/lib/client/app/context';
import { useSubmissions } from '@/lib/client/app/submissions-query';
import { isWorthAWord } from '@/lib/client/compose/outbox';
import words from '@/messages/outbox.en.json';

interface OutboxEntryProps {
  accountId: string;
  isRail: boolean;
}

/** Leads to what waits to be sent, where something does that is worth a word. */
export const OutboxEntry = (props: OutboxEntryProps) => (
  <MoreWords words={words}>
    <Entry {...props} />
  </MoreWords>
);

function Entry({ accountId, isRail }: OutboxEntryProps) {
  const app = useMail();
  const t = useTranslations('outbox');
  const count = useSubmissions(accountId).submissions?.filter(isWorthAWord).length ?? 0;
  if (count === 0) return null;
  return (
    <button
      type="button"
      aria-label={`${t('title')}: ${t('count', { count })}`}
      className={`mt-2 flex h-[34px] w-full items-center gap-2.5 rounded-[6px] text-ink-2 hover:bg-hover hover:text-ink touch:h-11 ${isRail ? 'justify-center' : 'px-2.5'}`}
      onClick={() => {
        app.drawer.set(false);
        app.overlay.set({ type: 'outbox', accountId });
      }}
    >
      <Send size={17} strokeWidth={1.6} className="shrink-0" aria-hidden="true" />
      {!isRail && (
        <>
          <span className="min-w-0 flex-1 truncate text-start">{t('title')}</span>
          <span className="font-semibold text-ink-muted text-meta tabular-nums">{count}</span>
        </>
      )}
    </button>
  );
}

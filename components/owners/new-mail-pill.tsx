'use client';

import { ArrowUp } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useSnapshot } from '@/lib/client/app/hooks';
import type { ListStore } from '@/lib/client/list/list-store';

interface NewMailPillProps {
  store: ListStore;
  isAway: boolean;
  /** Of the list as it stands now. */
  isAtTop: () => boolean;
  onPress: () => void;
}

/** Tells that mail has come in above what is read; a press goes there. */
export function NewMailPill({ store, isAway, isAtTop, onPress }: NewMailPillProps) {
  const t = useTranslations('list');
  const arrived = useSnapshot(store)?.arrived ?? 0;
  useEffect(() => {
    // What came while the pointer was about to press has moved the list by as much, which is told a moment later.
    if (!isAway && arrived > 0 && isAtTop()) store.acknowledge();
  }, [store, isAway, isAtTop, arrived]);
  if (!isAway || arrived === 0) return null;
  return (
    <button
      type="button"
      onClick={onPress}
      className="float-in absolute start-1/2 top-9 z-30 flex h-8 -translate-x-1/2 items-center gap-1.5 rounded-full bg-accent px-3.5 font-semibold text-accent-ink text-meta shadow-float before:absolute before:-inset-2 rtl:translate-x-1/2"
    >
      <ArrowUp size={14} />
      {t('newMail', { count: arrived })}
    </button>
  );
}

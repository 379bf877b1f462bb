'use client';

import { CloudOff } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useMail } from '@/lib/client/app/context';
import { useValue } from '@/lib/client/app/value';

/** Says that the network is gone, and what still works. */
export function OfflineBar() {
  const t = useTranslations('sidebar');
  const live = useValue(useMail().live);
  if (live !== 'offline') return null;
  return (
    <p
      role="status"
      className="flex items-center gap-2.5 border-b border-line bg-brass-wash px-4 py-2 text-ink-2 text-list"
    >
      <CloudOff size={16} className="shrink-0 text-brass-ink" />
      {t('offlineBar')}
    </p>
  );
}

import { ShieldCheck } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Held } from '@/lib/client/sanitize/place';
import { Bar } from './bar';

/** How many pictures of other servers were not asked for, and how many of them would only have told on the reader. */
export function HeldImages({ held }: { held: readonly Held[] }) {
  const t = useTranslations('reader');
  if (held.length === 0) return null;
  const trackers = held.filter((one) => one.isTracker).length;
  return (
    <Bar icon={<ShieldCheck size={16} />} tone="brass">
      {t('held', { count: held.length, trackers })}
    </Bar>
  );
}

import { useTranslations } from 'use-intl';
import type { Held } from '@/lib/client/sanitize/place';

/** Which servers the pictures of a mail are on, those with trackers first. */
export function HeldHosts({
  held,
  hasRules,
  isCertain,
}: {
  held: readonly Held[];
  hasRules: boolean;
  isCertain: boolean;
}) {
  const t = useTranslations('pictures');
  const hosts = countByHost(held);
  return (
    <div className="mt-2 border-line-strong/50 border-t pt-2">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is scrolled by keys as well */}
      <ul aria-label={t('hosts')} tabIndex={0} className="max-h-44 space-y-0.5 overflow-y-auto overscroll-contain">
        {hosts.map(([host, { pictures, trackers }]) => (
          <li key={host} className="flex flex-wrap items-baseline gap-x-2">
            <span dir="ltr" className="[overflow-wrap:anywhere]">
              {host}
            </span>
            <span className="text-ink-muted text-meta tabular-nums">{t('host', { pictures, trackers })}</span>
          </li>
        ))}
      </ul>
      {held.some(({ isTracker }) => isTracker) && <p className="mt-2 text-ink-muted text-meta">{t('trackersNever')}</p>}
      {hasRules && !isCertain && <p className="mt-2 text-ink-muted text-meta">{t('unbelievable')}</p>}
    </div>
  );
}

function countByHost(held: readonly Held[]) {
  const hosts = new Map<string, { pictures: number; trackers: number }>();
  for (const { url, isTracker } of held) {
    const { host } = new URL(url);
    const { pictures, trackers } = hosts.get(host) ?? { pictures: 0, trackers: 0 };
    hosts.set(host, { pictures: pictures + Number(!isTracker), trackers: trackers + Number(isTracker) });
  }
  return [...hosts].sort(([, a], [, b]) => b.trackers - a.trackers || b.pictures - a.pictures);
}

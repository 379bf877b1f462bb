'use client';

import { Copy, Eraser, Pause, Play, Search, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import type { ExchangeSnapshot, ExchangeStore } from '@/lib/client/inspector/exchange-store';
import { type ExchangeRow, formatRows } from '@/lib/client/inspector/lines';

interface InspectorBarProps {
  store: ExchangeStore;
  snapshot: ExchangeSnapshot;
  shown: readonly ExchangeRow[];
  filter: string;
  onFilter: (words: string) => void;
  onClose: () => void;
}

/** What can be done with the lines: find some, hold them, take them along, wipe them off. */
export function InspectorBar({ store, snapshot, shown, filter, onFilter, onClose }: InspectorBarProps) {
  const t = useTranslations('inspector');
  const { rows, state, waiting } = snapshot;
  const isPaused = waiting !== null;
  const status = isPaused
    ? t('paused', { count: waiting })
    : state !== 'live'
      ? t(state)
      : rows.length === 0
        ? null
        : filter.trim() === ''
          ? t('count', { count: rows.length })
          : t('countFiltered', { count: shown.length, total: rows.length });
  const copy = () =>
    navigator.clipboard.writeText(formatRows(shown)).then(
      () => toast({ text: t('copied', { count: shown.length }), key: 'inspector' }),
      () => toast({ text: t('notCopied'), tone: 'problem', key: 'inspector' }),
    );
  return (
    <header className="flex shrink-0 items-center gap-1 border-line border-b bg-panel py-1 ps-4 pe-1.5 max-md:flex-wrap">
      <h2 className="font-semibold text-list">{t('title')}</h2>
      <p role="status" className="min-w-0 flex-1 truncate px-2 text-ink-muted text-meta max-[22rem]:sr-only">
        {status}
      </p>
      <label className="flex h-7 w-56 items-center gap-1.5 rounded-inner border border-line bg-raised px-2 text-ink-muted focus-within:border-focus hover:border-line-strong max-md:order-last max-md:mb-1 max-md:w-full max-md:me-2.5 touch:h-11">
        <Search size={14} aria-hidden="true" className="shrink-0" />
        <span className="sr-only">{t('filter')}</span>
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          value={filter}
          placeholder={t('filter')}
          onChange={(event) => onFilter(event.target.value)}
          className="h-full min-w-0 flex-1 bg-transparent text-ink text-meta outline-none placeholder:text-ink-muted touch:text-title"
        />
      </label>
      <IconButton
        size="small"
        label={t(isPaused ? 'resume' : 'pause')}
        icon={isPaused ? <Play size={15} /> : <Pause size={15} />}
        onClick={() => store.setPaused(!isPaused)}
      />
      <IconButton
        size="small"
        label={t('copy')}
        icon={<Copy size={15} />}
        disabled={shown.length === 0}
        onClick={() => void copy()}
      />
      <IconButton
        size="small"
        label={t('clear')}
        icon={<Eraser size={15} />}
        disabled={rows.length === 0}
        onClick={() => store.clear()}
      />
      <IconButton size="small" label={t('close')} icon={<X size={16} />} onClick={onClose} />
    </header>
  );
}

'use client';

import { Search, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';

/** The line that contacts are looked for with; Escape empties it before it closes the dialog. */
export function ContactSearch({ typed, onType }: { typed: string; onType: (typed: string) => void }) {
  const t = useTranslations('people.contacts');
  return (
    <label className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-box border border-line bg-raised ps-2.5 text-ink-muted focus-within:border-focus hover:border-line-strong touch:h-11">
      <Search size={16} aria-hidden="true" className="shrink-0" />
      <span className="sr-only">{t('search')}</span>
      <input
        type="text"
        data-autofocus=""
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={typed}
        placeholder={t('search')}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || typed === '') return;
          event.preventDefault();
          onType('');
        }}
        className="h-full min-w-0 flex-1 bg-transparent text-ink outline-none placeholder:text-ink-muted touch:text-title"
      />
      {typed !== '' && <IconButton size="small" label={t('clear')} icon={<X size={15} />} onClick={() => onType('')} />}
    </label>
  );
}

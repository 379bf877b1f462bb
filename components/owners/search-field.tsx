'use client';

import { Search, X } from 'lucide-react';
import type { KeyboardEvent, RefObject } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { Kbd } from '@/components/ui/kbd';

interface SearchFieldProps {
  field: RefObject<HTMLInputElement | null>;
  typed: string;
  /** What the list shows the hits of; Escape goes back to it. */
  query: string;
  onType: (typed: string) => void;
  onClear: () => void;
  /** What helps with the line: the list below it, the choice there that the keyboard is on, and its share of the keys. */
  help: { id: string; activeId: string | null; press: (event: KeyboardEvent) => boolean };
}

/** The line that is typed into. */
export function SearchField({ field, typed, query, onType, onClear, help }: SearchFieldProps) {
  const t = useTranslations('search');
  return (
    <label className="flex h-[38px] min-w-0 flex-1 items-center gap-2 rounded-box border border-line bg-raised ps-3 pe-1 text-ink-muted focus-within:border-focus hover:border-line-strong touch:h-11">
      <Search size={17} aria-hidden="true" className="shrink-0" />
      <span className="sr-only">{t('label')}</span>
      <input
        ref={field}
        data-search=""
        type="text"
        enterKeyHint="search"
        autoComplete="off"
        aria-autocomplete="list"
        aria-controls={help.activeId === null ? undefined : help.id}
        aria-activedescendant={help.activeId ?? undefined}
        spellCheck={false}
        maxLength={2_000}
        value={typed}
        placeholder={t('placeholder')}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={(event) => {
          if (help.press(event) || event.key !== 'Escape') return;
          event.preventDefault();
          if (typed === '' || typed === query) field.current?.blur();
          else onType(query);
        }}
        className="h-full min-w-0 flex-1 bg-transparent text-ink outline-none placeholder:text-ink-muted touch:text-title"
      />
      {typed === '' ? (
        <Kbd keys="/" className="pe-1.5 max-md:hidden" />
      ) : (
        <IconButton size="small" label={t('clear')} icon={<X size={16} />} onClick={onClear} />
      )}
    </label>
  );
}

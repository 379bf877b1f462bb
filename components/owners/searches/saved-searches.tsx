'use client';

import { Ellipsis, Search } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { FolderRow } from '@/components/parts/folder-row';
import { IconButton } from '@/components/ui/icon-button';
import { useMail } from '@/lib/client/app/context';
import { useMailLocation } from '@/lib/client/app/hooks';
import { formatLocation } from '@/lib/client/location';
import { isShownSaved } from '@/lib/client/searches/saved';
import type { SavedSearch } from '@/lib/contract/answers';
import { SearchWords } from './search-words';
import { useSavedPlace, useSavedSearches } from './use-saved';

/** The searches that the person has kept, below the accounts. */
export const SavedSearches = (props: { isRail: boolean }) => (
  <SearchWords>
    <Searches {...props} />
  </SearchWords>
);

function Searches({ isRail }: { isRail: boolean }) {
  const app = useMail();
  const t = useTranslations('searches');
  const searches = useSavedSearches();
  if (searches.length === 0) return null;
  const change = (id?: string) => {
    app.drawer.set(false);
    app.overlay.set({ type: 'searches', ...(id === undefined ? {} : { id }) });
  };
  return (
    <section aria-label={t('title')} className={isRail ? 'mt-2 border-line border-t pt-2' : 'mt-3'}>
      {!isRail && (
        <div className="flex h-8 items-center gap-1.5 ps-2.5 font-semibold text-ink-muted text-meta touch:h-11">
          <span className="min-w-0 truncate">{t('title')}</span>
          <IconButton
            size="small"
            label={t('manage')}
            icon={<Ellipsis size={16} />}
            className="ms-auto"
            onClick={() => change()}
          />
        </div>
      )}
      <ul>
        {searches.map((saved) => (
          <SearchRow key={saved.id} saved={saved} isRail={isRail} onChange={() => change(saved.id)} />
        ))}
      </ul>
    </section>
  );
}

function SearchRow({ saved, isRail, onChange }: { saved: SavedSearch; isRail: boolean; onChange: () => void }) {
  const location = useMailLocation();
  const found = useSavedPlace(saved);
  if (found === null) return null;
  return (
    <li>
      <FolderRow
        role_={null}
        icon={<Search size={17} strokeWidth={1.6} className="shrink-0" aria-hidden="true" />}
        name={saved.name}
        depth={0}
        isCurrent={isShownSaved(saved, location)}
        isRail={isRail}
        count={null}
        isTarget={false}
        isOpen={null}
        onToggle={() => undefined}
        toggleLabel=""
        countLabel=""
        draggable={false}
        href={formatLocation(found.place)}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          found.go();
        }}
        onContextMenu={(event) => {
          event.preventDefault();
          onChange();
        }}
      />
    </li>
  );
}

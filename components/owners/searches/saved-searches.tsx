'use client';

import { Search } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { PlaceRow } from '@/components/parts/place-row';
import { SidebarSection } from '@/components/parts/sidebar-section';
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
    <SidebarSection title={t('title')} isRail={isRail} manage={t('manage')} onManage={() => change()}>
      {searches.map((saved) => (
        <SearchRow key={saved.id} saved={saved} isRail={isRail} onChange={() => change(saved.id)} />
      ))}
    </SidebarSection>
  );
}

function SearchRow({ saved, isRail, onChange }: { saved: SavedSearch; isRail: boolean; onChange: () => void }) {
  const location = useMailLocation();
  const found = useSavedPlace(saved);
  if (found === null) return null;
  return (
    <li>
      <PlaceRow
        icon={<Search size={17} strokeWidth={1.6} className="shrink-0" aria-hidden="true" />}
        name={saved.name}
        isCurrent={isShownSaved(saved, location)}
        isRail={isRail}
        href={formatLocation(found.place)}
        onGo={found.go}
        onMenu={onChange}
      />
    </li>
  );
}

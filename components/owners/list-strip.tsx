'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'use-intl';
import { useMail } from '@/lib/client/app/context';
import { useCurrentList, useIsUnited, useMailLocation, useSnapshot } from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import { loadSearchStatus } from './list-parts';

const SearchStrip = dynamic(() => loadSearchStatus().then((module) => module.SearchStrip), { ssr: false });

/**
 * The line above the rows: the day of the topmost one, or the order where it is not by date; while messages are chosen,
 * the way to all of them. It is always there, so that the rows never move when its text changes.
 */
export function ListStrip({ section }: { section: string | null }) {
  const app = useMail();
  const t = useTranslations('list');
  const { query, sort, isAscending } = useMailLocation();
  const { ids, isAll } = useValue(app.selection);
  const isUnited = useIsUnited();
  const list = useCurrentList();
  const total = useSnapshot(list?.store)?.shown.count ?? 0;
  const canChooseAll = ids.size > 0 && !isAll && total > ids.size;
  const order = t(`${isAscending ? 'ascending' : 'descending'}.${sort}`);
  const text = sort === 'receivedAt' ? section : t('byOrder', { property: t(`sortBy.${sort}`), order });
  return (
    <div className="flex h-7 shrink-0 items-center px-4 font-semibold text-ink-muted text-meta">
      {canChooseAll ? (
        <button
          type="button"
          onClick={() => app.selection.set((now) => ({ ...now, isAll: true }))}
          className="-mx-1 rounded-inner px-1 text-accent hover:underline"
        >
          {t(query !== '' ? 'selectAllResults' : isUnited ? 'selectAllInboxes' : 'selectAllInFolder', { count: total })}
        </button>
      ) : list?.search == null ? (
        <span aria-hidden="true">{text}</span>
      ) : (
        <SearchStrip search={list.search} />
      )}
    </div>
  );
}

'use client';

import dynamic from 'next/dynamic';
import { type CurrentList, useSnapshot } from '@/lib/client/app/hooks';
import { loadKeptNotice } from './list-parts';

const KeptNotice = dynamic(() => loadKeptNotice().then((module) => module.KeptNotice), { ssr: false });

/** Says what is not as it should be about the rows, where anything is. */
export function KeptBar({ list }: { list: CurrentList }) {
  const shown = useSnapshot(list.store)?.list;
  const isWhole = shown === undefined || (shown.problem === null && shown.missing.length === 0 && !shown.isPartial);
  return isWhole ? null : <KeptNotice {...shown} onRetry={() => list.store.refresh()} />;
}

'use client';

import dynamic from 'next/dynamic';
import { useMail } from '@/lib/client/app/context';
import { type CurrentList, useSnapshot } from '@/lib/client/app/hooks';
import type { MessageCommands } from './commands/use-commands';
import { loadListStates } from './list-parts';
import { MessageRows } from './message-rows';

const FailedList = dynamic(() => loadListStates().then((module) => module.FailedList), { ssr: false });
const EmptyList = dynamic(() => loadListStates().then((module) => module.EmptyList), { ssr: false });
const RowsFailed = dynamic(() => loadListStates().then((module) => module.RowsFailed), { ssr: false });

/** The list in each of its states: failed, empty, or rows (which may be on their way). */
export function MessageList({ list: { store, search }, commands }: { list: CurrentList; commands: MessageCommands }) {
  const app = useMail();
  const { shown, status, error } = useSnapshot(store) ?? store.getSnapshot();
  // Whoever looks at an empty or failed list looks at its beginning: what arrives there must be seen.
  if (status === 'failed' && error !== null) return <FailedList error={error} onRetry={store.refresh} />;
  if (shown.count === 0 && status === 'ready') return <EmptyList search={search} />;
  return (
    <>
      <MessageRows store={store} isSearch={search !== null} startAt={app.places.get(store) ?? 0} commands={commands} />
      {error !== null && <RowsFailed error={error} onRetry={store.refresh} />}
    </>
  );
}

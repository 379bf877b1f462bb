'use client';

import { useEffect } from 'react';
import { useMail } from '@/lib/client/app/context';
import { messageQuery } from '@/lib/client/app/message-query';
import type { ShownList } from '@/lib/client/list/shown-list';
import { ownOf } from '@/lib/client/united/united-id';

const restMs = 200;
/** Larger messages are read when they are asked for. */
const mostBytes = 300_000;

/** Makes the neighbours of the open message ready, so that `j` and a click on them paint at once. */
export function usePrefetch(accountId: string, shown: ShownList | undefined, index: number): void {
  const app = useMail();
  const neighbours = index === -1 ? [] : [shown?.at(index + 1), shown?.at(index - 1)];
  // Among all accounts, a row names its own.
  const ids = neighbours.flatMap((row) => (row !== undefined && row.sizeBytes <= mostBytes ? [row.id] : []));
  const key = ids.join(' ');
  useEffect(() => {
    const timer = setTimeout(() => {
      const own = key === '' ? [] : key.split(' ').map((id) => ownOf(id, accountId));
      for (const { accountId: of, id } of own) {
        const isBusy = app
          .pendingOf(of)
          .get()
          .some(({ ids }) => ids.has(id));
        if (!isBusy) void app.queries.prefetchQuery(messageQuery(of, id));
      }
    }, restMs);
    return () => clearTimeout(timer);
  }, [app, accountId, key]);
}

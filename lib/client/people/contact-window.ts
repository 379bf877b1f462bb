'use client';

import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ContactSummary } from '../../contract/contacts.ts';
import { queryKeys } from '../query-keys.ts';
import { callPeople } from './call.ts';

/** So many are asked for at once. */
const pageSize = 100;

export interface ContactFilter {
  q: string;
  groupId: string | null;
}

const pageQuery = ({ q, groupId }: ContactFilter, number: number) => ({
  queryKey: [...queryKeys.contacts, q, groupId, number],
  queryFn: ({ signal }: { signal: AbortSignal }) => {
    const wanted = { ...(q === '' ? {} : { q }), ...(groupId === null ? {} : { groupId }) };
    return callPeople('listContacts', { query: { position: number * pageSize, limit: pageSize, ...wanted }, signal });
  },
});

/**
 * The contacts in sight, wherever in the list that is: `at` gives nothing for those that are on their way. While what
 * was typed anew is being looked for, what was found before stays.
 */
export function useContactWindow(filter: ContactFilter, { from, to }: { from: number; to: number }) {
  const [shown, setShown] = useState(filter);
  const beginning = useQuery(pageQuery(filter, 0));
  const isOther = shown.q !== filter.q || shown.groupId !== filter.groupId;
  if (isOther && beginning.data !== undefined) setShown(filter);
  const first = Math.max(0, Math.floor(from / pageSize));
  const last = Math.max(first, Math.floor(to / pageSize));
  const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const pages = useQueries({ queries: numbers.map((number) => pageQuery(shown, number)) });
  return {
    shown,
    total: pages.find(({ data }) => data !== undefined)?.data?.total ?? null,
    error: beginning.error ?? pages.find(({ error }) => error !== null)?.error ?? null,
    retry() {
      void beginning.refetch();
      for (const { refetch } of pages) void refetch();
    },
    at: (index: number): ContactSummary | undefined =>
      pages[Math.floor(index / pageSize) - first]?.data?.items[index % pageSize],
  };
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { callPeople } from '@/lib/client/people/call';
import { queryKeys } from '@/lib/client/query-keys';

/** One contact, whole. */
export const useContact = (id: string | null) =>
  useQuery({
    queryKey: [...queryKeys.contacts, 'one', id],
    queryFn: ({ signal }) => callPeople('getContact', { params: { contactId: id ?? '' }, signal }),
    enabled: id !== null,
  });

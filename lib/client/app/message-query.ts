import { queryOptions } from '@tanstack/react-query';
import { idNow } from '../actions/returning.ts';
import { call } from '../api.ts';
import { queryKeys } from '../query-keys.ts';

/** One message, opened. Its text never changes, so what is here is not asked for again while it is kept. */
export const messageQuery = (accountId: string, messageId: string) =>
  queryOptions({
    queryKey: queryKeys.message(accountId, messageId),
    queryFn: async ({ signal }) =>
      call('getMessage', { params: { accountId, messageId: await idNow(accountId, messageId) }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 5 * 60_000,
  });

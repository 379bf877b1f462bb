import type { QueryClient } from '@tanstack/react-query';
import type { Identity } from '../../contract/identities.ts';
import type { Message } from '../../mail/model.ts';
import { isSameAddress, withoutDetail } from '../compose/plus-address.ts';
import { queryKeys } from '../query-keys.ts';
import { callPeople } from './call.ts';

/** Who the person writes as, in all accounts. */
export const identitiesQuery = {
  queryKey: queryKeys.identities,
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await callPeople('listIdentities', { signal })).identities,
  staleTime: 5 * 60_000,
};

/** The same outside of React; none where they cannot be had, so that one can write all the same. */
export const knownIdentities = (queries: QueryClient): Promise<Identity[]> =>
  queries
    .ensureQueryData({
      ...identitiesQuery,
      // A composer opens at once, and without the network too.
      revalidateIfStale: true,
      retry: false,
      networkMode: 'always',
    })
    .catch(() => []);

/**
 * Who writes: for an answer the identity that sent the message, or that it was sent to, by an address with a detail behind a
 * plus too (RFC 5233), which then stands in the place of its own; else the default of the account. Null where the account
 * has none that is known.
 */
export function identityFor(
  identities: readonly Identity[],
  accountId: string,
  about: Message | null,
): Identity | null {
  const own = identities.filter((one) => one.accountId === accountId);
  const people = about === null ? [] : [...about.from, ...about.to, ...about.cc, ...about.bcc];
  for (const { email } of people) {
    const named = own.find((one) => isSameAddress(one.email, email));
    if (named !== undefined) return named;
    const detailed = own.find((one) => isSameAddress(one.email, withoutDetail(email)));
    if (detailed !== undefined) return { ...detailed, email };
  }
  return own.find(({ isDefault }) => isDefault) ?? own[0] ?? null;
}

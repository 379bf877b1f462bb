import { type QueryClient, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Maildrop } from '../../contract/maildrop.ts';
import { call } from '../api.ts';
import { queryKeys } from '../query-keys.ts';
import { useMail } from './context.ts';
import { useAccount } from './hooks.ts';

const whileRunningMs = 1_000;
/** Where it has nothing to tell for long, it waits for its turn at the server. */
const waitingMs = 15_000;

/**
 * The maildrop of the shown account, asked again each second while it is being collected. Nothing over IMAP. `isLooked`: whoever
 * has just opened it wants the numbers of now, and what was deleted since is among them.
 */
export function useMaildrop({ isLooked = false } = {}): { maildrop: Maildrop | undefined; error: Error | null } {
  const { id: accountId, protocol } = useAccount();
  const { data, error } = useQuery({
    queryKey: queryKeys.maildrop(accountId),
    queryFn: ({ signal }) => call('getMaildrop', { params: { accountId }, signal }),
    enabled: protocol === 'pop3',
    refetchOnMount: isLooked ? 'always' : true,
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data?.collection.isRunning
        ? data.collection.total === 0 && dataUpdateCount > 9
          ? waitingMs
          : whileRunningMs
        : false,
  });
  return { maildrop: data, error };
}

/** Starts or stops the collection of an account, and asks then how far it is. */
export function changeCollection(
  queries: QueryClient,
  accountId: string,
  name: 'startCollection' | 'stopCollection',
): void {
  const queryKey = queryKeys.maildrop(accountId);
  const askAgain = async () => {
    // One that was asked before would be taken for the answer to this.
    await queries.cancelQueries({ queryKey });
    await queries.invalidateQueries({ queryKey });
  };
  // The list beside it asks the same server and says what is wrong with it.
  void call(name, { params: { accountId } }).then(askAgain, () => undefined);
}

/** The same of the shown account. */
export function useCollecting(): { start: () => void; stop: () => void } {
  const { queries } = useMail();
  const { id: accountId } = useAccount();
  return {
    start: useCallback(() => changeCollection(queries, accountId, 'startCollection'), [queries, accountId]),
    stop: useCallback(() => changeCollection(queries, accountId, 'stopCollection'), [queries, accountId]),
  };
}

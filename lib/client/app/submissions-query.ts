import { useQuery } from '@tanstack/react-query';
import { call } from '../api.ts';
import { type Submission, waits } from '../compose/outbox.ts';
import { queryKeys } from '../query-keys.ts';
import { useMail } from './context.ts';
import { useValue } from './value.ts';

/** While something waits and nobody tells us what becomes of it. */
const whileWaitingMs = 30_000;

/** What an account sends and has not ended, the first to go first; asked again when it is told that something has changed. */
export function useSubmissions(accountId: string): {
  submissions: Submission[] | undefined;
  error: Error | null;
  refetch: () => void;
} {
  const live = useValue(useMail().live);
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.submissions(accountId),
    queryFn: async ({ signal }) => {
      const { submissions } = await call('listSubmissions', { params: { accountId }, signal });
      return submissions.filter(waits).sort((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt));
    },
    refetchInterval: ({ state }) => ((state.data?.length ?? 0) > 0 && live !== 'live' ? whileWaitingMs : false),
  });
  return { submissions: data, error, refetch: () => void refetch() };
}

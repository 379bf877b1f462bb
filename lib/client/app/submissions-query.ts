import { useQuery } from '@tanstack/react-query';
import { call } from '../api.ts';
import { type Submission, waits } from '../compose/outbox.ts';
import { queryKeys } from '../query-keys.ts';

const whileWaitingMs = 30_000;

/** What an account sends and has not ended, the first to go first; asked again each half minute while there is any. */
export function useSubmissions(accountId: string): {
  submissions: Submission[] | undefined;
  error: Error | null;
  refetch: () => void;
} {
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.submissions(accountId),
    queryFn: async ({ signal }) => {
      const { submissions } = await call('listSubmissions', { params: { accountId }, signal });
      return submissions.filter(waits).sort((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt));
    },
    refetchInterval: ({ state }) => ((state.data?.length ?? 0) > 0 ? whileWaitingMs : false),
  });
  return { submissions: data, error, refetch: () => void refetch() };
}

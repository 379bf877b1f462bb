import { queryKeys } from '../query-keys.ts';
import { callPeople } from './call.ts';

/** The person's templates, by name. */
export const templatesQuery = {
  queryKey: queryKeys.templates,
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await callPeople('listTemplates', { signal })).templates,
};

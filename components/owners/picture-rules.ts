'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { queryKeys } from '@/lib/client/query-keys';
import type { RemoteImageRule } from '@/lib/contract/remote-images';
import { sentenceOf } from './sentence-of';

type RuleName = Pick<RemoteImageRule, 'kind' | 'name'>;

/** The person's choices about pictures of other servers; null until they are known. Changes show at once and are taken back if refused. */
export function usePictureRules(isEnabled: boolean) {
  const { queries } = useMail();
  const t = useTranslations('pictures');
  const words = useTranslations('actions');
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.remoteImageRules,
    queryFn: async ({ signal }) => (await call('listRemoteImageRules', { signal })).rules,
    enabled: isEnabled,
    staleTime: 5 * 60_000,
  });
  const change = (next: (rules: RemoteImageRule[]) => RemoteImageRule[], write: Promise<unknown>) => {
    const before = data ?? [];
    queries.setQueryData(queryKeys.remoteImageRules, next(before));
    write.catch((thrown: unknown) => {
      queries.setQueryData(queryKeys.remoteImageRules, before);
      toast({ tone: 'problem', text: t('notKept'), detail: sentenceOf(words, asApiError(thrown).code).title });
    });
  };
  const others = (rules: RemoteImageRule[], { kind, name }: RuleName) =>
    rules.filter((rule) => rule.kind !== kind || rule.name !== name);
  return {
    rules: data ?? null,
    error,
    retry: () => void refetch(),
    set: ({ kind, name }: RuleName, choice: RemoteImageRule['choice']) =>
      change(
        (rules) => [{ kind, name, choice, createdAt: new Date().toISOString() }, ...others(rules, { kind, name })],
        call('setRemoteImageRule', { params: { kind, name }, body: { choice } }),
      ),
    remove: ({ kind, name }: RuleName) =>
      change((rules) => others(rules, { kind, name }), call('removeRemoteImageRule', { params: { kind, name } })),
    empty: () => change(() => [], call('emptyRemoteImageRules', {})),
  };
}

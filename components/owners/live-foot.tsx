'use client';

import { useTranslations } from 'use-intl';
import { classes } from '@/components/ui/classes';
import type { ApiErrorCode } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import {
  useAccount,
  useCapabilities,
  useCurrentList,
  useIsUnited,
  useSession,
  useSnapshot,
} from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import type { Runner } from './commands/use-runner';

/** What a mail server that cannot be asked just now is told by. */
const waitingFor: readonly ApiErrorCode[] = ['unreachable', 'timeout', 'busy', 'throttled'];

/** Whether new mail shows by itself now; a press looks at once. */
export function LiveFoot({ run, isRail }: { run: Runner; isRail: boolean }) {
  const t = useTranslations('sidebar');
  const live = useValue(useMail().live);
  const { watch } = useCapabilities();
  const account = useAccount();
  const { accounts } = useSession();
  const isUnited = useIsUnited();
  const host = isUnited ? '' : ` · ${account.host}`;
  // Among all, some may be told of by their server, and some not.
  const polled = accounts.filter(({ capabilities }) => capabilities?.watch === false).length;
  const isMixed = isUnited && !watch && polled < accounts.length;
  const { list, error } = useSnapshot(useCurrentList()?.store) ?? { list: null, error: null };
  const problem = list?.problem ?? error?.code ?? null;
  const isAnswered = problem === null || !waitingFor.includes(problem);
  const listens = watch || isMixed;
  const text =
    watch || (isMixed && live !== 'live')
      ? t(live)
      : !isAnswered
        ? t('waiting')
        : isMixed
          ? t('partlyLive', { count: polled })
          : t('polled');
  const isGood = (!listens || live === 'live') && (watch || isAnswered);
  return (
    <button
      type="button"
      onClick={run.refresh}
      data-tip={t('check')}
      data-tip-keys="Shift+n"
      className="flex h-10 shrink-0 items-center gap-2 px-5 text-ink-muted text-meta hover:text-ink touch:h-12"
    >
      <span
        className={classes(
          'size-[7px] shrink-0 rounded-full',
          isGood ? 'bg-ok' : 'bg-brass',
          live === 'connecting' && listens && 'animate-pulse',
        )}
      />
      <span aria-live="polite" className={isRail ? 'sr-only' : 'truncate'}>
        {text}
        {host}
      </span>
      <span className="sr-only">{t('check')}</span>
    </button>
  );
}

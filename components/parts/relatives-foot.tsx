import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';

interface RelativesFootProps {
  /** Earlier ones that found no room above the message. */
  below: number;
  /** Names of folders. */
  notLookedAt: readonly string[];
  hasFailed: boolean;
  isLooking: boolean;
  onUnfold: () => void;
  onLook: () => void;
}

const mostNames = 3;

/** What is left to say of a conversation below it: where nobody has looked, and what is above without a line. */
export function RelativesFoot({ below, notLookedAt, hasFailed, isLooking, onUnfold, onLook }: RelativesFootProps) {
  const t = useTranslations('relatives');
  const names = notLookedAt.slice(0, mostNames).join(', ');
  const more = notLookedAt.length - mostNames;
  return (
    <>
      {below > 0 && (
        <p className="mt-6 border-line border-t py-1.5">
          <Button onClick={onUnfold}>{t('earlierElsewhere', { count: below })}</Button>
        </p>
      )}
      {(hasFailed || notLookedAt.length > 0) && (
        <p className="mt-4 flex flex-wrap items-center gap-x-2 text-ink-muted text-meta">
          {hasFailed
            ? t('failed')
            : t('notLookedAt', { names: more > 0 ? t('andMore', { names, count: more }) : names })}
          <Button look="link" size="small" isBusy={isLooking} onClick={onLook}>
            {t('lookThere')}
          </Button>
        </p>
      )}
    </>
  );
}

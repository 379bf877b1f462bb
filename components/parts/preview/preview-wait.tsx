import { useTranslations } from 'use-intl';
import { Progress } from '@/components/ui/progress';
import { Spinner } from '@/components/ui/spinner';

/** While bytes come: how many of how many, where that is worth telling. */
export function PreviewWait({ progress }: { progress?: { text: string; value: number; max: number } | undefined }) {
  const t = useTranslations('preview');
  return (
    <div role="status" className="late grid min-h-0 flex-1 place-items-center bg-sunken text-ink-muted">
      {progress === undefined ? (
        <span className="flex items-center gap-2.5">
          <Spinner /> {t('loading')}
        </span>
      ) : (
        <div className="w-64 max-w-[70vw] space-y-2 text-center text-meta tabular-nums">
          <Progress label={t('loading')} value={progress.value} max={progress.max} />
          <p>{progress.text}</p>
        </div>
      )}
    </div>
  );
}

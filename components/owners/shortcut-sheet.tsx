'use client';

import { useTranslations } from 'use-intl';
import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { commands } from '@/lib/client/keys/commands';
import type { Runner } from './commands/use-runner';

/** Every key that does something here and now. */
export function ShortcutSheet({ run, onClose }: { run: Runner; onClose: () => void }) {
  const t = useTranslations('keys');
  return (
    <Dialog isOpen onClose={onClose} title={t('title')} className="max-w-[min(46rem,calc(100vw-2rem))]">
      <div className="gap-x-10 px-5 pb-6 sm:columns-2">
        {(['list', 'act', 'go', 'view'] as const).map((group) => (
          <section key={group} className="break-inside-avoid pt-3">
            <h3 className="mb-1 font-semibold text-ink-muted text-meta">{t(`groups.${group}`)}</h3>
            <dl>
              {commands
                .filter(({ id, group: own, keys }) => own === group && keys.length > 0 && run[id] !== undefined)
                .map(({ id, keys }) => (
                  <div key={id} className="flex min-h-8 items-center gap-3 border-line/60 border-b">
                    <dt className="flex-1">{t(`commands.${id}`)}</dt>
                    <dd className="flex gap-2">
                      {keys.map((key) => (
                        <Kbd key={key} keys={key} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { GitFork } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Bar } from '@/components/parts/bar';
import { Button } from '@/components/ui/button';
import { messageQuery } from '@/lib/client/app/message-query';
import { useValue } from '@/lib/client/app/value';
import type { ComposerStore } from '@/lib/client/compose/composer-store';
import { useOtherVersion } from './use-other-version';
import type { Sending } from './use-sending';
import { useWhen } from './use-when';

interface OtherVersionProps {
  store: ComposerStore;
  sending: Sending;
}

/** Asks what becomes of a draft that was written on elsewhere too. Until it is answered both versions are kept. */
export function OtherVersion({ store, sending }: OtherVersionProps) {
  const { otherId } = useValue(store.save);
  return otherId === null ? null : <Choice store={store} sending={sending} otherId={otherId} />;
}

function Choice({ store, sending, otherId }: OtherVersionProps & { otherId: string }) {
  const t = useTranslations('compose.other');
  const when = useWhen();
  const { accountId } = store.written.get();
  const { data: other } = useQuery({ ...messageQuery(accountId, otherId), retry: false });
  const choices = useOtherVersion(store, sending);
  const [chosen, setChosen] = useState<keyof typeof choices | null>(null);
  const choose = (choice: keyof typeof choices) => {
    setChosen(choice);
    void choices[choice]().finally(() => setChosen(null));
  };
  return (
    <section aria-label={t('text')} className="px-3 pt-2">
      <Bar
        tone="brass"
        icon={<GitFork size={16} aria-hidden="true" />}
        end={
          <span className="-ms-2 flex flex-wrap gap-1 ps-7 max-md:ps-6">
            {(['both', 'theirs', 'mine'] as const).map((choice) => (
              <Button
                key={choice}
                size="small"
                look={choice === 'both' ? 'link' : 'quiet'}
                isBusy={chosen === choice}
                disabled={chosen !== null}
                onClick={() => choose(choice)}
              >
                {t(choice)}
              </Button>
            ))}
          </span>
        }
      >
        <span role="status">
          <span className="font-semibold text-ink">
            {t('title', {
              when: other?.sentAt == null ? 'none' : when(other.sentAt, isToday(other.sentAt) ? 'time' : 'short'),
            })}
          </span>{' '}
          {t('text')}
        </span>
      </Bar>
    </section>
  );
}

const isToday = (at: string) => new Date(at).toDateString() === new Date().toDateString();

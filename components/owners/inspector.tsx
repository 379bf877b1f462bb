'use client';

import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { MoreWords } from '@/components/ui/more-words';
import { useMail } from '@/lib/client/app/context';
import { useAccount } from '@/lib/client/app/hooks';
import { createExchangeStore } from '@/lib/client/inspector/exchange-store';
import { filterRows } from '@/lib/client/inspector/lines';
import words from '@/messages/inspector.en.json';
import type { Runner } from './commands/use-runner';
import { InspectorBar } from './inspector-bar';
import { InspectorLines } from './inspector-lines';

/** What passes between us and the mail server, line by line, below the mail. Its words come with it. */
export function Inspector({ run }: { run: Runner }) {
  return (
    <MoreWords words={words}>
      <Drawer run={run} />
    </MoreWords>
  );
}

function Drawer({ run }: { run: Runner }) {
  const app = useMail();
  const t = useTranslations('inspector');
  const { id, host, protocol } = useAccount();
  const store = useMemo(() => createExchangeStore(id), [id]);
  const snapshot = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot);
  const [filter, setFilter] = useState('');
  const shown = useMemo(() => filterRows(snapshot.rows, filter), [snapshot.rows, filter]);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    section.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const close = () => app.inspector.set(false);
  return (
    <section
      ref={section}
      aria-label={t('title')}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        if (filter === '') close();
        else setFilter('');
      }}
      className="flex flex-col bg-surface outline-none max-md:fixed max-md:inset-0 max-md:z-40 max-md:pt-(--safe-top) max-md:pb-(--safe-bottom) md:h-[38%] md:min-h-56 md:shrink-0 md:border-line md:border-t"
    >
      <InspectorBar
        store={store}
        snapshot={snapshot}
        shown={shown}
        filter={filter}
        onFilter={setFilter}
        onClose={close}
      />
      <InspectorLines
        label={t('lines', { host })}
        rows={shown}
        empty={
          snapshot.rows.length > 0 ? (
            <p className="px-4 py-6 text-center font-sans text-ink-muted text-list">{t('noMatch')}</p>
          ) : (
            <div className="mx-auto max-w-xl space-y-2 px-5 py-6 text-center font-sans text-list">
              <p className="font-semibold text-ink">{t(snapshot.state === 'live' ? 'nothing' : snapshot.state)}</p>
              <p className="text-ink-2">{t(`about.${protocol}`)}</p>
              <p className="text-ink-muted">{t('nothingText')}</p>
              <Button size="small" className="mt-2" onClick={run.refresh}>
                {t('check')}
              </Button>
            </div>
          )
        }
      />
    </section>
  );
}

'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '@/components/ui/classes';
import { Dialog } from '@/components/ui/dialog';
import { MoreWords } from '@/components/ui/more-words';
import { useSession } from '@/lib/client/app/hooks';
import noticeWords from '@/messages/notices.en.json';
import relativeWords from '@/messages/relatives.en.json';
import words from '@/messages/settings.en.json';
import { PictureSettings } from './picture-settings';
import { LookChoices, NoticeRow, ReadingChoices, WritingChoices } from './settings-choices';

const WritingSettings = dynamic(() => import('./people/writing-settings').then((module) => module.WritingSettings), {
  ssr: false,
});
const AccountSettings = dynamic(() => import('./accounts/account-settings').then((module) => module.AccountSettings), {
  ssr: false,
});

const allWords = { ...words, ...noticeWords, ...relativeWords };
const sections = ['look', 'reading', 'notices', 'writing', 'accounts'] as const;
type Section = (typeof sections)[number];

/** How the inbox looks and behaves. Every choice holds at once and is kept on the server. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  return (
    <MoreWords words={allWords}>
      <Settings onClose={onClose} />
    </MoreWords>
  );
}

function Settings({ onClose }: { onClose: () => void }) {
  const t = useTranslations('choices');
  const { productVersion, accounts } = useSession();
  const box = useRef<HTMLDivElement>(null);
  return (
    <Dialog isOpen onClose={onClose} title={t('title')} className="max-w-[min(46rem,calc(100vw-2rem))]">
      <div className="flex shrink-0 items-start">
        <Contents box={box} />
        <div ref={box} className="min-w-0 flex-1 space-y-8 px-5 pt-2 pb-6">
          <Part name="look">
            <LookChoices />
          </Part>
          <Part name="reading">
            <ReadingChoices />
            <PictureSettings />
          </Part>
          <Part name="notices">
            <NoticeRow />
          </Part>
          <Part name="writing">
            {accounts.some(({ sending }) => sending !== null) && <WritingChoices />}
            <WritingSettings />
          </Part>
          <Part name="accounts">
            <AccountSettings />
          </Part>
          <p className="text-ink-muted text-meta">{t('about', { version: productVersion })}</p>
        </div>
      </div>
    </Dialog>
  );
}

function Part({ name, children }: { name: Section; children: ReactNode }) {
  const t = useTranslations('choices');
  // Their list has the title.
  const isTitled = name === 'accounts';
  return (
    <section
      data-part={name}
      aria-label={isTitled ? undefined : t(`sections.${name}`)}
      className="scroll-mt-14 space-y-4"
    >
      {!isTitled && (
        <h3 className="border-line border-b pb-1.5 font-semibold text-ink-muted text-meta">{t(`sections.${name}`)}</h3>
      )}
      {children}
    </section>
  );
}

/** The sections beside them, where there is room; which one is in sight is marked. */
function Contents({ box }: { box: RefObject<HTMLDivElement | null> }) {
  const t = useTranslations('choices');
  const [seen, setSeen] = useState<Section>('look');
  /** What was pressed is marked until somebody scrolls: the last ones are too short to come to the top. */
  const isPressed = useRef(false);
  const partOf = useCallback((name: Section) => box.current?.querySelector(`[data-part="${name}"]`), [box]);
  useEffect(() => {
    const scroller = box.current?.closest('.overflow-y-auto');
    if (scroller == null) return;
    const look = () => {
      if (isPressed.current) return;
      const top = scroller.getBoundingClientRect().top + 120;
      const passed = sections.filter((name) => (partOf(name)?.getBoundingClientRect().top ?? top + 1) <= top);
      setSeen(passed.at(-1) ?? 'look');
    };
    const free = () => {
      isPressed.current = false;
    };
    const stop = new AbortController();
    scroller.addEventListener('scroll', look, { passive: true, signal: stop.signal });
    for (const type of ['wheel', 'touchmove', 'keydown'])
      scroller.addEventListener(type, free, { passive: true, signal: stop.signal });
    return () => stop.abort();
  }, [box, partOf]);
  const go = (name: Section) => {
    isPressed.current = true;
    setSeen(name);
    partOf(name)?.scrollIntoView({ block: 'start' });
  };
  return (
    <nav aria-label={t('sections.label')} className="sticky top-11 w-36 shrink-0 ps-3 pt-2 max-md:hidden">
      <ul className="space-y-0.5">
        {sections.map((name) => (
          <li key={name}>
            <button
              type="button"
              aria-current={seen === name || undefined}
              onClick={() => go(name)}
              className={classes(
                'w-full rounded-inner px-2.5 py-1.5 text-start text-list',
                seen === name ? 'bg-wash font-semibold text-accent' : 'text-ink-2 hover:bg-hover',
              )}
            >
              {t(`sections.${name}`)}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

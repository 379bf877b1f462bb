'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Segmented } from '@/components/ui/segmented';
import { useSettings } from '@/lib/client/app/hooks';
import { useChangeSettings } from './change-settings';
import { MailLinks } from './mail-links';
import { NoticeChoice } from './notices/notice-choice';

const delays: (number | null)[] = [0, 2_000, 5_000, null];
const undoTimes = [5, 10, 20, 30] as const;

export function LookChoices() {
  const t = useTranslations('choices');
  const common = useTranslations('common');
  const { theme, density, readingPane } = useSettings();
  const change = useChangeSettings();
  return (
    <>
      <Row label={t('theme')}>
        <Segmented
          label={t('theme')}
          value={theme}
          options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: common(`theme.${value}`) }))}
          onChange={(next) => change({ theme: next })}
        />
      </Row>
      <Row label={t('density')}>
        <Segmented
          label={t('density')}
          value={density}
          options={(['comfortable', 'compact'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={(next) => change({ density: next })}
        />
      </Row>
      <Row label={t('readingPane')}>
        <Segmented
          label={t('readingPane')}
          value={readingPane}
          options={(['right', 'below', 'off'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={(next) => change({ readingPane: next })}
        />
      </Row>
    </>
  );
}

export function ReadingChoices() {
  const t = useTranslations('choices');
  const relatives = useTranslations('relatives');
  const { markReadDelayMs, preferredBody, mailInDark, collapsesThreads, spansMailboxes } = useSettings();
  const change = useChangeSettings();
  const delayName = (delay: number | null) =>
    delay === null ? t('never') : delay === 0 ? t('atOnce') : t('after', { seconds: delay / 1_000 });
  const offered = delays.includes(markReadDelayMs) ? delays : [markReadDelayMs, ...delays];
  return (
    <>
      <Row label={t('markRead')}>
        <Segmented
          label={t('markRead')}
          value={String(markReadDelayMs)}
          options={offered.map((delay) => ({ value: String(delay), label: delayName(delay) }))}
          onChange={(text) => change({ markReadDelayMs: text === 'null' ? null : Number(text) })}
        />
      </Row>
      <Row label={t('body')}>
        <Segmented
          label={t('body')}
          value={preferredBody}
          options={(['html', 'plain'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={(next) => change({ preferredBody: next })}
        />
      </Row>
      <Row label={t('mailInDark')}>
        <Segmented
          label={t('mailInDark')}
          value={mailInDark}
          options={(['paper', 'darkened'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={(next) => change({ mailInDark: next })}
        />
      </Row>
      <OnOff
        label={t('conversations')}
        isOn={collapsesThreads}
        onChange={(isOn) => change({ collapsesThreads: isOn })}
      />
      <OnOff label={relatives('setting')} isOn={spansMailboxes} onChange={(isOn) => change({ spansMailboxes: isOn })} />
    </>
  );
}

export function WritingChoices() {
  const t = useTranslations('choices');
  const { undoSeconds } = useSettings();
  const change = useChangeSettings();
  return (
    <>
      <Row label={t('undoSeconds')}>
        <Segmented
          label={t('undoSeconds')}
          value={String(undoSeconds)}
          options={undoTimes.map((seconds) => ({ value: String(seconds), label: t('seconds', { seconds }) }))}
          onChange={(seconds) => change({ undoSeconds: Number(seconds) })}
        />
      </Row>
      <Row label={t('mailLinks')}>
        <MailLinks />
      </Row>
    </>
  );
}

/** Of this device alone: another one may be in another's sight. */
export function NoticeRow() {
  const t = useTranslations('notices');
  return (
    <Row label={t('title')}>
      <NoticeChoice />
    </Row>
  );
}

function OnOff({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  const t = useTranslations('choices');
  return (
    <Row label={label}>
      <Segmented
        label={label}
        value={isOn ? 'on' : 'off'}
        options={(['on', 'off'] as const).map((value) => ({ value, label: t(value) }))}
        onChange={(value) => onChange(value === 'on')}
      />
    </Row>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
      <span aria-hidden="true" className="font-medium">
        {label}
      </span>
      {children}
    </div>
  );
}

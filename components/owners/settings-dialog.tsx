'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog } from '@/components/ui/dialog';
import { MoreWords } from '@/components/ui/more-words';
import { Segmented } from '@/components/ui/segmented';
import { useSession } from '@/lib/client/app/hooks';
import noticeWords from '@/messages/notices.en.json';
import relativeWords from '@/messages/relatives.en.json';
import { useChangeSettings } from './change-settings';
import { MailLinks } from './mail-links';
import { NoticeChoice } from './notices/notice-choice';
import { PictureSettings } from './picture-settings';

const undoTimes = [5, 10, 20, 30] as const;
const WritingSettings = dynamic(() => import('./people/writing-settings').then((module) => module.WritingSettings), {
  ssr: false,
});

const AccountSettings = dynamic(() => import('./accounts/account-settings').then((module) => module.AccountSettings), {
  ssr: false,
});

const delays = [0, 2_000, 5_000, null] as const;

/** How the inbox looks and behaves. Every choice holds at once and is kept on the server. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('settings');
  const common = useTranslations('common');
  const { settings, productVersion, accounts } = useSession();
  const change = useChangeSettings();
  const delayName = (delay: number | null) =>
    delay === null ? t('never') : delay === 0 ? t('atOnce') : t('after', { seconds: delay / 1_000 });
  const known: (number | null)[] = [...delays];
  const offered = known.includes(settings.markReadDelayMs) ? known : [settings.markReadDelayMs, ...known];
  return (
    <Dialog isOpen onClose={onClose} title={t('title')} className="max-w-[min(34rem,calc(100vw-2rem))]">
      <div className="space-y-5 px-5 pt-2 pb-6">
        <Row label={t('theme')}>
          <Segmented
            label={t('theme')}
            value={settings.theme}
            options={(['system', 'light', 'dark'] as const).map((value) => ({
              value,
              label: common(`theme.${value}`),
            }))}
            onChange={(theme) => change({ theme })}
          />
        </Row>
        <Row label={t('density')}>
          <Segmented
            label={t('density')}
            value={settings.density}
            options={(['comfortable', 'compact'] as const).map((value) => ({ value, label: t(value) }))}
            onChange={(density) => change({ density })}
          />
        </Row>
        <Row label={t('readingPane')}>
          <Segmented
            label={t('readingPane')}
            value={settings.readingPane}
            options={(['right', 'below', 'off'] as const).map((value) => ({ value, label: t(value) }))}
            onChange={(readingPane) => change({ readingPane })}
          />
        </Row>
        <Row label={t('markRead')}>
          <Segmented
            label={t('markRead')}
            value={String(settings.markReadDelayMs)}
            options={offered.map((delay) => ({ value: String(delay), label: delayName(delay) }))}
            onChange={(text) => change({ markReadDelayMs: text === 'null' ? null : Number(text) })}
          />
        </Row>
        <Row label={t('body')}>
          <Segmented
            label={t('body')}
            value={settings.preferredBody}
            options={(['html', 'plain'] as const).map((value) => ({ value, label: t(value) }))}
            onChange={(preferredBody) => change({ preferredBody })}
          />
        </Row>
        <Row label={t('mailInDark')}>
          <Segmented
            label={t('mailInDark')}
            value={settings.mailInDark}
            options={(['paper', 'darkened'] as const).map((value) => ({ value, label: t(value) }))}
            onChange={(mailInDark) => change({ mailInDark })}
          />
        </Row>
        <Row label={t('conversations')}>
          <Segmented
            label={t('conversations')}
            value={settings.collapsesThreads ? 'on' : 'off'}
            options={(['on', 'off'] as const).map((value) => ({ value, label: t(value) }))}
            onChange={(value) => change({ collapsesThreads: value === 'on' })}
          />
        </Row>
        <Spanning />
        <Notices />
        {accounts.some(({ sending }) => sending !== null) && (
          <>
            <Row label={t('undoSeconds')}>
              <Segmented
                label={t('undoSeconds')}
                value={String(settings.undoSeconds)}
                options={undoTimes.map((seconds) => ({ value: String(seconds), label: t('seconds', { seconds }) }))}
                onChange={(seconds) => change({ undoSeconds: Number(seconds) })}
              />
            </Row>
            <Row label={t('mailLinks')}>
              <MailLinks />
            </Row>
          </>
        )}
        <AccountSettings />
        <WritingSettings />
        <PictureSettings />
        <p className="text-ink-muted text-meta">{t('about', { version: productVersion })}</p>
      </div>
    </Dialog>
  );
}

function Spanning() {
  return (
    <MoreWords words={relativeWords}>
      <SpanningRow />
    </MoreWords>
  );
}

function SpanningRow() {
  const t = useTranslations('relatives');
  const settings = useTranslations('settings');
  const { spansMailboxes } = useSession().settings;
  const change = useChangeSettings();
  return (
    <Row label={t('setting')}>
      <Segmented
        label={t('setting')}
        value={spansMailboxes ? 'on' : 'off'}
        options={(['on', 'off'] as const).map((value) => ({ value, label: settings(value) }))}
        onChange={(value) => change({ spansMailboxes: value === 'on' })}
      />
    </Row>
  );
}

/** Of this device alone: another one may be in another's sight. */
function Notices() {
  return (
    <MoreWords words={noticeWords}>
      <NoticeRow />
    </MoreWords>
  );
}

function NoticeRow() {
  const t = useTranslations('notices');
  return (
    <Row label={t('title')}>
      <NoticeChoice />
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

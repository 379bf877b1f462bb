'use client';

import dynamic from 'next/dynamic';
import { useEffect, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '@/components/ui/classes';
import { Drawer } from '@/components/ui/dialog';
import { applyTheme } from '@/components/ui/theme';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useMailLocation, useSettings } from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import { useCommands } from './commands/use-commands';
import { useRunner } from './commands/use-runner';
import { ListPane } from './list-pane';
import { loadListParts } from './list-parts';
import { useLive } from './live';
import { usePageTitle } from './page-title';
import { useQuietMoment } from './quiet-moment';
import { ReaderPane } from './reader-pane';
import { Sidebar } from './sidebar';
import { useStartPlace } from './start-place';
import { useTabIcon } from './tab-icon';
import { useMailto } from './use-mailto';

const loadOverlays = () => import('./overlays');
const loadComposers = () => import('./compose/composers');
const ActionReports = dynamic(() => import('./action-reports').then((module) => module.ActionReports), { ssr: false });
const Composers = dynamic(() => loadComposers().then((module) => module.Composers), { ssr: false });
const Notices = dynamic(() => import('./notices/notices').then((module) => module.Notices), { ssr: false });
const Inspector = dynamic(() => import('./inspector').then((module) => module.Inspector), { ssr: false });
const Overlays = dynamic(() => loadOverlays().then((module) => module.Overlays), { ssr: false });

/** The frame: sidebar, list and reader, by the width of the window and the place in the URL. */
export function Shell() {
  const app = useMail();
  const t = useTranslations('sidebar');
  const { readingPane, theme } = useSettings();
  const { messageId } = useMailLocation();
  const isRail = useValue(app.device.isRail);
  const isDrawerOpen = useValue(app.drawer);
  const overlay = useValue(app.overlay);
  const isInspecting = useValue(app.inspector);
  const wantsNotices = useValue(app.device.notices) !== 'off';
  const commands = useCommands();
  const run = useRunner(commands);
  const account = useAccount();
  useMailto();
  useStartPlace();
  useLive();
  const title = usePageTitle();
  useTabIcon();
  useEffect(() => {
    for (const value of Object.values(app.device)) value.restore();
  }, [app]);
  useEffect(() => {
    applyTheme(theme);
  }, [theme]);
  const isQuiet = useQuietMoment(false);
  useEffect(() => {
    if (isQuiet) void Promise.allSettled([loadOverlays(), loadListParts()]);
  }, [isQuiet]);
  const hasReport = useValue(
    useMemo(() => ({ get: () => app.report.get() !== null, subscribe: app.report.subscribe }), [app]),
  );
  const isWriting = useValue(app.composers).length > 0;
  const isReading = messageId !== null;
  return (
    <div
      // The page waits for it before it paints.
      id="mail"
      data-reading-pane={readingPane}
      className="fixed inset-0 flex bg-panel ps-(--safe-left) pe-(--safe-right) pt-(--safe-top)"
    >
      <title>{title}</title>
      <nav
        aria-label={t('folders')}
        className={classes('hidden shrink-0 flex-col min-[75rem]:flex', isRail ? 'w-14' : 'w-60')}
      >
        <Sidebar commands={commands} run={run} isRail={isRail} />
      </nav>
      <Drawer isOpen={isDrawerOpen} onClose={() => app.drawer.set(false)} title={t('folders')}>
        <Sidebar commands={commands} run={run} isRail={false} />
      </Drawer>
      <div className="flex min-w-0 flex-1 flex-col bg-surface">
        <div className={classes('flex min-h-0 flex-1', readingPane === 'below' && 'md:flex-col')}>
          <ListPane commands={commands} run={run} pane={readingPane} isReading={isReading} />
          <ReaderPane commands={commands} run={run} pane={readingPane} isReading={isReading} />
        </div>
        {isInspecting && <Inspector run={run} />}
      </div>
      {account.sending !== null && (isWriting || isQuiet) && <Composers commands={commands} />}
      {(isQuiet || hasReport) && <ActionReports />}
      {isQuiet && wantsNotices && <Notices />}
      {overlay !== null && <Overlays overlay={overlay} run={run} />}
    </div>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { type CSSProperties, useEffect, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '@/components/ui/classes';
import { Notice } from '@/components/ui/notice';
import { ApiError, asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import {
  openAt,
  useAccount,
  useCurrentList,
  useIsUnited,
  useMailLocation,
  useSession,
  useSettings,
  useSnapshot,
} from '@/lib/client/app/hooks';
import { messageQuery } from '@/lib/client/app/message-query';
import { useValue } from '@/lib/client/app/value';
import { messageOf } from '@/lib/client/list/thread-row';
import { type Reading, ReadingContext } from '@/lib/client/reader/reading';
import { ownRow } from '@/lib/client/united/united-id';
import { useAccountOf } from './account-of';
import { step } from './commands/advance';
import type { MessageCommands } from './commands/use-commands';
import type { Runner } from './commands/use-runner';
import { useConversation } from './conversation';
import { useMarkOnOpen } from './mark-on-open';
import { useMessageLabels } from './message-labels';
import { usePrefetch } from './prefetch';
import { useQuietMoment } from './quiet-moment';
import { useReaderTools } from './reader-actions';

/** Not part of the first inbox: it comes in the first quiet moment, or with the first message. */
const Reader = dynamic(() => import('./reader').then((module) => module.Reader), {
  ssr: false,
  loading: () => <BeforeReader />,
});

interface ReaderPaneProps {
  commands: MessageCommands;
  run: Runner;
  pane: 'right' | 'below' | 'off';
  isReading: boolean;
}

/** The open message: fetched, marked read after the chosen delay, with its neighbours made ready. */
export function ReaderPane({ commands, run, pane, isReading }: ReaderPaneProps) {
  const app = useMail();
  const account = useAccount();
  const { accounts } = useSession();
  const { preferredBody, mailInDark } = useSettings();
  const location = useMailLocation();
  const { accountId, messageId } = openAt(location);
  // An address may name an account that is not theirs: its message is nobody's here, whatever its id.
  const isForeign = accountId !== null && accountId !== account.id;
  const isUnited = useIsUnited();
  const accountOf = useAccountOf();
  const snapshot = useSnapshot(useCurrentList()?.store);
  const shown = snapshot?.shown;
  const index = location.messageId === null || shown === undefined ? -1 : shown.indexOf(location.messageId);
  const row = shown?.at(index);
  const summary = useMemo(() => (isUnited && row !== undefined ? ownRow(row) : row), [isUnited, row]);
  const { data, error, refetch } = useQuery({
    ...messageQuery(account.id, messageId ?? ''),
    enabled: messageId !== null && !isForeign,
  });
  const message = messageId === null || isForeign ? undefined : data;
  const flags = messageId !== null && summary !== undefined ? messageOf(summary, messageId) : message;
  const { tools, more } = useReaderTools(commands, run, messageId, summary ?? message);
  const conversation = useConversation(commands, message);
  const labels = useMessageLabels(commands, flags);
  const isNeeded = useQuietMoment(messageId !== null);
  useMarkOnOpen(commands, message, flags);
  usePrefetch(account.id, shown, index);
  const chosen = useValue(app.chosenBody);
  const textSize = useValue(app.device.textSize);
  const reading = useMemo<Reading>(() => ({ textSize, isDarkened: mailInDark === 'darkened' }), [textSize, mailInDark]);
  const total = shown?.count ?? 0;
  const problem = messageId === null ? undefined : problemOf(error, isForeign);
  useEffect(() => {
    if (problem?.isSignedOut === true) void app.queries.invalidateQueries({ queryKey: ['session'] });
  }, [app, problem]);
  return (
    <section
      data-reader=""
      style={{ '--read-zoom': textSize / 100 } as CSSProperties}
      className={classes(
        'min-h-0 min-w-0 flex-1 flex-col bg-surface',
        pane === 'off' || !isReading ? (isReading ? 'flex' : pane === 'off' ? 'hidden' : 'hidden md:flex') : 'flex',
      )}
    >
      {isNeeded && (
        <ReadingContext value={reading}>
          <Reader
            accountId={account.id}
            messageId={messageId}
            account={location.messageId === null ? null : accountOf(location.messageId)}
            summary={summary?.id === messageId ? { ...summary, ...flags } : undefined}
            message={message}
            conversation={conversation}
            labels={labels}
            problem={problem === undefined ? undefined : { code: problem.code, serverText: problem.serverText }}
            onRetry={() => void refetch()}
            ownEmails={accounts.map(({ username }) => username)}
            bodyKind={chosen?.messageId === messageId ? chosen.kind : preferredBody}
            onBodyKind={(kind) => messageId !== null && app.chosenBody.set({ messageId, kind })}
            tools={tools}
            moreItems={more}
            position={index === -1 ? undefined : { index, total }}
            onNewer={index > 0 ? () => step(app, -1) : undefined}
            onOlder={index !== -1 && index < total - 1 ? () => step(app, 1) : undefined}
            onClose={() => run.back?.()}
            isAlone={pane === 'off'}
            empty={<NothingOpen />}
          />
        </ReadingContext>
      )}
      {!isNeeded && <BeforeReader />}
    </section>
  );
}

const problemOf = (error: Error | null, isForeign: boolean): ApiError | undefined =>
  isForeign ? new ApiError({ code: 'notFound', status: 404 }) : error === null ? undefined : asApiError(error);

/** In place of the reader while its code is on its way. */
function BeforeReader() {
  return useMailLocation().messageId === null ? <NothingOpen /> : null;
}

function NothingOpen() {
  const t = useTranslations('list');
  const { ids, isAll } = useValue(useMail().selection);
  const total = useSnapshot(useCurrentList()?.store)?.shown.count ?? 0;
  const count = isAll ? total : ids.size;
  return (
    <div className="grid h-full place-items-center pb-[12vh]">
      {count > 0 ? (
        <Notice title={t(isAll ? 'allSelected' : 'selected', { count })} text={t('selectedText')} />
      ) : (
        <Notice title={t('nothingOpen')} text={t('nothingOpenText')} />
      )}
    </div>
  );
}

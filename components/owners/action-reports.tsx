'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { type Toast, toast } from '@/components/ui/toast';
import type { ActionReport } from '@/lib/client/actions/environment';
import type { Names } from '@/lib/client/actions/returning';
import { useMail } from '@/lib/client/app/context';
import { openAt } from '@/lib/client/app/hooks';
import type { MailApp } from '@/lib/client/app/mail-app';
import { rowIdAt } from './commands/subject';
import type { Words } from './commands/words';
import { followKeptDeeds } from './kept-deeds';
import { doneKey, offerUndo } from './offer-undo';
import { sayMark } from './say-mark';
import { sentenceOf } from './sentence-of';

type Running = Extract<ActionReport, { type: 'progress' }>;

/** Tells what the actions report: toasts with Undo, refusals in a sentence, a bar for long work. */
export function ActionReports() {
  const app = useMail();
  const words = useTranslations('actions');
  const [running, setRunning] = useState<Running | null>(null);
  useEffect(() => {
    const hear = () => {
      const report = app.report.get();
      if (report === null) return;
      if (report.type === 'progress') setRunning(report);
      else if (report.type === 'progressEnded') setRunning(null);
      else tell(app, words, report);
    };
    // It may be what this was loaded for.
    hear();
    return app.report.subscribe(hear);
  }, [app, words]);
  useEffect(() => followKeptDeeds(app, words), [app, words]);
  if (running === null) return null;
  return <Bar running={running} words={words} />;
}

function Bar({ running, words }: { running: Running; words: Words }) {
  const { done, total, cancel } = running;
  const [isStopping, setStopping] = useState(false);
  return (
    <div className="fixed end-6 bottom-6 z-50 w-80 rounded-box border border-line bg-raised p-4 shadow-float max-md:inset-x-3 max-md:bottom-24 max-md:w-auto">
      <div className="mb-2 flex items-center gap-3">
        <p className="flex-1 tabular-nums">{words('progress', { done, total })}</p>
        <Button
          size="small"
          disabled={isStopping}
          onClick={() => {
            setStopping(true);
            cancel();
          }}
        >
          {words('cancel')}
        </Button>
      </div>
      <Progress label={words('progressLabel')} value={done} max={total} />
    </div>
  );
}

function tell(app: MailApp, words: Words, report: Exclude<ActionReport, Running>): void {
  switch (report.type) {
    case 'moved':
      offerUndo(app, words, words('moved', { count: report.count, folder: report.mailbox.name }), report.undo);
      return;
    case 'keywords':
      offerUndo(app, words, sayMark(words, report.mark, report.count), report.undo);
      return;
    case 'copied':
      toast({ text: words('copied', { count: report.count, folder: report.mailbox.name }) });
      return;
    case 'destroyed':
      tellDestroyed(app, words, report);
      return;
    case 'removedMailbox':
      offerUndo(app, words, words('removedMailbox', { name: report.name }), report.undo);
      return;
    case 'undone':
      if (report.returned !== undefined) keepOpen(app, report.returned);
      return;
    case 'severalAccounts':
      toast({ text: words('severalAccounts'), detail: words('severalAccountsAdvice'), key: 'several' });
      return;
    case 'notUndone':
      toast({ tone: 'problem', text: words('notUndone'), detail: words('notUndoneAdvice') });
      return;
    case 'refused':
      refuse(app, words, report);
  }
}

/** What is open has come back under another id. */
function keepOpen(app: MailApp, { accountId, names }: { accountId: string; names: Names }): void {
  const location = app.navigation.get();
  const open = openAt(location);
  const now = open.accountId === accountId && open.messageId !== null ? names.get(open.messageId) : undefined;
  if (now !== undefined) app.navigation.go({ messageId: rowIdAt(location, now) }, { isReplacing: true });
}

/** Without Undo it is only said: what an earlier Undo takes back can still be taken back. */
function tellDestroyed(app: MailApp, words: Words, report: Extract<ActionReport, { type: 'destroyed' }>): void {
  const { count, pending } = report;
  const text = pending > 0 ? words('destroyedPending', { count, pending }) : words('destroyed', { count });
  if (report.undo === null) toast({ text });
  else offerUndo(app, words, text, report.undo);
}

function refuse(app: MailApp, words: Words, report: Extract<ActionReport, { type: 'refused' }>): void {
  const { count, total, error } = report;
  const isPartly = count < total;
  // It takes the place of the sentence that said it was done.
  const say = (message: Toast) => {
    if (report.undo === null) toast({ ...message, key: doneKey });
    else offerUndo(app, words, message, isPartly ? report.undo : null);
  };
  if (error.code === 'cancelled') {
    say({ text: words('stopped', { done: total - count, total }), durationMs: 12_000 });
    return;
  }
  const { title, advice } =
    report.isLabel === true && error.code === 'unsupported'
      ? { title: words('keepsNoLabels'), advice: words('keepsNoLabelsAdvice') }
      : sentenceOf(words, error.code);
  const quote = error.serverText === undefined ? undefined : words('serverSays', { text: error.serverText });
  const detail = quote ?? (isPartly ? undefined : advice);
  say({
    tone: 'problem',
    text: isPartly ? words('partly', { count, total, title }) : title,
    durationMs: 12_000,
    ...(detail === undefined ? {} : { detail }),
  });
}

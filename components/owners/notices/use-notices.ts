'use client';

import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { toast } from '@/components/ui/toast';
import { markMessages } from '@/lib/client/actions/keywords';
import { moveMessages } from '@/lib/client/actions/move';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { useSession } from '@/lib/client/app/hooks';
import type { MailApp } from '@/lib/client/app/mail-app';
import { useValue } from '@/lib/client/app/value';
import { emptyLocation } from '@/lib/client/location';
import { createNewMail } from '@/lib/client/notices/new-mail';
import { type NoticeWords, noticesOf } from '@/lib/client/notices/notice';
import { hearPresses, type NoticePress, noticeWorker } from '@/lib/client/notices/worker';
import { queryKeys } from '@/lib/client/query-keys';
import type { Mailbox } from '@/lib/mail/model';

/** Shows a notice for each message that comes into an Inbox while nobody looks; of several tabs one does. */
export function useNotices(): void {
  const app = useMail();
  const t = useTranslations('notices');
  const { accounts } = useSession();
  const isSilent = useValue(app.device.notices) !== 'sound';
  const ids = accounts.map(({ id }) => id).join(' ');
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const failed = (thrown: unknown) => {
      if (signal.aborted) return;
      // What cannot be asked now is asked with the next mail; without a connection there is nothing to tell either.
      if (asApiError(thrown).code === 'internal') toast({ tone: 'problem', text: t('failed') });
    };
    const words = {
      archive: t('archive'),
      read: t('read'),
      noSubject: t('noSubject'),
      many: (count: number) => t('many', { count }),
    };
    const lead = () => tellNewMail(app, { accountIds: ids.split(' '), isSilent, words, signal, failed });
    navigator.locks.request('posthorn notices', { signal }, lead).catch(failed);
    const deaf = hearPresses((press) => void answer(app, press).catch(failed));
    return () => {
      stop.abort();
      deaf();
    };
  }, [app, t, ids, isSilent]);
}

interface Telling {
  accountIds: string[];
  isSilent: boolean;
  words: NoticeWords;
  signal: AbortSignal;
  failed: (thrown: unknown) => void;
}

/** Tells what comes into these Inboxes from now on, also while the tab is hidden, until `signal` aborts. */
async function tellNewMail(app: MailApp, { accountIds, isSilent, words, signal, failed }: Telling): Promise<void> {
  const newMail = createNewMail();
  const begin = async () => {
    for (const accountId of accountIds) {
      const inbox = (await mailboxesOf(app, accountId)).find(({ role }) => role === 'inbox');
      if (inbox !== undefined && !signal.aborted) await newMail.begin(accountId, inbox.id);
    }
    await noticeWorker();
  };
  const tell = async (place: { accountId: string; mailboxId: string }) => {
    const came = await newMail.since(place.accountId, place.mailboxId);
    const { active } = await noticeWorker();
    for (const notice of noticesOf(came, { ...place, isSilent }, words)) active?.postMessage(notice);
  };
  app.listensHidden.set(true);
  begin().catch(failed);
  const forget = app.arrival.subscribe(() => {
    const arrival = app.arrival.get();
    if (arrival !== null) tell(arrival).catch(failed);
  });
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve());
  });
  forget();
  app.listensHidden.set(false);
}

const mailboxesOf = (app: MailApp, accountId: string): Promise<Mailbox[]> =>
  app.queries.fetchQuery({
    queryKey: queryKeys.mailboxes(accountId),
    queryFn: async ({ signal }) => (await call('listMailboxes', { params: { accountId }, signal })).mailboxes,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Does what was pressed on a notice; without an archive the message is shown instead. */
async function answer(app: MailApp, { action, accountId, mailboxId, messageId }: NoticePress): Promise<void> {
  const env = app.actionsOf(accountId);
  const subject = { ids: [messageId], rows: new Map(), mailboxId };
  if (action === 'read') return await markMessages(env, subject, 'read');
  const archive =
    action === 'archive' ? (await mailboxesOf(app, accountId)).find(({ role }) => role === 'archive') : undefined;
  if (archive !== undefined) return await moveMessages(env, subject, archive);
  app.navigation.go({ ...emptyLocation, accountId, mailboxId, messageId });
}

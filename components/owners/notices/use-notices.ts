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
import { emptyLocation, formatLocation } from '@/lib/client/location';
import { createNewMail } from '@/lib/client/notices/new-mail';
import { hearPresses, type NoticePress, noticeWorker } from '@/lib/client/notices/worker';
import { queryKeys } from '@/lib/client/query-keys';
import type { Mailbox, MessageSummary } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';

/** Beyond so many at once, one notice says how many. */
const mostAtOnce = 3;

/** Shows a notice for each message that comes into an Inbox while nobody looks; of several tabs one does. */
export function useNotices(): void {
  const app = useMail();
  const t = useTranslations('notices');
  const { accounts } = useSession();
  const hasSound = useValue(app.device.notices) === 'sound';
  const ids = accounts.map(({ id }) => id).join(' ');
  useEffect(() => {
    const stop = new AbortController();
    const newMail = createNewMail();
    const options = (label: { archive: string; read: string }, press: Omit<NoticePress, 'action'>) => ({
      icon: '/icon-192.png',
      tag: `${press.accountId} ${press.messageId}`,
      silent: !hasSound,
      data: press,
      actions: [
        { action: 'archive', title: label.archive },
        { action: 'read', title: label.read },
      ],
    });
    const tell = async (accountId: string, mailboxId: string) => {
      const came = await newMail.since(accountId, mailboxId);
      const { active } = await noticeWorker();
      const labels = { archive: t('archive'), read: t('read') };
      const show = (title: string, body: string, { id }: MessageSummary) => {
        const href = formatLocation({ ...emptyLocation, accountId, mailboxId, messageId: id });
        const press = { accountId, mailboxId, messageId: id, href };
        active?.postMessage({ title, options: { ...options(labels, press), body } });
      };
      const [first] = came;
      if (first !== undefined && came.length > mostAtOnce) {
        show(t('many', { count: came.length }), came.map(senderOf).join(', '), first);
        return;
      }
      for (const message of came) show(senderOf(message), displayText(message.subject) || t('noSubject'), message);
    };
    const begin = async () => {
      for (const accountId of ids.split(' ')) {
        const inbox = (await mailboxesOf(app, accountId)).find(({ role }) => role === 'inbox');
        if (inbox !== undefined && !stop.signal.aborted) await newMail.begin(accountId, inbox.id);
      }
      await noticeWorker();
    };
    const failed = (thrown: unknown) => {
      const { code } = asApiError(thrown);
      // What cannot be asked now is asked with the next mail; without a connection there is nothing to tell either.
      if (code === 'internal') toast({ tone: 'problem', text: t('failed') });
    };
    const lead = () =>
      new Promise<void>((resolve) => {
        stop.signal.addEventListener('abort', () => resolve());
        app.listensHidden.set(true);
        void begin().catch(failed);
        const forget = app.arrival.subscribe(() => {
          const arrival = app.arrival.get();
          if (arrival !== null) void tell(arrival.accountId, arrival.mailboxId).catch(failed);
        });
        stop.signal.addEventListener('abort', forget);
      });
    void navigator.locks.request('posthorn notices', { signal: stop.signal }, lead).catch((error: unknown) => {
      if (!stop.signal.aborted) failed(error);
    });
    const deaf = hearPresses((press) => void answer(app, press).catch(failed));
    return () => {
      stop.abort();
      deaf();
      app.listensHidden.set(false);
    };
  }, [app, t, ids, hasSound]);
}

const senderOf = ({ from }: MessageSummary): string => {
  const [sender] = from;
  return sender === undefined ? '' : displayText(sender.name || sender.email);
};

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

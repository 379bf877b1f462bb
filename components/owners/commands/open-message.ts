import type { useTranslations } from 'use-intl';
import { openAt } from '@/lib/client/app/hooks';
import type { MailApp } from '@/lib/client/app/mail-app';
import { queryKeys } from '@/lib/client/query-keys';
import type { Session } from '@/lib/contract/operations';
import type { Message } from '@/lib/mail/model';
import type { Runner } from './use-runner';

type Words = ReturnType<typeof useTranslations<'reader'>>;

/** What can be done with the open message as a whole, besides filing it. */
export function openCommands(app: MailApp, accountId: string, t: Words): Runner {
  const opened = () => {
    const { messageId } = openAt(app.navigation.get());
    return app.queries.getQueryData<Message>(queryKeys.message(accountId, messageId ?? ''));
  };
  return {
    print: () => {
      const message = opened();
      if (message !== undefined) void printShown(app, accountId, message, t);
    },
    original: () => {
      const message = opened();
      if (message !== undefined) {
        app.overlay.set({ type: 'original', messageId: message.id, subject: message.subject });
      }
    },
  };
}

async function printShown(app: MailApp, accountId: string, message: Message, t: Words): Promise<void> {
  const chosen = app.chosenBody.get();
  const preferred = app.queries.getQueryData<Session>(queryKeys.session)?.settings.preferredBody ?? 'html';
  const { printOpen } = await import('../print-open');
  const kind = chosen?.messageId === message.id ? chosen.kind : preferred;
  const pictures = app.shownPictures.get();
  await printOpen(
    accountId,
    message,
    { kind, hrefs: pictures?.messageId === message.id ? pictures.hrefs : new Map() },
    t,
  );
}

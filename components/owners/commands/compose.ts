import type { MailApp } from '@/lib/client/app/mail-app';
import { messageQuery } from '@/lib/client/app/message-query';
import { type ComposeStart, openComposer } from '@/lib/client/compose/panels';
import { ownOf } from '@/lib/client/united/united-id';
import type { Account } from '@/lib/contract/operations';
import type { Message } from '@/lib/mail/model';
import { currentIds } from './subject';
import type { Runner } from './use-runner';

type Answering = 'reply' | 'replyAll' | 'replyList' | 'forward' | 'editAsNew' | 'draft';

/** Opens a composer about a message. What cannot be fetched is told where it is shown. */
export async function composeAbout(app: MailApp, shownId: string, kind: Answering, messageId: string): Promise<void> {
  const { accountId, id } = ownOf(messageId, shownId);
  const message: Message = await app.queries.fetchQuery(messageQuery(accountId, id));
  openComposer(app, { kind, accountId, message });
  // Each version of a draft takes the place of the one before: the reader would hold one that is gone.
  if (kind === 'draft') app.navigation.go({ messageId: null });
}

/** The same with the messages as files, which are of one account. */
export async function forwardAttached(app: MailApp, shownId: string, ids: readonly string[]): Promise<void> {
  const own = ids.map((id) => ownOf(id, shownId));
  const accountId = own[0]?.accountId ?? shownId;
  if (own.some((one) => one.accountId !== accountId)) {
    app.report.set({ type: 'severalAccounts' });
    return;
  }
  const messages = await Promise.all(own.map(({ id }) => app.queries.fetchQuery(messageQuery(accountId, id))));
  openComposer(app, { kind: 'forwardAttached', accountId, messages });
}

/** Writing, where the account can send; else nothing of it is there. */
export function composeCommands(app: MailApp, { id: accountId, sending }: Account): Runner {
  if (sending === null) return {};
  const about = (kind: Answering) => () => {
    const [first] = currentIds(app);
    if (first !== undefined) void composeAbout(app, accountId, kind, first);
  };
  const start: ComposeStart = { kind: 'new', accountId };
  return {
    compose: () => {
      app.drawer.set(false);
      openComposer(app, start);
    },
    outbox: () => app.overlay.set({ type: 'outbox', accountId }),
    reply: about('reply'),
    replyAll: about('replyAll'),
    replyList: about('replyList'),
    forward: about('forward'),
    editAsNew: about('editAsNew'),
    forwardAttached: () => {
      const ids = currentIds(app);
      if (ids.length > 0) void forwardAttached(app, accountId, ids.slice(0, 50));
    },
  };
}

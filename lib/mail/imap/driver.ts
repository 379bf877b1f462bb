import type { MailDriver } from '../driver.ts';
import { appendMessage } from './append.ts';
import { translateCapabilities } from './capabilities.ts';
import { destroyMessages } from './destroy.ts';
import { createMailbox, deleteMailbox, renameMailbox, subscribeMailbox } from './edit-mailboxes.ts';
import { emptyMailbox } from './empty.ts';
import { findByMessageId } from './find-by-message-id.ts';
import { getMessage } from './get.ts';
import { listMessages } from './list.ts';
import { listMessageIds } from './list-ids.ts';
import { listMailboxes } from './mailboxes.ts';
import { copyMessages, moveMessages } from './move.ts';
import { openMessage } from './open-message.ts';
import { openPart, openRaw } from './open-part.ts';
import { accountOf, closeAccount } from './pool.ts';
import type { Account, AccountOptions } from './pool-types.ts';
import { findRelatives } from './relatives.ts';
import { searchMessages } from './search.ts';
import { setKeywords } from './store.ts';
import { getThread } from './thread.ts';
import { watch } from './watch.ts';
import { withConnection } from './with-imap.ts';

/** One account over IMAP. Opens nothing until the first call; connections live in the pool, not in this object. */
export function createImapDriver(options: AccountOptions): MailDriver {
  let last: Account | null = null;
  const account = (): Account => {
    // Signed out stays signed out: a call that comes late must not sign in again.
    if (!last?.isClosed) last = accountOf(options);
    return last;
  };
  return {
    capabilities: ({ signal } = {}) =>
      withConnection(account(), { mode: 'read', signal }, async (client) => translateCapabilities(client)),
    listMailboxes: async (request, call) => listMailboxes(account(), request, call),
    createMailbox: async (request, call) => createMailbox(account(), request, call),
    renameMailbox: async (request, call) => renameMailbox(account(), request, call),
    deleteMailbox: async ({ mailboxId }, call) => deleteMailbox(account(), mailboxId, call),
    subscribeMailbox: async (request, call) => subscribeMailbox(account(), request, call),
    emptyMailbox: async ({ mailboxId }, call) => emptyMailbox(account(), mailboxId, call),
    listMessages: async (request, call) => listMessages(account(), request, call),
    listMessageIds: async (request, call) => listMessageIds(account(), request, call),
    search: (request, call) => searchMessages(account(), request, call),
    findByMessageId: async (request, call) => findByMessageId(account(), request, call),
    getThread: async ({ id }, call) => getThread(account(), id, call),
    findRelatives: async (request, call) => findRelatives(account(), request, call),
    getMessage: async ({ id }, call) => getMessage(account(), id, call),
    openMessage: async (request, call) => openMessage(account(), request, call),
    openPart: async (request, call) => openPart(account(), request, call),
    openRaw: async ({ id }, call) => openRaw(account(), id, call),
    setKeywords: async (request, call) => setKeywords(account(), request, call),
    moveMessages: async (request, call) => moveMessages(account(), request, call),
    copyMessages: async (request, call) => copyMessages(account(), request, call),
    destroyMessages: async ({ ids }, call) => destroyMessages(account(), ids, call),
    appendMessage: async (request, call) => appendMessage(account(), request, call),
    watch: async (request, call) => watch(account(), request, call),
    trace: (request, { signal }) => account().trace.listen(request, signal),
    close: async () => closeAccount(account()),
  };
}

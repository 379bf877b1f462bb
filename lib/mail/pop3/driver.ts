import type { MailDriver, MailLogin, ServerUrl } from '../driver.ts';
import { MailError } from '../errors.ts';
import type { Capabilities } from '../model.ts';
import { createTrace } from '../trace/trace.ts';
import type { Pop3Account } from './account.ts';
import { appendMessage } from './append.ts';
import { createMaildrop } from './collected-maildrop.ts';
import type { CollectionStore } from './collection-store.ts';
import type { MaildropContents } from './contents-store.ts';
import { destroyMessages } from './destroy.ts';
import { createMailbox, deleteMailbox, emptyMailbox, renameMailbox, subscribeMailbox } from './edit-mailboxes.ts';
import { findByMessageId } from './find-by-message-id.ts';
import { forgetListing } from './kept-listing.ts';
import { setKeywords } from './keywords.ts';
import { knownServer } from './known-servers.ts';
import { createLease } from './lease.ts';
import { defaultLimits, type Pop3Limits } from './limits.ts';
import { listMessages } from './list.ts';
import { listMessageIds } from './list-ids.ts';
import type { MailboxStore } from './mailbox-store.ts';
import { listMailboxes } from './mailboxes.ts';
import type { MaildropStore } from './maildrop.ts';
import { copyMessages, moveMessages } from './move.ts';
import { getMessage, openMessage, openPart, openRaw } from './read.ts';
import { forgetBytesOf } from './recent.ts';
import { searchMessages } from './search.ts';
import { withMaildrop } from './session.ts';
import { findRelatives, getThread } from './thread.ts';

/** One account of one sign-in. `accountId` is what its rows in the store go by. */
export interface Pop3Options {
  accountId: string;
  server: ServerUrl;
  login: MailLogin;
  maildrop: MaildropStore;
  mailboxes: MailboxStore;
  /** Where the bytes of messages are kept. */
  contents: MaildropContents;
  collection: CollectionStore;
  limits?: Partial<Pop3Limits>;
}

/** A maildrop as the Inbox of mailboxes that live here: what asks the server is one session (RFC 1939). */
export function createPop3Driver(options: Pop3Options): MailDriver {
  const closing = new AbortController();
  const limits = { ...defaultLimits, ...options.limits };
  const { accountId, server, login, maildrop: store, mailboxes, contents, collection } = options;
  const lease = createLease(collection, accountId, limits.waitMs);
  const trace = createTrace('POP3', login.password);
  const access = { server, login, limits, closed: closing.signal, lease, trace };
  const account: Pop3Account = {
    accountId,
    access,
    store,
    mailboxes,
    contents,
    collection,
    server: knownServer(server),
  };
  return {
    capabilities: async () => capabilities,
    listMailboxes: (request, call) => listMailboxes(account, request, call),
    createMailbox: (request) => createMailbox(account, request),
    renameMailbox: (request) => renameMailbox(account, request),
    deleteMailbox: ({ mailboxId }) => deleteMailbox(account, mailboxId),
    subscribeMailbox: (request) => subscribeMailbox(account, request),
    emptyMailbox: ({ mailboxId }, call) => emptyMailbox(account, mailboxId, call),
    listMessages: (request, call) => listMessages(account, request, call),
    listMessageIds: (request, call) => listMessageIds(account, request, call),
    search: (request, call) => searchMessages(account, request, call),
    getThread: (request) => getThread(account, request),
    findRelatives: (request) => findRelatives(account, request),
    findByMessageId: (request) => findByMessageId(account, request),
    getMessage: (request, call) => getMessage(account, request, call),
    openMessage: (request, call) => openMessage(account, request, call),
    openPart: (request, call) => openPart(account, request, call),
    openRaw: (request, call) => openRaw(account, request, call),
    setKeywords: (request) => setKeywords(account, request),
    moveMessages: (request, call) => moveMessages(account, request, call),
    copyMessages: (request, call) => copyMessages(account, request, call),
    destroyMessages: (request, call) => destroyMessages(account, request, call),
    appendMessage: (request, call) => appendMessage(account, request, call),
    maildrop: createMaildrop(account),
    watch: (_request, { signal }) => aborted(signal),
    trace: (request, { signal }) => trace.listen(request, signal),
    async close() {
      trace.end();
      closing.abort(new MailError('cancelled', 'the sign-in has ended'));
      // Another sign-in of the same person takes anew what it needs.
      forgetListing(accountId);
      forgetBytesOf(accountId);
    },
  };
}

/** Signs in once and leaves again. Throws what a sign-in can: `unauthenticated`, `insecure`, `certificate`, `busy`… */
export async function verifyPop3Login(
  server: ServerUrl,
  login: MailLogin,
  options: { signal?: AbortSignal; limits?: Partial<Pop3Limits> } = {},
): Promise<void> {
  const limits = { ...defaultLimits, ...options.limits };
  const access = { server, login, limits, closed: new AbortController().signal };
  await withMaildrop(access, { signal: options.signal, mayBeLeft: true }, async () => undefined);
}

const capabilities: Capabilities = {
  protocol: 'pop3',
  mailboxes: { create: true, rename: true, delete: true, subscribe: true, nest: true },
  move: true,
  copy: true,
  append: true,
  keywords: 'local',
  sort: ['receivedAt', 'from', 'subject', 'size'],
  filter: ['unread', 'flagged', 'attachment'],
  threads: true,
  watch: false,
};

/** POP3 tells nothing by itself, so there is nothing to hear. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

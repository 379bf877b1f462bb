import type { MailDriver, MailLogin, ServerUrl } from '../driver.ts';
import { MailError } from '../errors.ts';
import type { Capabilities } from '../model.ts';
import type { Pop3Account } from './account.ts';
import { createMaildrop } from './collected-maildrop.ts';
import type { CollectionStore } from './collection-store.ts';
import { keptContents, readContents } from './contents.ts';
import type { MaildropContents } from './contents-store.ts';
import { destroyMessages } from './destroy.ts';
import { inboxOf } from './inbox.ts';
import { forgetListing } from './kept-listing.ts';
import { setKeywords } from './keywords.ts';
import { knownServer } from './known-servers.ts';
import { defaultLimits, type Pop3Limits } from './limits.ts';
import { listMessages } from './list.ts';
import { listMessageIds } from './list-ids.ts';
import type { MaildropStore } from './maildrop.ts';
import { getMessage, openPart, openRaw } from './read.ts';
import { forgetBytesOf } from './recent.ts';
import { searchMessages } from './search.ts';
import { withMaildrop } from './session.ts';
import { forgetTextsOf } from './text.ts';

/** One account of one sign-in. `accountId` is what its rows in the store go by. */
export interface Pop3Options {
  accountId: string;
  server: ServerUrl;
  login: MailLogin;
  maildrop: MaildropStore;
  /** Where the bytes of messages are kept. */
  contents: MaildropContents;
  collection: CollectionStore;
  limits?: Partial<Pop3Limits>;
}

/** A maildrop as a mailbox: each call is one session (RFC 1939), with what POP3 lacks kept in our store. */
export function createPop3Driver(options: Pop3Options): MailDriver {
  const closing = new AbortController();
  const limits = { ...defaultLimits, ...options.limits };
  const { accountId, server, login, maildrop: store, contents, collection } = options;
  const access = { server, login, limits, closed: closing.signal };
  const account: Pop3Account = { accountId, access, store, contents, collection, server: knownServer(server) };
  return {
    capabilities: async () => capabilities,
    async listMailboxes({ counts }, call = {}) {
      if (!counts) return [inboxOf(null)];
      const contents =
        (await keptContents(account)) ??
        (await withMaildrop(access, { signal: call.signal }, (wire) => readContents(account, wire)));
      const unread = contents.filter(({ row }) => !row.keywords.includes('$seen')).length;
      return [inboxOf({ total: contents.length, unread })];
    },
    createMailbox: unsupported,
    renameMailbox: unsupported,
    deleteMailbox: unsupported,
    subscribeMailbox: unsupported,
    emptyMailbox: unsupported,
    listMessages: (request, call) => listMessages(account, request, call),
    listMessageIds: (request, call) => listMessageIds(account, request, call),
    search: (request, call) => searchMessages(account, request, call),
    getMessage: (request, call) => getMessage(account, request, call),
    openPart: (request, call) => openPart(account, request, call),
    openRaw: (request, call) => openRaw(account, request, call),
    setKeywords: (request) => setKeywords(account, request),
    moveMessages: unsupported,
    copyMessages: unsupported,
    destroyMessages: (request, call) => destroyMessages(account, request, call),
    appendMessage: unsupported,
    maildrop: createMaildrop(account),
    watch: (_request, { signal }) => aborted(signal),
    async close() {
      closing.abort(new MailError('cancelled', 'the sign-in has ended'));
      // Another sign-in of the same person takes anew what it needs.
      forgetListing(accountId);
      forgetBytesOf(accountId);
      forgetTextsOf(accountId);
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
  await withMaildrop(access, { signal: options.signal }, async () => undefined);
}

const capabilities: Capabilities = {
  protocol: 'pop3',
  mailboxes: { create: false, rename: false, delete: false, subscribe: false, nest: false },
  move: false,
  copy: false,
  append: false,
  keywords: 'local',
  delete: 'server',
  sort: ['receivedAt', 'from', 'subject', 'size'],
  filter: ['unread', 'flagged', 'attachment'],
  watch: false,
};

async function unsupported(): Promise<never> {
  throw new MailError('unsupported', 'POP3 has no such thing');
}

/** POP3 tells nothing by itself, so there is nothing to hear. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

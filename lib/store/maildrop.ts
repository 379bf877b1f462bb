import type { MaildropStore } from '../mail/pop3/maildrop.ts';
import { batches } from './batches.ts';
import type { Store } from './database.ts';
import { noteChange } from './maildrop/changes.ts';
import { withThreads } from './maildrop/collapse.ts';
import { addRows, dateBesideEarlier, moveRows } from './maildrop/file.ts';
import { saveHeaders, saveTexts } from './maildrop/header.ts';
import { findAlike, readHeadersOf, readNames } from './maildrop/identity.ts';
import { changeKeywords } from './maildrop/keywords.ts';
import { listUidls, listUnread, readCounts, readPage } from './maildrop/page.ts';
import { reconcile } from './maildrop/reconcile.ts';
import { findRows, visibleRows } from './maildrop/rows.ts';
import { findUndecided, searchRows } from './maildrop/search.ts';
import { readThread, withCompanions } from './maildrop/threads.ts';

/** The messages of all POP3 accounts, in SQL; `open` is asked at each call. An account's rows go with the account. */
export function createMaildropStore(open: () => Promise<Pick<Store, 'db' | 'dialect'>>, now = Date.now): MaildropStore {
  const db = async () => (await open()).db;
  return {
    reconcile: async (accountId, listed, check) => reconcile(await db(), accountId, listed, now(), check),
    names: async (accountId) => readNames(await db(), accountId),
    headersOf: async (accountId, uidls) => readHeadersOf(await db(), accountId, uidls),
    findAlike: async (accountId, header) => findAlike(await db(), accountId, header),
    async wasListed(accountId) {
      const checked = (await db()).selectFrom('maildrop').select('checked_at_ms').where('account_id', '=', accountId);
      return ((await checked.executeTakeFirst())?.checked_at_ms ?? null) !== null;
    },
    find: async (accountId, uidls) => findRows(await db(), accountId, uidls),
    async findByMessageId(accountId, { mailboxKey, messageId }) {
      const rows = await visibleRows(await db(), accountId)
        .select('uidl')
        .where('mailbox_id', '=', mailboxKey)
        .where('message_id', '=', messageId)
        .orderBy('row_id', 'desc')
        .execute();
      return rows.map(({ uidl }) => uidl);
    },
    thread: async (accountId, request) => readThread(await db(), accountId, request),
    page: async (accountId, request) => readPage(await db(), accountId, request),
    listUidls: async (accountId, request) => listUidls(await db(), accountId, request),
    withThreads: async (accountId, request) => withThreads(await db(), accountId, request.rows, request),
    withCompanions: async (accountId, request) => withCompanions(await db(), accountId, request),
    listUnread: async (accountId) => listUnread(await db(), accountId),
    counts: async (accountId) => readCounts(await db(), accountId),
    async *search(accountId, request) {
      yield* searchRows(await open(), accountId, request);
    },
    findUndecided: async (accountId, request, options) => findUndecided(await open(), accountId, request, options),
    saveTexts: async (accountId, texts) => saveTexts(await open(), accountId, texts),
    saveHeaders: async (accountId, headers) => saveHeaders(await open(), accountId, headers),
    dateBesideEarlier: async (accountId, uidls) => dateBesideEarlier(await db(), accountId, uidls),
    changeKeywords: async (accountId, uidls, change) => changeKeywords(await db(), accountId, uidls, change),
    move: async (accountId, uidls, mailboxKey) => moveRows(await db(), accountId, uidls, mailboxKey),
    add: async (accountId, messages) => addRows(await open(), accountId, messages, now()),
    async remove(accountId, uidls) {
      const opened = await db();
      for (const some of batches(uidls)) {
        const chosen = opened.deleteFrom('maildrop_message').where('account_id', '=', accountId);
        await chosen.where('uidl', 'in', some).execute();
      }
      if (uidls.length > 0) await noteChange(opened, accountId);
    },
  };
}

import { z } from 'zod';
import { errorCode, listFilter, messageSummary, perIdResult, searchEvent } from './mail.ts';
import { accountPath, flag, id, limits, line, operation, window } from './operation.ts';

/** What is asked of all accounts of a person at once. Ids are of the account that stands beside them. */

/** An account whose mail is not in the answer; with `isKept`, whose mail is as it was last collected. */
const missing = z
  .object({ accountId: z.string(), code: errorCode, isKept: z.literal(true).optional() })
  .meta({ id: 'MissingAccount' });
const accountId = z.string();
const [hits, progress, incomplete, done] = searchEvent.options;

export const unitedOperations = {
  listInboxes: operation({
    method: 'get',
    path: '/api/inboxes/messages',
    summary: 'A window of the Inboxes of all accounts together, by receivedAt; accounts that do not answer are named',
    query: z.object({
      ...window,
      ascending: flag.optional(),
      filter: listFilter.optional(),
      collapse: flag.optional(),
    }),
    response: z.object({
      position: z.int().nonnegative(),
      total: z.int().nonnegative(),
      state: z.string(),
      items: z.array(messageSummary.extend({ accountId })),
      isPartial: z.boolean().optional(),
      missing: z.array(missing),
    }),
  }),
  listInboxesIds: operation({
    method: 'get',
    path: '/api/inboxes/message-ids',
    summary: 'All ids of the Inboxes of all accounts, to act on all of them',
    query: z.object({ filter: listFilter.optional(), collapse: flag.optional() }),
    response: z.object({
      accounts: z.array(z.object({ accountId, ids: z.array(z.string()) })),
      missing: z.array(missing),
    }),
  }),
  transferMessages: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/messages/transfer',
    summary: 'Move messages to a folder of another account: kept there and confirmed, then taken from here',
    params: accountPath,
    body: z.object({ ids: z.array(id).min(1).max(limits.transfer), toAccountId: id, to: id }).strict(),
    response: z.object({ results: z.array(perIdResult) }),
  }),
  searchAccounts: operation({
    method: 'get',
    path: '/api/search',
    summary: 'Search all accounts; one event a line as it is found in any of them',
    query: z.object({ q: line(limits.queryLength).min(1) }),
    response: z
      .union([
        hits.extend({ accountId }),
        progress,
        incomplete.extend({ accountId }),
        missing.extend({ type: z.literal('missing') }),
        done,
        z.object({ type: z.literal('problem'), code: errorCode }),
      ])
      .meta({ id: 'UnitedSearchLine' }),
    produces: 'application/x-ndjson',
  }),
};

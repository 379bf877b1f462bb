import { listInboxes as list } from '../server/united/list.ts';
import { listInboxesIds as listIds } from '../server/united/list-ids.ts';
import { transferMessages as transfer } from '../server/united/transfer.ts';
import type { AnswerOf, Call } from './call.ts';

/** A window of all Inboxes, newest first unless told. */
export const listInboxes = ({ signedIn, query, signal }: Call<'listInboxes'>): Promise<AnswerOf<'listInboxes'>> => {
  const { position, limit, ascending = false, filter, collapse = false } = query;
  return list(signedIn, { position, limit, isAscending: ascending, filter, collapse }, signal);
};

/** Moves messages to another account. */
export const transferMessages = async ({ signedIn, params, body, signal }: Call<'transferMessages'>) => ({
  results: await transfer(signedIn, params.accountId, body, signal),
});

export const listInboxesIds = ({ signedIn, query, signal }: Call<'listInboxesIds'>) => listIds(signedIn, query, signal);

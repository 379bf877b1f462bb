import { z } from 'zod';
import { everyMinutes, maildrop, retention, retentionPreview } from './maildrop.ts';
import { accountPath, operation } from './operation.ts';

/** What is of POP3 alone. */
export const maildropOperations = {
  getMaildrop: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/maildrop',
    summary: 'POP3: where the mail is, what becomes of it on the server, and how far the collection is',
    params: accountPath,
    response: maildrop,
  }),
  updateMaildrop: operation({
    method: 'patch',
    path: '/api/accounts/{accountId}/maildrop',
    summary: 'POP3: choose what becomes of mail on the server, and whether it is collected with the browser shut',
    params: accountPath,
    body: z.object({ retention: retention.optional(), everyMinutes: everyMinutes.nullable().optional() }).strict(),
    response: maildrop,
  }),
  previewRetention: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/maildrop/preview',
    summary: 'POP3: how many messages a rule would take from the server; nothing is changed',
    params: accountPath,
    query: z.object({
      rule: z.enum(['leave', 'removeAfterDays', 'removeWhenDeleted', 'collect']),
      days: z.coerce.number().int().min(1).max(3_650).optional(),
    }),
    response: retentionPreview,
  }),
  startCollection: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/maildrop/collection',
    summary: 'POP3: collect what is not kept here yet; one collection an account',
    params: accountPath,
  }),
  stopCollection: operation({
    method: 'delete',
    path: '/api/accounts/{accountId}/maildrop/collection',
    summary: 'POP3: stop collecting; what was collected stays',
    params: accountPath,
  }),
};

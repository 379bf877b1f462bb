import { z } from 'zod';
import { keywordPattern } from '../mail/keyword.ts';
import { accountOperations } from './account-operations.ts';
import { exchangeEvent, searchLine, serverEvent } from './answers.ts';
import {
  listFilter,
  mailbox,
  message,
  messagePage,
  messageSummary,
  perIdResult,
  relatives,
  sortProperty,
} from './mail.ts';
import { maildropOperations } from './maildrop-operations.ts';
import { accountPath, flag, id, limits, line, type OperationShape, operation, window } from './operation.ts';
import { peopleOperations } from './people-operations.ts';
import { signedImage } from './remote-images.ts';
import { unitedOperations } from './united-operations.ts';
import { writingOperations } from './writing-operations.ts';

/**
 * Every HTTP operation, once: the routes parse with these schemas, the client is typed by them, and /api/openapi.json is
 * made from them. Paths are written as OpenAPI has them.
 */

const ids = z.array(id).min(1).max(limits.ids);
const mailboxName = line(limits.nameLength).refine((name) => name.trim() !== '', 'must not be empty');
/** An IMAP keyword or system flag in JMAP spelling (RFC 8621 §4.1.1, RFC 9051 §9 `atom`). */
const keyword = z.string().regex(keywordPattern);
const mailboxPath = z.object({ accountId: id, mailboxId: id });
const messagePath = z.object({ accountId: id, messageId: id });
const partPath = z.object({ accountId: id, messageId: id, partId: line(200).min(1) });
const results = z.object({ results: z.array(perIdResult) });

export const operations = {
  ...accountOperations,
  listMailboxes: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/mailboxes',
    summary: 'The folders; with counts=true their totals too',
    params: accountPath,
    query: z.object({ counts: flag.optional() }),
    response: z.object({ mailboxes: z.array(mailbox) }),
  }),
  createMailbox: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/mailboxes',
    summary: 'Make a folder, with a role where there is none for it yet',
    params: accountPath,
    body: z
      .object({
        name: mailboxName,
        parentId: id.nullable(),
        role: z.enum(['sent', 'drafts', 'archive', 'junk', 'trash']).optional(),
      })
      .strict(),
    response: mailbox,
  }),
  updateMailbox: operation({
    method: 'patch',
    path: '/api/accounts/{accountId}/mailboxes/{mailboxId}',
    summary: 'Rename, move or subscribe a folder',
    params: mailboxPath,
    body: z
      .object({
        name: mailboxName.optional(),
        parentId: id.nullable().optional(),
        isSubscribed: z.boolean().optional(),
      })
      .strict(),
    response: mailbox,
  }),
  deleteMailbox: operation({
    method: 'delete',
    path: '/api/accounts/{accountId}/mailboxes/{mailboxId}',
    summary: 'Delete a folder and what is in it',
    params: mailboxPath,
  }),
  emptyMailbox: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/mailboxes/{mailboxId}/empty',
    summary: 'Delete for good what is in Trash or Junk',
    params: mailboxPath,
    response: z.object({ destroyed: z.int().nonnegative() }),
  }),
  listMessages: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/mailboxes/{mailboxId}/messages',
    summary: 'A window of a folder; with `collapse`, a row for each conversation',
    params: mailboxPath,
    query: z.object({
      ...window,
      sort: sortProperty.default('receivedAt'),
      ascending: flag.optional(),
      filter: listFilter.optional(),
      collapse: flag.optional(),
    }),
    response: messagePage,
  }),
  listMessageIds: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/mailboxes/{mailboxId}/message-ids',
    summary: 'All ids of a folder or of what matches, with `collapse` of its conversations, to act on all of them',
    params: mailboxPath,
    query: z.object({
      filter: listFilter.optional(),
      q: line(limits.queryLength).optional(),
      collapse: flag.optional(),
    }),
    response: z.object({ ids: z.array(z.string()) }),
  }),
  search: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/search',
    summary:
      'Search one folder (in) or all; one SearchEvent a line as it is found; with `collapse`, one folder gives a row for each conversation',
    params: accountPath,
    query: z.object({ q: line(limits.queryLength).min(1), in: id.optional(), collapse: flag.optional() }),
    response: searchLine,
    produces: 'application/x-ndjson',
  }),
  getMessage: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/messages/{messageId}',
    summary: 'One message, opened; this does not mark it as read',
    params: messagePath,
    response: message,
  }),
  getThread: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/messages/{messageId}/thread',
    summary:
      'The conversation that a message is in, as far as it is in its folder: oldest first, itself among them; the newest 200',
    params: messagePath,
    response: z.object({ items: z.array(messageSummary) }),
  }),
  findRelatives: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/messages/{messageId}/relatives',
    summary:
      'The rest of the conversation, in other folders but Trash, Junk and Drafts, and which folders were not looked at: patient=true takes half a minute at most, else a few seconds',
    params: messagePath,
    query: z.object({ patient: flag.optional() }),
    response: relatives,
  }),
  unsubscribe: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/messages/{messageId}/unsubscribe',
    summary: 'Leave the mailing list of a message by one click (RFC 8058); the sender is told nothing else',
    params: messagePath,
    response: z.object({ host: z.string(), isAccepted: z.boolean() }),
  }),
  getRaw: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/messages/{messageId}/raw',
    summary: 'The message as it came',
    params: messagePath,
    produces: 'message/rfc822',
  }),
  getAttachedMessage: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/messages/{messageId}/parts/{partId}/message',
    summary: 'A message that is attached to another, opened; its parts are parts of the message around it',
    params: partPath,
    response: message,
  }),
  getPart: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/messages/{messageId}/parts/{partId}',
    summary: 'The bytes of a part, ranges honoured; inline=true shows pictures, PDF, sound and film, all else is saved',
    params: partPath,
    query: z.object({ inline: flag.optional() }),
    produces: 'application/octet-stream',
  }),
  getPartText: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/messages/{messageId}/parts/{partId}/text',
    summary: 'The beginning of a part as text, whatever its charset: at most 512 KiB',
    params: partPath,
    response: z.object({ text: z.string(), isTruncated: z.boolean() }),
  }),
  getSource: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/messages/{messageId}/source',
    summary: 'The header of a message, field by field, and the beginning of the message as it came: at most 512 KiB',
    params: messagePath,
    response: z.object({
      fields: z.array(z.object({ name: z.string(), value: z.string() })),
      text: z.string(),
      isTruncated: z.boolean(),
    }),
  }),
  getAttachments: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/messages/{messageId}/attachments.zip',
    summary: 'Attachments as one ZIP file: all, or the parts that are named (with commas); within an attached message',
    params: messagePath,
    query: z.object({ parts: line(limits.queryLength).optional(), within: line(200).min(1).optional() }),
    produces: 'application/zip',
  }),
  signRemoteImages: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/messages/{messageId}/remote-images',
    summary:
      'Addresses here, for an hour, of pictures that a message has on other servers; what is never asked for is left out',
    params: messagePath,
    body: z.object({ urls: z.array(z.string().min(1).max(limits.urlLength)).min(1).max(limits.urls) }).strict(),
    response: z.object({ images: z.array(signedImage) }),
    keepsNoKey: true,
  }),
  getRemoteImage: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/remote-image',
    summary: 'A picture of another server, by an address of signRemoteImages',
    params: accountPath,
    query: z.object({
      url: z.string().min(1).max(limits.urlLength),
      expires: z.coerce.number().int().positive(),
      signature: z.string().min(1).max(100),
    }),
    produces: 'image/*',
  }),
  setKeywords: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/messages/keywords',
    summary: 'Add and remove keywords',
    params: accountPath,
    body: z
      .object({ ids, add: z.array(keyword).max(32).default([]), remove: z.array(keyword).max(32).default([]) })
      .strict(),
    response: results,
  }),
  moveMessages: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/messages/move',
    summary: 'Move messages to a folder',
    params: accountPath,
    body: z.object({ ids, to: id }).strict(),
    response: results,
  }),
  copyMessages: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/messages/copy',
    summary: 'Copy messages to a folder',
    params: accountPath,
    body: z.object({ ids, to: id }).strict(),
    response: results,
  }),
  destroyMessages: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/messages/destroy',
    summary: 'Delete exactly these messages for good',
    params: accountPath,
    body: z.object({ ids }).strict(),
    response: results,
  }),
  restoreMessages: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/messages/restore',
    summary: 'POP3: take back a deletion for good, within an hour',
    params: accountPath,
    body: z.object({ ids }).strict(),
    response: results,
  }),
  ...unitedOperations,
  ...maildropOperations,
  ...writingOperations,
  ...peopleOperations,
  getEvents: operation({
    method: 'get',
    path: '/api/events',
    summary:
      'Changes as they happen, as server-sent events: of a folder and the Inbox of one account, and of the Inboxes of all others',
    query: z.object({ accountId: id, mailboxId: id.optional() }),
    response: serverEvent,
    produces: 'text/event-stream',
  }),
  getExchange: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/exchange',
    summary: 'The IMAP, POP3 and SMTP exchange of this account as it happens, secrets hidden, as server-sent events',
    params: accountPath,
    response: exchangeEvent,
    produces: 'text/event-stream',
  }),
  getHealth: operation({
    method: 'get',
    path: '/api/health',
    access: 'public',
    summary: 'The process answers',
    response: z.object({ status: z.literal('ok') }),
  }),
  getReady: operation({
    method: 'get',
    path: '/api/ready',
    access: 'public',
    summary: 'The store answers too (503 when not)',
    response: z.object({ status: z.enum(['ready', 'unready']) }),
  }),
} satisfies Record<string, OperationShape>;

export { limits, type OperationShape } from './operation.ts';
export type Operations = typeof operations;
export type OperationName = keyof Operations;
/** What a caller sends: before defaults and coercion. */
export type InputOf<N extends OperationName, K extends 'params' | 'query' | 'body'> =
  Operations[N] extends Record<K, infer S extends z.ZodType> ? z.input<S> : undefined;
/** What a route receives: parsed. */
export type ParsedOf<N extends OperationName, K extends 'params' | 'query' | 'body'> =
  Operations[N] extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;
export type ResponseOf<N extends OperationName> = Operations[N] extends { response: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;
export type { Account, ExchangeEvent, Problem, SearchLine, ServerEvent, Session, Settings } from './answers.ts';

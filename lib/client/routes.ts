import type { OperationName, Operations } from '../contract/operations.ts';

type Route<N extends OperationName> = Pick<Operations[N], 'method' | 'path'>;

/**
 * Method and path of every operation that the browser calls. The contract itself brings zod, which must not reach the
 * browser; the type makes a line that has drifted from it a compile error.
 */
export const routes = {
  getSession: { method: 'get', path: '/api/session' },
  getSettings: { method: 'get', path: '/api/settings' },
  updateSettings: { method: 'patch', path: '/api/settings' },
  listSessions: { method: 'get', path: '/api/sessions' },
  endSession: { method: 'delete', path: '/api/sessions/{sessionId}' },
  listRemoteImageRules: { method: 'get', path: '/api/remote-image-rules' },
  emptyRemoteImageRules: { method: 'delete', path: '/api/remote-image-rules' },
  setRemoteImageRule: { method: 'put', path: '/api/remote-image-rules/{kind}/{name}' },
  removeRemoteImageRule: { method: 'delete', path: '/api/remote-image-rules/{kind}/{name}' },
  listInboxes: { method: 'get', path: '/api/inboxes/messages' },
  listInboxesIds: { method: 'get', path: '/api/inboxes/message-ids' },
  searchAccounts: { method: 'get', path: '/api/search' },
  listMailboxes: { method: 'get', path: '/api/accounts/{accountId}/mailboxes' },
  createMailbox: { method: 'post', path: '/api/accounts/{accountId}/mailboxes' },
  updateMailbox: { method: 'patch', path: '/api/accounts/{accountId}/mailboxes/{mailboxId}' },
  deleteMailbox: { method: 'delete', path: '/api/accounts/{accountId}/mailboxes/{mailboxId}' },
  emptyMailbox: { method: 'post', path: '/api/accounts/{accountId}/mailboxes/{mailboxId}/empty' },
  listMessages: { method: 'get', path: '/api/accounts/{accountId}/mailboxes/{mailboxId}/messages' },
  listMessageIds: { method: 'get', path: '/api/accounts/{accountId}/mailboxes/{mailboxId}/message-ids' },
  search: { method: 'get', path: '/api/accounts/{accountId}/search' },
  getMessage: { method: 'get', path: '/api/accounts/{accountId}/messages/{messageId}' },
  getThread: { method: 'get', path: '/api/accounts/{accountId}/messages/{messageId}/thread' },
  findRelatives: { method: 'get', path: '/api/accounts/{accountId}/messages/{messageId}/relatives' },
  getPart: { method: 'get', path: '/api/accounts/{accountId}/messages/{messageId}/parts/{partId}' },
  getSource: { method: 'get', path: '/api/accounts/{accountId}/messages/{messageId}/source' },
  getPartText: { method: 'get', path: '/api/accounts/{accountId}/messages/{messageId}/parts/{partId}/text' },
  getAttachedMessage: {
    method: 'get',
    path: '/api/accounts/{accountId}/messages/{messageId}/parts/{partId}/message',
  },
  signRemoteImages: { method: 'post', path: '/api/accounts/{accountId}/messages/{messageId}/remote-images' },
  unsubscribe: { method: 'post', path: '/api/accounts/{accountId}/messages/{messageId}/unsubscribe' },
  setKeywords: { method: 'post', path: '/api/accounts/{accountId}/messages/keywords' },
  moveMessages: { method: 'post', path: '/api/accounts/{accountId}/messages/move' },
  copyMessages: { method: 'post', path: '/api/accounts/{accountId}/messages/copy' },
  destroyMessages: { method: 'post', path: '/api/accounts/{accountId}/messages/destroy' },
  restoreMessages: { method: 'post', path: '/api/accounts/{accountId}/messages/restore' },
  getMaildrop: { method: 'get', path: '/api/accounts/{accountId}/maildrop' },
  updateMaildrop: { method: 'patch', path: '/api/accounts/{accountId}/maildrop' },
  previewRetention: { method: 'get', path: '/api/accounts/{accountId}/maildrop/preview' },
  createDraft: { method: 'post', path: '/api/accounts/{accountId}/drafts' },
  replaceDraft: { method: 'put', path: '/api/accounts/{accountId}/drafts/{draftId}' },
  deleteDraft: { method: 'delete', path: '/api/accounts/{accountId}/drafts/{draftId}' },
  createUpload: { method: 'post', path: '/api/accounts/{accountId}/uploads' },
  deleteUpload: { method: 'delete', path: '/api/accounts/{accountId}/uploads/{uploadId}' },
  listSubmissions: { method: 'get', path: '/api/accounts/{accountId}/submissions' },
  createSubmission: { method: 'post', path: '/api/accounts/{accountId}/submissions' },
  getSubmission: { method: 'get', path: '/api/accounts/{accountId}/submissions/{submissionId}' },
  cancelSubmission: { method: 'delete', path: '/api/accounts/{accountId}/submissions/{submissionId}' },
  decideSubmission: { method: 'post', path: '/api/accounts/{accountId}/submissions/{submissionId}/decide' },
  startCollection: { method: 'post', path: '/api/accounts/{accountId}/maildrop/collection' },
  stopCollection: { method: 'delete', path: '/api/accounts/{accountId}/maildrop/collection' },
  getEvents: { method: 'get', path: '/api/events' },
  getExchange: { method: 'get', path: '/api/accounts/{accountId}/exchange' },
} as const satisfies { [N in OperationName]?: Route<N> };

export type ClientOperation = keyof typeof routes;

/** The URL of an operation: every `{name}` of its path filled, encoded; the query appended without empty values. */
export const urlOf = (
  name: ClientOperation,
  params?: Readonly<Record<string, string>>,
  query?: Readonly<Record<string, unknown>>,
): string => fillPath(routes[name].path, params, query);

/** The same for a path of another table. */
export function fillPath(
  path: string,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) search.set(key, String(value));
  }
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

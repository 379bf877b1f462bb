/** The names of what is kept in the query cache. */
export const queryKeys = {
  session: ['session'] as const,
  remoteImageRules: ['remote-image-rules'] as const,
  identities: ['identities'] as const,
  templates: ['templates'] as const,
  contacts: ['contacts'] as const,
  contactGroups: ['contact-groups'] as const,
  learnedAddresses: ['learned-addresses'] as const,
  mailboxes: (accountId: string) => ['mailboxes', accountId] as const,
  /** The same folders with their totals, which may come later. */
  counts: (accountId: string) => ['mailbox-counts', accountId] as const,
  maildrop: (accountId: string) => ['maildrop', accountId] as const,
  submissions: (accountId: string) => ['submissions', accountId] as const,
  threads: (accountId: string) => ['thread', accountId] as const,
  thread: (accountId: string, threadId: string) => ['thread', accountId, threadId] as const,
  /** What belongs to conversations in other folders; its names go on with the conversation. */
  relatives: (accountId: string) => ['relatives', accountId] as const,
  message: (accountId: string, messageId: string) => ['message', accountId, messageId] as const,
  invitation: (accountId: string, messageId: string, partId: string) =>
    ['invitation', accountId, messageId, partId] as const,
  part: (url: string) => ['part', url] as const,
  partText: (accountId: string, messageId: string, partId: string) =>
    ['partText', accountId, messageId, partId] as const,
  attachedMessage: (accountId: string, messageId: string, partId: string) =>
    ['message', accountId, messageId, partId] as const,
  source: (accountId: string, messageId: string) => ['source', accountId, messageId] as const,
};

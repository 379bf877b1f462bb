/** The names of what is kept in the query cache. */
export const queryKeys = {
  session: ['session'] as const,
  mailboxes: (accountId: string) => ['mailboxes', accountId] as const,
  /** The same folders with their totals, which may come later. */
  counts: (accountId: string) => ['mailbox-counts', accountId] as const,
  maildrop: (accountId: string) => ['maildrop', accountId] as const,
  message: (accountId: string, messageId: string) => ['message', accountId, messageId] as const,
};

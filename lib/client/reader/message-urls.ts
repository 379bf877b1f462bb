const messagePath = (accountId: string, messageId: string) =>
  `/api/accounts/${encodeURIComponent(accountId)}/messages/${encodeURIComponent(messageId)}`;

/** The address of a part's bytes, as a download or, for pictures that are safe to show, inline. */
export function partUrl(accountId: string, messageId: string, partId: string, isInline = false): string {
  return `${messagePath(accountId, messageId)}/parts/${encodeURIComponent(partId)}${isInline ? '?inline=true' : ''}`;
}

/** The address of the message as it came, message/rfc822. */
export function rawUrl(accountId: string, messageId: string): string {
  return `${messagePath(accountId, messageId)}/raw`;
}

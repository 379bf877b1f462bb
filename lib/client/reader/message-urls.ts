const messagePath = (accountId: string, messageId: string) =>
  `/api/accounts/${encodeURIComponent(accountId)}/messages/${encodeURIComponent(messageId)}`;

/** The address of a part's bytes, as a download or, for what cannot run, inline. */
export function partUrl(accountId: string, messageId: string, partId: string, isInline = false): string {
  return `${messagePath(accountId, messageId)}/parts/${encodeURIComponent(partId)}${isInline ? '?inline=true' : ''}`;
}

/** The address of the message as it came, message/rfc822. */
export function rawUrl(accountId: string, messageId: string): string {
  return `${messagePath(accountId, messageId)}/raw`;
}

/** The address of attachments as one ZIP file; `within` the attached message that they are files of. */
export function zipUrl(accountId: string, messageId: string, partIds: readonly string[], within?: string): string {
  const query = new URLSearchParams({ parts: partIds.join(','), ...(within === undefined ? {} : { within }) });
  return `${messagePath(accountId, messageId)}/attachments.zip?${query}`;
}
